package dev.slipstream.it.speed;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.HttpUpgradeHandler;
import jakarta.servlet.http.Part;
import java.io.BufferedReader;
import java.security.Principal;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * A GET as a container has it after parsing: fields in arrays, looked for from the first on.
 * Nothing that is asked here for the first time is made here, so that what is allocated is the
 * agent's. What a gateway's request is not asked for fails.
 */
final class ContainerRequest implements HttpServletRequest {
  private final String[] names;
  private final String[] values;
  private String path = "/";

  ContainerRequest(String... namesAndValues) {
    names = new String[namesAndValues.length / 2];
    values = new String[names.length];
    for (int i = 0; i < names.length; i++) {
      names[i] = namesAndValues[2 * i];
      values[i] = namesAndValues[2 * i + 1];
    }
  }

  /** As a container uses one object for one request after the other. */
  ContainerRequest of(String another) {
    path = another;
    return this;
  }

  @Override
  public String getMethod() {
    return "GET";
  }

  @Override
  public String getScheme() {
    return "http";
  }

  @Override
  public String getProtocol() {
    return "HTTP/1.1";
  }

  @Override
  public String getServerName() {
    return "127.0.0.1";
  }

  @Override
  public int getServerPort() {
    return 8080;
  }

  @Override
  public String getRequestURI() {
    return path;
  }

  @Override
  public String getServletPath() {
    return path;
  }

  @Override
  public String getContextPath() {
    return "";
  }

  @Override
  public DispatcherType getDispatcherType() {
    return DispatcherType.REQUEST;
  }

  @Override
  public @Nullable String getHeader(String name) {
    for (int i = 0; i < names.length; i++) {
      if (names[i].equalsIgnoreCase(name)) {
        return values[i];
      }
    }
    return null;
  }

  @Override
  public Enumeration<String> getHeaders(String name) {
    String value = getHeader(name);
    return value == null ? Collections.emptyEnumeration() : new One(value);
  }

  @Override
  public Enumeration<String> getHeaderNames() {
    return Collections.enumeration(Arrays.asList(names));
  }

  private static final class One implements Enumeration<String> {
    private @Nullable String value;

    One(String value) {
      this.value = value;
    }

    @Override
    public boolean hasMoreElements() {
      return value != null;
    }

    @Override
    public String nextElement() {
      String one = value;
      if (one == null) {
        throw new NoSuchElementException();
      }
      value = null;
      return one;
    }
  }

  @Override
  public @Nullable String getQueryString() {
    return null;
  }

  @Override
  public @Nullable String getRequestedSessionId() {
    return null;
  }

  @Override
  public @Nullable Principal getUserPrincipal() {
    return null;
  }

  @Override
  public @Nullable String getRemoteUser() {
    return null;
  }

  @Override
  public boolean isSecure() {
    return false;
  }

  @Override
  public boolean isAsyncStarted() {
    return false;
  }

  @Override
  public boolean isAsyncSupported() {
    return false;
  }

  @Override
  public @Nullable Object getAttribute(String name) {
    return null;
  }

  @Override
  public void setAttribute(String name, Object value) {}

  @Override
  public void removeAttribute(String name) {}

  @Override
  public int getContentLength() {
    return -1;
  }

  @Override
  public long getContentLengthLong() {
    return -1;
  }

  @Override
  public @Nullable String getContentType() {
    return null;
  }

  @Override
  public @Nullable HttpSession getSession(boolean create) {
    return null;
  }

  @Override
  public Cookie @Nullable [] getCookies() {
    return null;
  }

  @Override
  public ServletContext getServletContext() {
    return Context.CONTEXT;
  }

  @Override
  public Enumeration<String> getAttributeNames() {
    return Collections.emptyEnumeration();
  }

  @Override
  public Enumeration<Locale> getLocales() {
    return Collections.enumeration(List.of(Locale.ENGLISH));
  }

  private static UnsupportedOperationException notAsked() {
    return new UnsupportedOperationException("not asked of a request by the agent so far");
  }

  @Override
  public String getAuthType() {
    throw notAsked();
  }

  @Override
  public long getDateHeader(String name) {
    throw notAsked();
  }

  @Override
  public int getIntHeader(String name) {
    throw notAsked();
  }

  @Override
  public String getPathInfo() {
    throw notAsked();
  }

  @Override
  public String getPathTranslated() {
    throw notAsked();
  }

  @Override
  public boolean isUserInRole(String role) {
    throw notAsked();
  }

  @Override
  @SuppressWarnings("JdkObsolete") // as the API has it
  public StringBuffer getRequestURL() {
    throw notAsked();
  }

  @Override
  public HttpSession getSession() {
    throw notAsked();
  }

  @Override
  public String changeSessionId() {
    throw notAsked();
  }

  @Override
  public boolean isRequestedSessionIdValid() {
    throw notAsked();
  }

  @Override
  public boolean isRequestedSessionIdFromCookie() {
    throw notAsked();
  }

  @Override
  public boolean isRequestedSessionIdFromURL() {
    throw notAsked();
  }

  @Deprecated
  @Override
  public boolean isRequestedSessionIdFromUrl() {
    throw notAsked();
  }

  @Override
  public boolean authenticate(HttpServletResponse response) {
    throw notAsked();
  }

  @Override
  public void login(String user, String password) {
    throw notAsked();
  }

  @Override
  public void logout() {
    throw notAsked();
  }

  @Override
  public Collection<Part> getParts() {
    throw notAsked();
  }

  @Override
  public Part getPart(String name) {
    throw notAsked();
  }

  @Override
  public <T extends HttpUpgradeHandler> T upgrade(Class<T> handler) {
    throw notAsked();
  }

  @Override
  public String getCharacterEncoding() {
    throw notAsked();
  }

  @Override
  public void setCharacterEncoding(String encoding) {
    throw notAsked();
  }

  @Override
  public ServletInputStream getInputStream() {
    throw notAsked();
  }

  @Override
  public String getParameter(String name) {
    throw notAsked();
  }

  @Override
  public Enumeration<String> getParameterNames() {
    throw notAsked();
  }

  @Override
  public String[] getParameterValues(String name) {
    throw notAsked();
  }

  @Override
  public Map<String, String[]> getParameterMap() {
    throw notAsked();
  }

  @Override
  public BufferedReader getReader() {
    throw notAsked();
  }

  @Override
  public String getRemoteAddr() {
    throw notAsked();
  }

  @Override
  public String getRemoteHost() {
    throw notAsked();
  }

  @Override
  public Locale getLocale() {
    throw notAsked();
  }

  @Override
  public RequestDispatcher getRequestDispatcher(String to) {
    throw notAsked();
  }

  @Deprecated
  @Override
  public String getRealPath(String of) {
    throw notAsked();
  }

  @Override
  public int getRemotePort() {
    throw notAsked();
  }

  @Override
  public String getLocalName() {
    throw notAsked();
  }

  @Override
  public String getLocalAddr() {
    throw notAsked();
  }

  @Override
  public int getLocalPort() {
    throw notAsked();
  }

  @Override
  public AsyncContext startAsync() {
    throw notAsked();
  }

  @Override
  public AsyncContext startAsync(ServletRequest request, ServletResponse response) {
    throw notAsked();
  }

  @Override
  public AsyncContext getAsyncContext() {
    throw notAsked();
  }
}
