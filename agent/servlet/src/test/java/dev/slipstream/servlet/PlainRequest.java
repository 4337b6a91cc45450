package dev.slipstream.servlet;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** A whole request of an unknown container of Servlet 5.0; each answer can be another. */
final class PlainRequest {
  private final Map<String, Object> answers = new HashMap<>();
  private final Map<String, Object> attributes = new LinkedHashMap<>();
  private final Map<String, String> fields = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

  static PlainRequest get(String path) {
    ServletContext context =
        (ServletContext)
            Proxy.newProxyInstance(
                PlainRequest.class.getClassLoader(),
                new Class<?>[] {ServletContext.class},
                (self, method, arguments) ->
                    switch (method.getName()) {
                      case "getMajorVersion" -> 5;
                      case "getMinorVersion", "hashCode" -> 0;
                      default -> null;
                    });
    return new PlainRequest()
        .answer("getMethod", "GET")
        .answer("getDispatcherType", DispatcherType.REQUEST)
        .answer("getContentLength", -1)
        .answer("getContentLengthLong", -1L)
        .answer("getRequestURI", path)
        .answer("getContextPath", "")
        .answer("getServletPath", path)
        .answer("getScheme", "https")
        .answer("getProtocol", "HTTP/1.1")
        .answer("getServerName", "gateway.example")
        .answer("getServerPort", 443)
        .answer("getRemoteAddr", "192.0.2.1")
        .answer("getRemoteHost", "client.example")
        .answer("getRemotePort", 1234)
        .answer("getLocalAddr", "192.0.2.2")
        .answer("getLocalPort", 8443)
        .answer("isSecure", true)
        .answer("getParameterMap", Map.of("a", new String[] {"1"}))
        .answer("getServletContext", context);
  }

  PlainRequest answer(String method, Object answer) {
    answers.put(method, answer);
    return this;
  }

  PlainRequest query(String query) {
    return answer("getQueryString", query);
  }

  PlainRequest attribute(String name, Object value) {
    attributes.put(name, value);
    return this;
  }

  PlainRequest field(String name, String value) {
    fields.put(name, value);
    return name.equals("Cookie") ? answer("getCookies", new Cookie[] {new Cookie("a", "b")}) : this;
  }

  HttpServletRequest build() {
    return (HttpServletRequest)
        Proxy.newProxyInstance(
            PlainRequest.class.getClassLoader(),
            new Class<?>[] {HttpServletRequest.class},
            (self, method, arguments) -> {
              String name = arguments == null ? "" : String.valueOf(arguments[0]);
              Object answer = answers.get(method.getName());
              if (answer instanceof RuntimeException failure) {
                throw failure;
              }
              return switch (method.getName()) {
                case "getHeader" -> fields.get(name);
                case "getHeaders" ->
                    Collections.enumeration(
                        fields.containsKey(name) ? List.of(fields.get(name)) : List.of());
                case "getHeaderNames" -> Collections.enumeration(fields.keySet());
                case "getLocales" -> Collections.enumeration(List.of(Locale.ENGLISH));
                case "getRequestURL" -> url(answers.get("getRequestURI"));
                case "getAttribute" -> attributes.get(name);
                case "getAttributeNames" -> Collections.enumeration(attributes.keySet());
                case "hashCode" -> System.identityHashCode(self);
                default -> answer;
              };
            });
  }

  @SuppressWarnings("JdkObsolete") // as the API has it
  private static StringBuffer url(Object path) {
    return new StringBuffer("https://gateway.example" + path);
  }
}
