package dev.slipstream.servlet;

import jakarta.servlet.ServletContext;
import java.lang.reflect.Method;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where containers differ in what they make of an application's calls, as tried on Tomcat 11 and
 * Jetty 12; others as the Servlet specification has it.
 *
 * @param kind the container
 * @param nullRemovesField whether {@code setHeader(name, null)} removes a field (Servlet 6.1), or
 *     is ignored
 * @param charset what the web application states for all its responses (Servlet 4.0)
 */
record ContainerHabits(Kind kind, boolean nullRemovesField, @Nullable String charset) {
  /** A family of containers. */
  enum Kind {
    TOMCAT,
    JETTY_12,
    OLDER_JETTY,
    OTHER
  }

  /** What Jetty takes, and names, where nobody stated a charset. */
  private static final Map<String, String> INFERRED =
      Map.of("text/html", "utf-8", "text/xml", "utf-8", "application/xhtml+xml", "utf-8");

  /** What Jetty takes without naming it. */
  private static final Map<String, String> ASSUMED =
      Map.of(
          "text/json", "utf-8", "application/json", "utf-8", "application/vnd.api+json", "utf-8");

  static ContainerHabits of(ServletContext context) {
    String name = context.getClass().getName();
    Kind kind = Kind.OTHER;
    if (name.startsWith("org.apache.catalina.")) {
      kind = Kind.TOMCAT;
    } else if (name.startsWith("org.eclipse.jetty.")) {
      kind = name.startsWith("org.eclipse.jetty.ee") ? Kind.JETTY_12 : Kind.OLDER_JETTY;
    }
    int version = 100 * context.getMajorVersion() + context.getMinorVersion();
    return new ContainerHabits(kind, isJetty(kind) || version >= 601, charsetOf(context));
  }

  // Servlet 3.1 lacks the method.
  private static @Nullable String charsetOf(ServletContext context) {
    try {
      Method method = ServletContext.class.getMethod("getResponseCharacterEncoding");
      return (String) method.invoke(context);
    } catch (ReflectiveOperationException e) {
      return null;
    }
  }

  /**
   * Whether an asynchronous answer without a body has status 200 instead of its own as soon as
   * anybody listens to how it ends: seen on GlassFish 7.0.21.
   */
  static boolean losesStatusToListeners(ServletContext context) {
    String server = context.getServerInfo();
    return server != null && server.contains("GlassFish");
  }

  private static boolean isJetty(Kind kind) {
    return kind == Kind.JETTY_12 || kind == Kind.OLDER_JETTY;
  }

  /** Bytes that a response holds back before it is committed. */
  int bufferSize() {
    return isJetty(kind) ? 32 * 1024 : 8 * 1024;
  }

  /** The charset of a writer where nobody stated one. */
  String writerCharset(@Nullable String type) {
    if (charset != null) {
      return charset;
    }
    if (!isJetty(kind)) {
      return "ISO-8859-1";
    }
    String essence = type == null ? "" : essence(type);
    return INFERRED.getOrDefault(essence, ASSUMED.getOrDefault(essence, "iso-8859-1"));
  }

  /** Whether a content type that states a charset is sent as it was set. */
  boolean keepsType() {
    return isJetty(kind);
  }

  /** Whether a charset goes without saying, so that it is left out of the field. */
  boolean isAssumed(String type, String charset) {
    return isJetty(kind) && charset.equalsIgnoreCase(ASSUMED.get(essence(type)));
  }

  private static String essence(String type) {
    return type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
  }

  /** What {@code sendRedirect} makes of a location. */
  String location(String location, String requestUrl) {
    if (kind == Kind.TOMCAT) {
      return location;
    }
    try {
      URI target = URI.create(location);
      if (target.isAbsolute()) {
        return location;
      }
      // Of a query alone java.net.URI makes something else than RFC 3986 §5.3.
      URI absolute =
          kind != Kind.JETTY_12 && (location.isEmpty() || location.startsWith("?"))
              ? URI.create(requestUrl + location)
              : URI.create(requestUrl).resolve(target);
      if (kind != Kind.JETTY_12 || target.getRawAuthority() != null) {
        return absolute.toString();
      }
      String path = absolute.getRawPath();
      String query = absolute.getRawQuery();
      String fragment = absolute.getRawFragment();
      return path + (query == null ? "" : "?" + query) + (fragment == null ? "" : "#" + fragment);
    } catch (IllegalArgumentException e) {
      return location;
    }
  }
}
