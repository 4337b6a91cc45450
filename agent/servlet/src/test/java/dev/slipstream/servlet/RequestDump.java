package dev.slipstream.servlet;

import jakarta.servlet.ServletContext;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.Locale;

/** All that a request says of itself, as text. */
final class RequestDump {
  private final StringBuilder text = new StringBuilder();

  private RequestDump() {}

  static String of(HttpServletRequest request) throws IOException {
    RequestDump dump = new RequestDump();
    dump.line(request);
    dump.ends(request);
    dump.fields(request);
    dump.parameters(request);
    dump.context(request);
    return dump.text.toString();
  }

  private void line(HttpServletRequest request) {
    add("method", request.getMethod());
    add("uri", request.getRequestURI());
    add("url", request.getRequestURL());
    add("query", request.getQueryString());
    add("context path", request.getContextPath());
    add("servlet path", request.getServletPath());
    add("path info", request.getPathInfo());
    add("path translated", request.getPathTranslated());
    add("protocol", request.getProtocol());
    add("scheme", request.getScheme());
    add("secure", request.isSecure());
    add("dispatch", request.getDispatcherType());
    var mapping = request.getHttpServletMapping();
    add("match", mapping.getMatchValue());
    add("pattern", mapping.getPattern());
    add("servlet", mapping.getServletName());
    add("kind of match", mapping.getMappingMatch());
  }

  private void ends(HttpServletRequest request) {
    add("server name", request.getServerName());
    add("server port", request.getServerPort());
    add("remote address", request.getRemoteAddr());
    add("remote host", request.getRemoteHost());
    add("remote port", request.getRemotePort());
    add("local address", request.getLocalAddr());
    add("local port", request.getLocalPort());
    add("user", request.getRemoteUser());
    add("principal", request.getUserPrincipal());
    add("authentication", request.getAuthType());
    add("role", request.isUserInRole("admin"));
    add("session", request.getSession(false));
    add("session id", request.getRequestedSessionId());
    add("session valid", request.isRequestedSessionIdValid());
    add("session by cookie", request.isRequestedSessionIdFromCookie());
    add("session by URL", request.isRequestedSessionIdFromURL());
    add("async", request.isAsyncStarted());
  }

  private void fields(HttpServletRequest request) throws IOException {
    for (String name : Collections.list(request.getHeaderNames())) {
      add("first " + name, request.getHeader(name.toUpperCase(Locale.ROOT)));
      add("all " + name, Collections.list(request.getHeaders(name)));
    }
    add("absent", request.getHeader("X-Absent"));
    add("none", Collections.list(request.getHeaders("X-Absent")));
    add("number", request.getIntHeader("X-Number"));
    add("no number", request.getIntHeader("X-Absent"));
    add("date", request.getDateHeader("X-Date"));
    add("no date", request.getDateHeader("X-Absent"));
    Cookie[] cookies = request.getCookies();
    add("cookies", cookies == null ? null : cookies.length);
    for (Cookie cookie : cookies == null ? new Cookie[0] : cookies) {
      add("cookie " + cookie.getName(), cookie.getValue());
      add("its path", cookie.getPath());
      add("its domain", cookie.getDomain());
      add("its age", cookie.getMaxAge());
    }
    add("locale", request.getLocale());
    add("locales", Collections.list(request.getLocales()));
    add("type", request.getContentType());
    add("length", request.getContentLength());
    add("long length", request.getContentLengthLong());
    add("encoding", request.getCharacterEncoding());
    add("body", request.getInputStream().readAllBytes().length);
    add("finished", request.getInputStream().isFinished());
  }

  private void parameters(HttpServletRequest request) {
    for (String name : Collections.list(request.getParameterNames())) {
      add("parameter " + name, request.getParameter(name));
      add("values", Arrays.toString(request.getParameterValues(name)));
    }
    request.getParameterMap().forEach((name, all) -> add("map " + name, Arrays.toString(all)));
    add("no parameter", request.getParameter("absent"));
    add("no values", request.getParameterValues("absent"));
  }

  private void context(HttpServletRequest request) {
    ServletContext context = request.getServletContext();
    add("context", System.identityHashCode(context));
    add("of the context", context.getAttribute("of the context"));
    add("real path", context.getRealPath("/"));
    for (String name : Collections.list(request.getAttributeNames())) {
      if (!name.startsWith("org.eclipse.jetty.")) { // its caches; the names differ by request
        add("attribute " + name, request.getAttribute(name));
      }
    }
    add("no attribute", request.getAttribute("absent"));
    add("class loader", System.identityHashCode(Thread.currentThread().getContextClassLoader()));
  }

  private void add(String name, Object value) {
    text.append(name).append(": ").append(value).append('\n');
  }
}
