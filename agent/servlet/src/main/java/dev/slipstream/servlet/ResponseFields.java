package dev.slipstream.servlet;

import dev.slipstream.engine.http.Fields;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Collection;

/** The fields of a response as it stands. */
final class ResponseFields {
  private static final String TYPE = "Content-Type";

  /** Tomcat's own: it tells a name for each of its lines, and makes a set of a name's values. */
  private static final String TOMCATS = "org.apache.catalina.connector.ResponseFacade";

  private ResponseFields() {}

  static Fields of(HttpServletResponse response) {
    return of(response, response.getClass().getName().equals(TOMCATS));
  }

  /**
   * The same.
   *
   * @param byLine whether a name is told once for each of its lines, so that one told once has one
   *     value
   */
  static Fields of(HttpServletResponse response, boolean byLine) {
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
      if (isAmong(names, 0, i, names[i])) {
        continue;
      }
      typed |= names[i].equalsIgnoreCase(TYPE);
      String only =
          byLine && !isAmong(names, i + 1, names.length, names[i])
              ? response.getHeader(names[i])
              : null;
      if (only != null) {
        fields.add(names[i], only);
      } else {
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

  private static boolean isAmong(String[] names, int from, int end, String name) {
    for (int i = from; i < end; i++) {
      if (names[i].equalsIgnoreCase(name)) {
        return true;
      }
    }
    return false;
  }
}
