package dev.slipstream.servlet;

import dev.slipstream.engine.http.Fields;
import dev.slipstream.engine.http.HttpDate;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
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
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The request that the application gets while its answer is copied: keeps the copy going when the
 * application goes asynchronous, and notes when the answer becomes somebody's.
 */
final class CapturingRequest extends HttpServletRequestWrapper {
  private static final String IF_NONE_MATCH = "If-None-Match";
  private static final String IF_MODIFIED_SINCE = "If-Modified-Since";
  private static final String LANGUAGES = "Accept-Language";

  private final Exchange exchange;
  private final Fields conditions;
  private final boolean filtered;
  private @Nullable AsyncContext asyncContext;

  /**
   * Makes the request that the application gets.
   *
   * @param conditions what the cache asks in place of the client's own conditions; empty where the
   *     client's stay
   */
  CapturingRequest(HttpServletRequest request, Exchange exchange, Fields conditions) {
    super(request);
    this.exchange = exchange;
    this.conditions = conditions;
    this.filtered = below(request) instanceof ServletRequestWrapper;
  }

  /**
   * Without arguments the container goes on with its own request and response, past ours and past
   * those of filters. Ours alone can take their place unnoticed.
   */
  @Override
  public AsyncContext startAsync() {
    if (isTheContainers()) {
      return startAsync(this, exchange.response());
    }
    if (exchange.hasSubstitute()) {
      if (!(getRequest() instanceof ReplayingRequest)) {
        return startAsyncBeneathFilters(getRequest());
      }
      exchange.forgoesSubstitute(); // the body that was read has to be given to it beneath, too
    }
    if (exchange.response().holdsBack()) {
      return startAsyncBeneathFilters(getRequest()); // half of the answer is with ours
    }
    AsyncContext context = super.startAsync();
    return noted(exchange.asyncStarted(context, () -> false));
  }

  /**
   * Whether ours alone are around the container's. Some containers put wrappers of their own
   * beneath when they dispatch; where that is to the same URL, it is as if they were not there.
   */
  private boolean isTheContainers() {
    if (filtered || exchange.isResponseFiltered()) {
      return false;
    }
    boolean wrapped =
        below(getRequest()) instanceof ServletRequestWrapper
            || exchange.response().getResponse() instanceof ServletResponseWrapper;
    return !wrapped
        || (getDispatcherType() == DispatcherType.ASYNC && exchange.isAtItsUrl(getRequestURI()));
  }

  private static ServletRequest below(ServletRequest request) {
    return request instanceof ReplayingRequest replaying ? replaying.getRequest() : request;
  }

  /**
   * Goes on as the container would, with its own request and response, but so that a stored answer
   * can still take the place of the application's.
   */
  private AsyncContext startAsyncBeneathFilters(ServletRequest outer) {
    ServletRequest inner = outer;
    while (inner instanceof ServletRequestWrapper wrapper) {
      inner = wrapper.getRequest();
    }
    ServletResponse beneath = exchange.response().getResponse();
    while (beneath instanceof ServletResponseWrapper wrapper) {
      beneath = wrapper.getResponse();
    }
    HttpServletResponse bare = (HttpServletResponse) beneath;
    exchange.goesOnWith(bare);
    CapturingRequest request =
        new CapturingRequest((HttpServletRequest) inner, exchange, conditions);
    CapturingResponse given = exchange.response();
    CapturingResponse response = given.holdsBack() ? given : new CapturingResponse(bare, exchange);
    AsyncContext context = super.startAsync(request, response);
    AsyncContext captured = exchange.asyncStarted(context, () -> false);
    request.asyncContext = captured;
    return noted(captured);
  }

  private AsyncContext noted(AsyncContext context) {
    asyncContext = context;
    return context;
  }

  @Override
  public AsyncContext getAsyncContext() {
    AsyncContext known = asyncContext;
    AsyncContext current = super.getAsyncContext();
    return known instanceof CapturedAsyncContext captured && captured.isOf(current)
        ? captured
        : current;
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
    return noted(exchange.asyncStarted(context, () -> isCaptured(response)));
  }

  // What the cache asks in place of the client, and what the application looks at.

  @Override
  public @Nullable String getHeader(String name) {
    exchange.readsField(name);
    return isCondition(name) ? conditions.first(name) : super.getHeader(name);
  }

  @Override
  public Enumeration<String> getHeaders(String name) {
    exchange.readsField(name);
    return isCondition(name)
        ? Collections.enumeration(conditions.all(name))
        : super.getHeaders(name);
  }

  @Override
  public Enumeration<String> getHeaderNames() {
    exchange.readsAllFields();
    Enumeration<String> sent = super.getHeaderNames();
    if (sent == null || conditions.size() == 0 || exchange.isHandedOn()) {
      return sent;
    }
    List<String> names = Collections.list(sent);
    names.removeIf(this::isCondition);
    names.addAll(conditions.names());
    return Collections.enumeration(names);
  }

  @Override
  public long getDateHeader(String name) {
    exchange.readsField(name);
    if (!isCondition(name)) {
      return super.getDateHeader(name);
    }
    String value = conditions.first(name);
    if (value == null) {
      return -1;
    }
    long millis = HttpDate.parse(value, System.currentTimeMillis());
    if (millis == HttpDate.INVALID) {
      throw new IllegalArgumentException(name + ": " + value);
    }
    return millis;
  }

  @Override
  public int getIntHeader(String name) {
    exchange.readsField(name);
    return super.getIntHeader(name);
  }

  /** Made of a field, by the container. */
  @Override
  public Locale getLocale() {
    exchange.readsField(LANGUAGES);
    return super.getLocale();
  }

  @Override
  public Enumeration<Locale> getLocales() {
    exchange.readsField(LANGUAGES);
    return super.getLocales();
  }

  @Override
  public String getRemoteAddr() {
    exchange.readsAddress();
    return super.getRemoteAddr();
  }

  @Override
  public String getRemoteHost() {
    exchange.readsAddress();
    return super.getRemoteHost();
  }

  private boolean isCondition(String name) {
    return conditions.size() > 0
        && !exchange.isHandedOn()
        && (IF_NONE_MATCH.equalsIgnoreCase(name) || IF_MODIFIED_SINCE.equalsIgnoreCase(name));
  }

  @Override
  public HttpSession getSession() {
    exchange.readsIdentity();
    return super.getSession();
  }

  @Override
  public @Nullable HttpSession getSession(boolean create) {
    HttpSession session = super.getSession(create);
    if (session != null) {
      exchange.readsIdentity();
    }
    return session;
  }

  @Override
  public @Nullable Principal getUserPrincipal() {
    Principal principal = super.getUserPrincipal();
    if (principal != null) {
      exchange.readsIdentity();
    }
    return principal;
  }

  @Override
  public @Nullable String getRemoteUser() {
    String user = super.getRemoteUser();
    if (user != null) {
      exchange.readsIdentity();
    }
    return user;
  }

  @Override
  public boolean authenticate(HttpServletResponse response) throws IOException, ServletException {
    exchange.readsIdentity();
    return super.authenticate(response);
  }

  @Override
  public void login(String user, String password) throws ServletException {
    exchange.readsIdentity();
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
