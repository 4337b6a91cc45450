package dev.slipstream.servlet;

import dev.slipstream.engine.Adapter;
import dev.slipstream.engine.Call;
import dev.slipstream.engine.Engine;
import dev.slipstream.engine.http.CacheStatus;
import dev.slipstream.engine.http.Decision;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Carries out the cache's decision around {@code HttpServlet.service}.
 *
 * <p>A REQUEST dispatch begins an exchange. ASYNC, FORWARD and INCLUDE dispatches and servlets that
 * call each other belong to the one that is under way; an ERROR dispatch comes after its end.
 */
public final class ServletAdapter implements Adapter {
  private static final ThreadLocal<ServletRequest> UNDER_WAY = new ThreadLocal<>();

  private final Engine engine;

  /** Made by the agent, once for each Servlet API in the process. */
  public ServletAdapter(Engine engine) {
    this.engine = engine;
  }

  @Override
  public @Nullable UnaryOperator<@Nullable Throwable> enter(Call call) {
    if (!(call.request() instanceof HttpServletRequest request)
        || !(call.response() instanceof HttpServletResponse response)
        || request.getDispatcherType() != DispatcherType.REQUEST) {
      return null;
    }
    ServletRequest container = unwrap(request);
    if (UNDER_WAY.get() == container) {
      return null;
    }
    UnaryOperator<@Nullable Throwable> exit = begin(call, request, response);
    UNDER_WAY.set(container);
    return thrown -> {
      UNDER_WAY.remove();
      return exit.apply(thrown);
    };
  }

  private UnaryOperator<@Nullable Throwable> begin(
      Call call, HttpServletRequest request, HttpServletResponse response) {
    Decision decision = engine.httpCache().decide(new ServletRequestView(request));
    if (decision instanceof Decision.Serve serve) {
      return serve(call, serve, request, response);
    }
    if (decision instanceof Decision.Fetch fetch) {
      response.addHeader(CacheStatus.FIELD, fetch.why().cacheStatus());
      if (fetch.store()) {
        return capture(call, fetch, request, response);
      }
    } else if (decision instanceof Decision.Bypass bypass && bypass.why().isTold()) {
      response.addHeader(CacheStatus.FIELD, bypass.why().cacheStatus());
    }
    return UnaryOperator.identity();
  }

  private UnaryOperator<@Nullable Throwable> serve(
      Call call, Decision.Serve serve, HttpServletRequest request, HttpServletResponse response) {
    HitWriter writer = HitWriter.on(request, response);
    if (writer == null) {
      engine.httpCache().counters().unserved();
      return UnaryOperator.identity();
    }
    Throwable failure = writer.write(serve);
    call.answered();
    return thrown -> failure;
  }

  private UnaryOperator<@Nullable Throwable> capture(
      Call call, Decision.Fetch fetch, HttpServletRequest request, HttpServletResponse response) {
    Exchange exchange = new Exchange(engine, engine.httpCache().fill(fetch), request, response);
    call.replace(exchange.request(), exchange.response());
    return exchange;
  }

  private static ServletRequest unwrap(ServletRequest request) {
    ServletRequest inner = request;
    while (inner instanceof ServletRequestWrapper wrapper) {
      inner = wrapper.getRequest();
    }
    return inner;
  }
}
