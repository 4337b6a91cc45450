package dev.slipstream.servlet;

import dev.slipstream.engine.http.Fields;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Set;
import java.util.TreeSet;

/** The fields of a response as it stands. */
final class ResponseFields {
  private ResponseFields() {}

  static Fields of(HttpServletResponse response) {
    Fields.Builder fields = Fields.builder();
    // Tomcat gives a name once for each of its lines.
    Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    names.addAll(response.getHeaderNames());
    boolean typed = false;
    for (String name : names) {
      typed |= name.equalsIgnoreCase("Content-Type");
      for (String value : response.getHeaders(name)) {
        fields.add(name, value);
      }
    }
    String type = response.getContentType();
    if (!typed && type != null) { // Tomcat makes it a field only when it commits
      fields.add("Content-Type", type);
    }
    return fields.build();
  }
}
