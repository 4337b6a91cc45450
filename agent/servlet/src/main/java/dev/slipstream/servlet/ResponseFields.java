package dev.slipstream.servlet;

import dev.slipstream.engine.http.Fields;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Collection;

/** The fields of a response as it stands. */
final class ResponseFields {
  private static final String TYPE = "Content-Type";

  private ResponseFields() {}

  static Fields of(HttpServletResponse response) {
    Collection<String> all = response.getHeaderNames();
    String type = response.getContentType();
    if (all.isEmpty() && type == null) {
      return Fields.EMPTY;
    }
    // Tomcat gives a name once for each of its lines.
    String[] names = all.toArray(String[]::new);
    Fields.Builder fields = Fields.builder();
    boolean typed = false;
    for (int i = 0; i < names.length; i++) {
      if (!isAmong(names, i, names[i])) {
        typed |= names[i].equalsIgnoreCase(TYPE);
        for (String value : response.getHeaders(names[i])) {
          fields.add(names[i], value);
        }
      }
    }
    if (!typed && type != null) { // Tomcat makes it a field only when it commits
      fields.add(TYPE, type);
    }
    return fields.build();
  }

  private static boolean isAmong(String[] names, int count, String name) {
    for (int i = 0; i < count; i++) {
      if (names[i].equalsIgnoreCase(name)) {
        return true;
      }
    }
    return false;
  }
}
