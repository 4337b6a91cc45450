package dev.slipstream.servlet;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.HttpUpgradeHandler;
import jakarta.servlet.http.Part;
import java.security.Principal;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * A request that no client waits for and that belongs to nobody: it has neither identity nor
 * session nor connection, and what needs one of them gives the run up.
 */
abstract class NobodysRequest extends HttpServletRequestWrapper {
  private final Fidelity fidelity;

  NobodysRequest(HttpServletRequest innermost, Fidelity fidelity) {
    super(innermost);
    this.fidelity = fidelity;
  }

  final Fidelity fidelity() {
    return fidelity;
  }

  @Override
  public @Nullable String getAuthType() {
    return null;
  }

  @Override
  public @Nullable String getRemoteUser() {
    return null;
  }

  @Override
  public boolean isUserInRole(String role) {
    return false;
  }

  @Override
  public @Nullable Principal getUserPrincipal() {
    return null;
  }

  @Override
  public boolean authenticate(HttpServletResponse response) {
    throw fidelity.lose("authenticate");
  }

  @Override
  public void login(String user, String password) {
    throw fidelity.lose("login");
  }

  @Override
  public void logout() {
    throw fidelity.lose("logout");
  }

  @Override
  public @Nullable String getRequestedSessionId() {
    return null;
  }

  @Override
  public boolean isRequestedSessionIdValid() {
    return false;
  }

  @Override
  public boolean isRequestedSessionIdFromCookie() {
    return false;
  }

  @Override
  public boolean isRequestedSessionIdFromURL() {
    return false;
  }

  @Override
  @SuppressWarnings("deprecation") // removed from Servlet 6.0
  public boolean isRequestedSessionIdFromUrl() {
    return false;
  }

  @Override
  public HttpSession getSession() {
    throw fidelity.lose("getSession");
  }

  @Override
  public @Nullable HttpSession getSession(boolean create) {
    if (create) {
      throw fidelity.lose("getSession");
    }
    return null;
  }

  @Override
  public String changeSessionId() {
    throw fidelity.lose("changeSessionId");
  }

  /** An application that asks may do without, or may not: only then is the run given up. */
  @Override
  public boolean isAsyncSupported() {
    fidelity.doubt("isAsyncSupported");
    return false;
  }

  @Override
  public boolean isAsyncStarted() {
    return false;
  }

  @Override
  public AsyncContext startAsync() {
    throw notAsync();
  }

  @Override
  public AsyncContext startAsync(ServletRequest request, ServletResponse response) {
    throw notAsync();
  }

  @Override
  public AsyncContext getAsyncContext() {
    throw new IllegalStateException("asynchronous mode was not started");
  }

  private IllegalStateException notAsync() {
    return new IllegalStateException(fidelity.lose("startAsync"));
  }

  @Override
  public Collection<Part> getParts() {
    throw fidelity.lose("getParts");
  }

  @Override
  public Part getPart(String name) {
    throw fidelity.lose("getPart");
  }

  @Override
  public <T extends HttpUpgradeHandler> T upgrade(Class<T> handler) {
    throw fidelity.lose("upgrade");
  }
}
