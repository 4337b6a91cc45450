package dev.slipstream.servlet;

import dev.slipstream.engine.profile.EndpointNames;
import dev.slipstream.engine.profile.EndpointPath;
import jakarta.servlet.http.HttpServletMapping;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.MappingMatch;
import org.jspecify.annotations.Nullable;

/**
 * The template that a request was matched by, as far as the container or Spring tells once the
 * application has answered.
 */
final class RouteTemplate {
  /** Spring MVC's; the same for both generations of the Servlet API. */
  private static final String SPRING =
      "org.springframework.web.servlet.HandlerMapping.bestMatchingPattern";

  private static final boolean MAPPED = hasMapping();

  private RouteTemplate() {}

  // Servlet 3.1 lacks the method.
  private static boolean hasMapping() {
    try {
      HttpServletRequest.class.getMethod("getHttpServletMapping");
      return true;
    } catch (NoSuchMethodException e) {
      return false;
    }
  }

  /** Has a path be called what it was matched by, where that says something. */
  static void learn(EndpointNames names, HttpServletRequest request, String path) {
    try {
      ask(names, request, path);
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
    String mapped = MAPPED ? mapped(request, path) : null;
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
    HttpServletMapping mapping = request.getHttpServletMapping();
    MappingMatch match = mapping == null ? null : mapping.getMappingMatch();
    if (match != MappingMatch.EXACT && match != MappingMatch.PATH) {
      return null;
    }
    String prefix = request.getContextPath() + request.getServletPath();
    if (!path.startsWith(prefix) || EndpointPath.of(prefix).equals(prefix)) {
      return null; // its name says that already
    }
    return prefix + EndpointPath.of(path.substring(prefix.length()));
  }
}
