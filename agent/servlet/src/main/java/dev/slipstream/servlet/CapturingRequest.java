package dev.slipstream.servlet;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.ServletResponseWrapper;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.security.Principal;
import org.jspecify.annotations.Nullable;

/**
 * The request that the application gets while its answer is copied: keeps the copy going when the
 * application goes asynchronous, and notes when the answer becomes somebody's.
 */
final class CapturingRequest extends HttpServletRequestWrapper {
  private final Exchange exchange;

  CapturingRequest(HttpServletRequest request, Exchange exchange) {
    super(request);
    this.exchange = exchange;
  }

  /**
   * Without arguments the container goes on with its own request and response, past ours and past
   * those of filters. Ours alone can take their place unnoticed.
   */
  @Override
  public AsyncContext startAsync() {
    ServletRequest below =
        getRequest() instanceof ReplayingRequest replaying ? replaying.getRequest() : getRequest();
    boolean filtered =
        below instanceof ServletRequestWrapper
            || exchange.response().getResponse() instanceof ServletResponseWrapper;
    if (!filtered) {
      return startAsync(this, exchange.response());
    }
    AsyncContext context = super.startAsync();
    exchange.asyncStarted(context, () -> false);
    return context;
  }

  /** Not every container clears the buffer of a wrapped response before it forwards. */
  @Override
  public @Nullable RequestDispatcher getRequestDispatcher(String path) {
    RequestDispatcher dispatcher = super.getRequestDispatcher(path);
    return dispatcher == null ? null : new CapturingDispatcher(dispatcher, exchange);
  }

  /** The exchange that a request belongs to, or null. */
  static @Nullable Exchange exchangeOf(ServletRequest request) {
    ServletRequest inner = request;
    while (inner instanceof ServletRequestWrapper wrapper) {
      if (inner instanceof CapturingRequest capturing) {
        return capturing.exchange;
      }
      inner = wrapper.getRequest();
    }
    return null;
  }

  @Override
  public AsyncContext startAsync(ServletRequest request, ServletResponse response) {
    AsyncContext context = super.startAsync(request, response);
    exchange.asyncStarted(context, () -> isCaptured(response));
    return context;
  }

  @Override
  public HttpSession getSession() {
    exchange.identified();
    return super.getSession();
  }

  @Override
  public @Nullable HttpSession getSession(boolean create) {
    HttpSession session = super.getSession(create);
    if (session != null) {
      exchange.identified();
    }
    return session;
  }

  @Override
  public @Nullable Principal getUserPrincipal() {
    Principal principal = super.getUserPrincipal();
    if (principal != null) {
      exchange.identified();
    }
    return principal;
  }

  @Override
  public @Nullable String getRemoteUser() {
    String user = super.getRemoteUser();
    if (user != null) {
      exchange.identified();
    }
    return user;
  }

  @Override
  public boolean authenticate(HttpServletResponse response) throws IOException, ServletException {
    exchange.identified();
    return super.authenticate(response);
  }

  @Override
  public void login(String user, String password) throws ServletException {
    exchange.identified();
    super.login(user, password);
  }

  private boolean isCaptured(ServletResponse response) {
    ServletResponse inner = response;
    while (inner != exchange.response() && inner instanceof ServletResponseWrapper wrapper) {
      inner = wrapper.getResponse();
    }
    return inner == exchange.response();
  }
}
