package dev.slipstream.servlet;

import dev.slipstream.engine.Adapter;
import dev.slipstream.engine.Call;
import dev.slipstream.engine.Engine;
import dev.slipstream.engine.http.CacheStatus;
import dev.slipstream.engine.http.Decision;
import dev.slipstream.engine.http.Fill;
import dev.slipstream.engine.http.Forward;
import dev.slipstream.engine.http.Observed;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Servlet;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
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
  private final Refresher refresher;
  private final Purge purge;

  /** Made by the agent, once for each Servlet API in the process. */
  public ServletAdapter(Engine engine) {
    this.engine = engine;
    this.refresher = new Refresher(engine);
    this.purge = new Purge(engine);
  }

  @Override
  public @Nullable UnaryOperator<@Nullable Throwable> enter(Call call) {
    if (!(call.request() instanceof HttpServletRequest request)
        || !(call.response() instanceof HttpServletResponse response)
        || BackgroundRun.isBackground(request)
        || request.getDispatcherType() != DispatcherType.REQUEST) {
      noteForward(call.request());
      return null;
    }
    ServletRequest container = unwrap(request);
    ServletRequest outer = UNDER_WAY.get();
    if (outer == container) {
      return null;
    }
    UnaryOperator<@Nullable Throwable> exit = begin(call, request, response);
    UNDER_WAY.set(container);
    return thrown -> {
      if (outer == null) {
        UNDER_WAY.remove();
      } else {
        UNDER_WAY.set(outer); // a request of the application's own within the other
      }
      return exit.apply(thrown);
    };
  }

  private static void noteForward(Object dispatched) {
    if (dispatched instanceof HttpServletRequest request
        && request.getDispatcherType() == DispatcherType.FORWARD) {
      Exchange exchange = CapturingRequest.exchangeOf(request);
      if (exchange != null) {
        exchange.forwarded();
      }
    }
  }

  private UnaryOperator<@Nullable Throwable> begin(
      Call call, HttpServletRequest request, HttpServletResponse response) {
    long start = System.nanoTime();
    ServletRequestView plain = new ServletRequestView(request, null);
    if (purge.isMeant(request)) {
      purge.answer(plain, response);
      call.answered();
      return UnaryOperator.identity();
    }
    int maxBytes = engine.httpCache().maxBodyBytes();
    if (!engine.httpCache().wantsBody(plain)
        || !ReplayingRequest.canReplay(request)
        || request.getContentLengthLong() > maxBytes) {
      return carryOut(call, plain, request, response, start);
    }
    final ReplayingRequest replaying;
    try {
      replaying = ReplayingRequest.read(request, response, maxBytes);
    } catch (IOException e) {
      // The client is gone or too slow: the application would have met the same.
      call.answered();
      return thrown -> e;
    }
    UnaryOperator<@Nullable Throwable> exit = carryOutWithBody(call, replaying, response, start);
    return thrown -> {
      Throwable outcome = exit.apply(thrown);
      replaying.serviceReturned();
      return outcome;
    };
  }

  private UnaryOperator<@Nullable Throwable> carryOutWithBody(
      Call call, ReplayingRequest replaying, HttpServletResponse response, long start) {
    try {
      ServletRequestView view = new ServletRequestView(replaying, replaying.bodyHash());
      call.replace(replaying, response);
      return carryOut(call, view, replaying, response, start);
    } catch (Throwable t) {
      // Not left to the gate: the request that it would go on with has no body any more.
      engine.errors().record("the way into an exchange", t);
      call.replace(replaying, response);
      return UnaryOperator.identity();
    }
  }

  private UnaryOperator<@Nullable Throwable> carryOut(
      Call call,
      ServletRequestView view,
      HttpServletRequest request,
      HttpServletResponse response,
      long start) {
    Decision decision = decide(call, view);
    Forward why;
    Decision.Fetch fetch = null;
    if (decision instanceof Decision.Serve serve) {
      HitWriter writer = HitWriter.on(request, response);
      if (writer != null) {
        return serve(call, request, serve, writer, start);
      }
      engine.httpCache().counters().unserved();
      why = Forward.WRITER_TAKEN;
    } else if (decision instanceof Decision.Unavailable unavailable) {
      return refuse(call, unavailable, response, start);
    } else if (decision instanceof Decision.Fetch fetched) {
      fetch = fetched;
      why = fetch.why();
    } else if (decision instanceof Decision.Observe) {
      why = Forward.OBSERVED;
    } else {
      why = ((Decision.Bypass) decision).why();
    }
    try {
      return goOn(call, decision, fetch, why, view, request, response, start);
    } catch (Throwable t) {
      if (fetch != null) {
        fetch.release();
      }
      throw t;
    }
  }

  private UnaryOperator<@Nullable Throwable> goOn(
      Call call,
      Decision decision,
      Decision.@Nullable Fetch fetch,
      Forward why,
      ServletRequestView view,
      HttpServletRequest request,
      HttpServletResponse response,
      long start) {
    Fill fill = fill(decision, fetch);
    Exchange exchange =
        new Exchange(
            engine, why, fetch, fill, request, response, engine.httpCache().unsafe(view), start);
    // Last of what can fail before the application goes on: it sees the field.
    if (why.isTold()) {
      response.addHeader(CacheStatus.FIELD, exchange.notice().cacheStatus());
    }
    if (exchange.isWrapped()) {
      call.replace(exchange.request(), exchange.response());
    }
    return thrown -> {
      try {
        return exchange.apply(thrown);
      } finally {
        exchange.releaseUnlessFollowed();
      }
    };
  }

  private @Nullable Fill fill(Decision decision, Decision.@Nullable Fetch fetch) {
    if (decision instanceof Decision.Observe observe) {
      Observed observed = observe.observed();
      return observed == null ? null : engine.httpCache().fill(observed);
    }
    return fetch != null && fetch.store() ? engine.httpCache().fill(fetch) : null;
  }

  /** Where an answer cannot be refreshed behind its client, the client waits for it. */
  private Decision decide(Call call, ServletRequestView view) {
    Decision decision = engine.httpCache().decide(view);
    if (decision instanceof Decision.Serve serve) {
      Decision.Fetch refresh = serve.refresh();
      if (refresh != null && !refresher.canRefresh(call.target(), refresh)) {
        engine.httpCache().counters().fetchedAfterAll();
        return refresh;
      }
    }
    return decision;
  }

  private UnaryOperator<@Nullable Throwable> serve(
      Call call, HttpServletRequest request, Decision.Serve serve, HitWriter writer, long start) {
    Throwable failure;
    try {
      failure = writer.write(serve);
    } catch (Throwable t) {
      engine.errors().record("serving an answer", t);
      if (writer.undo()) {
        return UnaryOperator.identity();
      }
      failure = t; // bytes of ours are out
    }
    Throwable met = failure;
    Decision.Fetch refresh = serve.refresh();
    if (refresh != null && call.target() instanceof Servlet servlet) {
      try {
        refresher.refresh(servlet, request, refresh);
      } catch (Throwable t) {
        engine.errors().record("refreshing an answer", t);
      }
    }
    call.answered();
    engine.httpCache().counters().took(System.nanoTime() - start);
    return thrown -> met;
  }

  /** 504: the client wants only what is stored. */
  private UnaryOperator<@Nullable Throwable> refuse(
      Call call, Decision.Unavailable unavailable, HttpServletResponse response, long start) {
    response.setStatus(HttpServletResponse.SC_GATEWAY_TIMEOUT);
    response.setHeader(CacheStatus.FIELD, unavailable.cacheStatus());
    call.answered();
    engine.httpCache().counters().took(System.nanoTime() - start);
    return UnaryOperator.identity();
  }

  private static ServletRequest unwrap(ServletRequest request) {
    ServletRequest inner = request;
    while (inner instanceof ServletRequestWrapper wrapper) {
      inner = wrapper.getRequest();
    }
    return inner;
  }
}
