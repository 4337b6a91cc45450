package dev.slipstream.servlet;

import dev.slipstream.engine.http.Fields;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All that a request states, attributes aside.
 *
 * @param ofLaterApis the answers of methods that not every version of the API has, by name
 * @param contextClassLoader that of the thread that served the request
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and as the API has it
record SnapshotHead(
    String uri,
    String url,
    @Nullable String query,
    String contextPath,
    String servletPath,
    @Nullable String pathInfo,
    @Nullable String pathTranslated,
    String scheme,
    String protocol,
    boolean secure,
    Peer server,
    Peer remote,
    Peer local,
    Fields fields,
    Cookie @Nullable [] cookies,
    List<Locale> locales,
    Map<String, String[]> parameters,
    @Nullable String encoding,
    long contentLength,
    ServletContext context,
    Map<String, Object> ofLaterApis,
    @Nullable ClassLoader contextClassLoader) {
  private static final @Nullable Method MAPPING = mappingMethod();

  /** One end of a connection; an unknown part is empty. */
  record Peer(String address, String name, int port) {}

  /** Whether a request can be run again, for nobody. */
  static boolean canCopy(HttpServletRequest request) {
    String method = request.getMethod();
    return (method.equals("GET") || method.equals("HEAD"))
        && request.getDispatcherType() == DispatcherType.REQUEST
        && request.getContentLengthLong() <= 0
        && request.getHeader("Transfer-Encoding") == null
        && !isUpgrade(request.getHeader("Upgrade"))
        && request.getRequestedSessionId() == null
        && request.getUserPrincipal() == null
        && request.getRemoteUser() == null
        && request.getAuthType() == null;
  }

  // Clients that offer HTTP/2 take an answer in HTTP/1.1 as well.
  private static boolean isUpgrade(@Nullable String protocol) {
    return protocol != null && !protocol.equalsIgnoreCase("h2c");
  }

  static SnapshotHead of(HttpServletRequest request) {
    return new SnapshotHead(
        request.getRequestURI(),
        request.getRequestURL().toString(),
        request.getQueryString(),
        request.getContextPath(),
        request.getServletPath(),
        request.getPathInfo(),
        request.getPathTranslated(),
        request.getScheme(),
        request.getProtocol(),
        request.isSecure(),
        new Peer("", request.getServerName(), request.getServerPort()),
        new Peer(request.getRemoteAddr(), request.getRemoteHost(), request.getRemotePort()),
        new Peer(request.getLocalAddr(), "", request.getLocalPort()),
        new ServletRequestView(request, null, "").fields(),
        copy(request.getCookies()),
        List.copyOf(Collections.list(request.getLocales())),
        copy(request.getParameterMap()),
        request.getCharacterEncoding(),
        request.getContentLengthLong(),
        request.getServletContext(),
        ofLaterApis(request),
        Thread.currentThread().getContextClassLoader());
  }

  /** Whether the meaning of the query depends on a charset. */
  boolean isQueryEncoded() {
    if (query == null) {
      return false;
    }
    for (int i = 0; i < query.length(); i++) {
      char c = query.charAt(i);
      boolean high = i + 1 < query.length() && "89abcdefABCDEF".indexOf(query.charAt(i + 1)) >= 0;
      if (c >= 0x80 || (c == '%' && high)) {
        return true;
      }
    }
    return false;
  }

  private static Cookie @Nullable [] copy(Cookie @Nullable [] cookies) {
    return cookies == null
        ? null
        : Arrays.stream(cookies).map(cookie -> (Cookie) cookie.clone()).toArray(Cookie[]::new);
  }

  private static Map<String, String[]> copy(Map<String, String[]> parameters) {
    Map<String, String[]> copy = new LinkedHashMap<>();
    parameters.forEach((name, values) -> copy.put(name, values.clone()));
    return Collections.unmodifiableMap(copy);
  }

  // The mapping's type is not in Servlet 3.1: it may be named nowhere here.
  private static Map<String, Object> ofLaterApis(HttpServletRequest request) {
    try {
      Object mapping = MAPPING == null ? null : MAPPING.invoke(request);
      return mapping == null ? Map.of() : Map.of("getHttpServletMapping", mapping);
    } catch (ReflectiveOperationException e) {
      return Map.of();
    }
  }

  private static @Nullable Method mappingMethod() {
    try {
      return HttpServletRequest.class.getMethod("getHttpServletMapping");
    } catch (NoSuchMethodException e) {
      return null;
    }
  }
}
