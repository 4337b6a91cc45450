package dev.slipstream.servlet;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A container's request, as far as the adapter asks it. */
final class FakeRequest implements InvocationHandler {
  private final Map<String, List<String>> fields = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  private final String method;
  private final String path;
  private DispatcherType dispatcherType = DispatcherType.REQUEST;
  private String principal;
  private String server = "a container";
  FakeAsyncContext async;

  private FakeRequest(String method, String path) {
    this.method = method;
    this.path = path;
  }

  static FakeRequest get(String path) {
    return new FakeRequest("GET", path);
  }

  static FakeRequest of(String method, String path) {
    return new FakeRequest(method, path);
  }

  FakeRequest field(String name, String... values) {
    fields.put(name, List.of(values));
    return this;
  }

  /** Lets the container know who is asking, though no field says so. */
  FakeRequest user(String name) {
    principal = name;
    return this;
  }

  FakeRequest dispatcherType(DispatcherType type) {
    dispatcherType = type;
    return this;
  }

  HttpServletRequest build() {
    return (HttpServletRequest)
        Proxy.newProxyInstance(
            FakeRequest.class.getClassLoader(), new Class<?>[] {HttpServletRequest.class}, this);
  }

  @Override
  public Object invoke(Object proxy, Method called, Object[] arguments) {
    return switch (called.getName()) {
      case "getMethod" -> method;
      case "getRemoteAddr" -> "192.0.2.1";
      case "getScheme" -> "http";
      case "getServerName" -> "localhost";
      case "getServerPort" -> 80;
      case "getRequestURI" -> path;
      case "getDispatcherType" -> dispatcherType;
      case "getHeader" ->
          fields.getOrDefault(arguments[0], List.of()).stream().findFirst().orElse(null);
      case "getHeaders" -> Collections.enumeration(fields.getOrDefault(arguments[0], List.of()));
      case "getHeaderNames" -> Collections.enumeration(fields.keySet());
      case "isSecure" -> false;
      case "isAsyncStarted" -> async != null;
      case "startAsync" ->
          startAsync((ServletRequest) arguments[0], (ServletResponse) arguments[1]);
      case "getAsyncContext" -> async;
      case "getRemoteUser" -> principal;
      case "getServletContext" -> context();
      case "getSession" -> null;
      case "getQueryString",
          "getRequestedSessionId",
          "getUserPrincipal",
          "getContentType",
          "getHttpServletMapping",
          "getAttribute" ->
          null;
      default -> throw new UnsupportedOperationException(called.toString());
    };
  }

  /** Of a container that says what it is called, and no more. */
  private ServletContext context() {
    return (ServletContext)
        Proxy.newProxyInstance(
            FakeRequest.class.getClassLoader(),
            new Class<?>[] {ServletContext.class},
            (proxy, called, arguments) -> {
              if (called.getName().equals("getServerInfo")) {
                return server;
              }
              throw new UnsupportedOperationException(called.toString());
            });
  }

  /** Lets the container be called so. */
  FakeRequest server(String name) {
    server = name;
    return this;
  }

  private FakeAsyncContext startAsync(ServletRequest request, ServletResponse response) {
    async = new FakeAsyncContext(request, response);
    return async;
  }
}
