package dev.slipstream.servlet;

import dev.slipstream.engine.profile.EndpointNames;
import dev.slipstream.engine.profile.EndpointPath;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/**
 * The template that a request was matched by, as far as the container or Spring tells once the
 * application has answered.
 */
final class RouteTemplate {
  /** Spring MVC's; the same for both generations of the Servlet API. */
  private static final String SPRING =
      "org.springframework.web.servlet.HandlerMapping.bestMatchingPattern";

  // Servlet 3.1 lacks the method and its types: nothing here may name them.
  private static final @Nullable Method MAPPING =
      method(HttpServletRequest.class, "getHttpServletMapping");

  private static final @Nullable Method MATCH =
      MAPPING == null ? null : method(MAPPING.getReturnType(), "getMappingMatch");

  private RouteTemplate() {}

  private static @Nullable Method method(Class<?> type, String name) {
    try {
      return type.getMethod(name);
    } catch (NoSuchMethodException e) {
      return null;
    }
  }

  /** Has a path be called what it was matched by, where that says something. */
  static void learn(EndpointNames names, HttpServletRequest request, String path) {
    try {
      if (names.wantsToLearn(path)) {
        ask(names, request, path);
      }
    } catch (RuntimeException e) {
      return; // not every request tells once it is over: it is called by its path, and counted
    }
  }

  private static void ask(EndpointNames names, HttpServletRequest request, String path) {
    Object pattern = request.getAttribute(SPRING);
    if (pattern != null && !isCatchAll(pattern.toString())) {
      // It begins where the servlet's mapping ends.
      String servlet = request.getPathInfo() == null ? "" : request.getServletPath();
      names.learn(path, joined(request.getContextPath() + servlet, pattern.toString()));
      return;
    }
    String mapped = mapped(request, path);
    if (mapped != null) {
      names.suggest(path, mapped);
    }
  }

  private static boolean isCatchAll(String pattern) {
    return pattern.isEmpty() || pattern.equals("/") || pattern.startsWith("/*");
  }

  private static String joined(String first, String second) {
    return second.startsWith("/") ? first + second : first + "/" + second;
  }

  /**
   * What the servlet is mapped to is no identifier, however it looks; what comes after it may be.
   */
  private static @Nullable String mapped(HttpServletRequest request, String path) {
    String match = match(request);
    if (!match.equals("EXACT") && !match.equals("PATH")) {
      return null;
    }
    String prefix = request.getContextPath() + request.getServletPath();
    if (!path.startsWith(prefix) || EndpointPath.of(prefix).equals(prefix)) {
      return null; // its name says that already
    }
    return prefix + EndpointPath.of(path.substring(prefix.length()));
  }

  /** By which kind of pattern the servlet was chosen, as the API's enumeration calls it. */
  private static String match(HttpServletRequest request) {
    if (MAPPING == null || MATCH == null) {
      return "";
    }
    try {
      Object mapping = MAPPING.invoke(request);
      return mapping == null ? "" : String.valueOf(MATCH.invoke(mapping));
    } catch (ReflectiveOperationException e) {
      return ""; // the request does not tell
    }
  }
}
