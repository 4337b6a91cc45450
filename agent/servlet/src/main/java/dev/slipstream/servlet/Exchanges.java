package dev.slipstream.servlet;

import dev.slipstream.engine.Call;
import dev.slipstream.engine.Engine;
import dev.slipstream.engine.admit.EndpointGuard;
import dev.slipstream.engine.http.CacheStatus;
import dev.slipstream.engine.http.Decision;
import dev.slipstream.engine.http.Doorkeeper;
import dev.slipstream.engine.http.Fields;
import dev.slipstream.engine.http.Fill;
import dev.slipstream.engine.http.Forward;
import dev.slipstream.engine.http.Observed;
import dev.slipstream.engine.http.Purge;
import dev.slipstream.engine.http.RequestView;
import dev.slipstream.engine.http.UnsafeRequest;
import dev.slipstream.engine.profile.Outcome;
import jakarta.servlet.Servlet;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Begins exchanges: carries out what the cache decides about a request. */
final class Exchanges {
  private final Engine engine;
  private final Refresher refresher;
  private final Purge purge;

  Exchanges(Engine engine) {
    this.engine = engine;
    this.refresher = new Refresher(engine);
    this.purge = new Purge(engine.httpCache(), engine.settings());
  }

  /**
   * Begins an exchange where the application answers for sure.
   *
   * @param place where that is: see {@link dev.slipstream.engine.http.RequestView#place()}
   */
  UnaryOperator<@Nullable Throwable> begin(Call call, String place) {
    return begin(call, place, null);
  }

  /** Whether any request is answered where it enters the web application. */
  boolean isServingAtEntry() {
    return engine.httpCache().isServingAtEntry();
  }

  /**
   * Begins an exchange where a request enters the web application; null where it is begun further
   * within.
   */
  @Nullable UnaryOperator<@Nullable Throwable> beginAtEntry(Call call) {
    HttpServletRequest request = (HttpServletRequest) call.request();
    HttpServletResponse response = (HttpServletResponse) call.response();
    long start = System.nanoTime();
    ServletRequestView view = new ServletRequestView(request, null, RequestView.ENTRY);
    // What is wrapped, or asynchronous, has been with the application before.
    if (request instanceof ServletRequestWrapper
        || request.isAsyncStarted()
        || UnderWay.current(request) != null) {
      return null;
    }
    Decision decision = engine.httpCache().decideAtEntry(view);
    return decision == null
        ? null
        : carryOut(call, decision, view, request, response, null, start, /* asks= */ true);
  }

  /** Whether what runs within the servlet begins the exchange. */
  boolean isLeftToResources(HttpServletRequest request) {
    return engine.httpCache().isLeftToResources(request.getRequestURI())
        && !purge.isMeant(request.getMethod());
  }

  /**
   * Begins an exchange at a filter.
   *
   * @param visit the request's time at the filter
   * @param known whether the filter was seen to answer such requests; else it is only tried
   */
  UnaryOperator<@Nullable Throwable> beginAt(
      Call call, String place, FilterVisit visit, boolean known) {
    if (known) {
      return begin(call, place, visit);
    }
    HttpServletRequest request = (HttpServletRequest) call.request();
    HttpServletResponse response = (HttpServletResponse) call.response();
    long start = System.nanoTime();
    ServletRequestView view = new ServletRequestView(request, null, place);
    Decision decision = engine.httpCache().decideTentatively(view);
    if (decision instanceof Decision.Unavailable) {
      return UnaryOperator.identity();
    }
    UnaryOperator<@Nullable Throwable> exit =
        carryOut(call, decision, view, request, response, visit, start, /* asks= */ false);
    return thrown -> {
      if (!visit.isPassed()) {
        engine.httpCache().took(view, decision);
      }
      return exit.apply(thrown);
    };
  }

  private UnaryOperator<@Nullable Throwable> begin(
      Call call, String place, @Nullable FilterVisit visit) {
    HttpServletRequest request = (HttpServletRequest) call.request();
    HttpServletResponse response = (HttpServletResponse) call.response();
    long start = System.nanoTime();
    ServletRequestView plain = new ServletRequestView(request, null, place);
    if (purge.isMeant(request.getMethod())) {
      Purge.Answer answer = purge.answer(plain);
      response.setStatus(answer.status());
      answer.fields().forEach(response::setHeader);
      response.setContentLength(0);
      call.answered();
      return UnaryOperator.identity();
    }
    int maxBytes = engine.httpCache().maxBodyBytes();
    if (!engine.httpCache().wantsBody(plain)
        || !ReplayingRequest.canReplay(request)
        || request.getContentLengthLong() > maxBytes) {
      return carryOut(call, decide(call, plain), plain, request, response, visit, start, true);
    }
    final ReplayingRequest replaying;
    try {
      replaying = ReplayingRequest.read(request, response, maxBytes);
    } catch (IOException e) {
      // The client is gone or too slow: the application would have met the same.
      call.answered();
      return thrown -> e;
    }
    UnaryOperator<@Nullable Throwable> exit =
        carryOutWithBody(call, place, replaying, response, visit, start);
    return thrown -> {
      Throwable outcome = exit.apply(thrown);
      replaying.serviceReturned();
      return outcome;
    };
  }

  private UnaryOperator<@Nullable Throwable> carryOutWithBody(
      Call call,
      String place,
      ReplayingRequest replaying,
      HttpServletResponse response,
      @Nullable FilterVisit visit,
      long start) {
    try {
      ServletRequestView view = new ServletRequestView(replaying, replaying.bodyHash(), place);
      call.replace(replaying, response);
      return carryOut(call, decide(call, view), view, replaying, response, visit, start, true);
    } catch (Throwable t) {
      // Not left to the gate: the request that it would go on with has no body any more.
      engine.errors().record("the way into an exchange", t);
      call.replace(replaying, response);
      return goOnUncounted(replaying);
    }
  }

  /**
   * Carries a decision out.
   *
   * @param asks whether the application is asked for sure, so that this needs leave
   */
  private UnaryOperator<@Nullable Throwable> carryOut(
      Call call,
      Decision decision,
      ServletRequestView view,
      HttpServletRequest request,
      HttpServletResponse response,
      @Nullable FilterVisit visit,
      long start,
      boolean asks) {
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
      return refuse(call, unavailable, request, response, start);
    } else if (decision instanceof Decision.Fetch fetched) {
      fetch = fetched;
      why = fetch.why();
    } else if (decision instanceof Decision.Observe) {
      why = Forward.OBSERVED;
    } else if (decision instanceof Decision.Pass) {
      why = Forward.NOT_STORED;
    } else {
      why = ((Decision.Bypass) decision).why();
    }
    Doorkeeper doorkeeper = engine.httpCache().doorkeeper();
    EndpointGuard guard = null;
    try {
      // What a filter has begun to answer is not refused any more.
      if (asks && !response.isCommitted()) {
        guard = doorkeeper.guard(decision, view);
        Doorkeeper.Answer answer = doorkeeper.ask(decision, view, guard, start);
        if (answer instanceof Doorkeeper.Refuse refuse) {
          return refuse(call, refuse, request, response, start);
        }
        if (answer instanceof Doorkeeper.Stale stale) {
          return serveStale(call, stale, request, response, start);
        }
      }
      return goOn(call, decision, fetch, why, view, request, response, visit, guard, start);
    } catch (Throwable t) {
      if (fetch != null) {
        fetch.release();
      }
      throw t;
    }
  }

  private UnaryOperator<@Nullable Throwable> serveStale(
      Call call,
      Doorkeeper.Stale stale,
      HttpServletRequest request,
      HttpServletResponse response,
      long start) {
    HitWriter writer = HitWriter.on(request, response);
    if (writer == null) {
      engine.httpCache().counters().unserved();
      return goOnUncounted(request); // as few as they are
    }
    return serve(call, request, stale.serve(), writer, start);
  }

  /** 503: the application is not asked. */
  private UnaryOperator<@Nullable Throwable> refuse(
      Call call,
      Doorkeeper.Refuse refuse,
      HttpServletRequest request,
      HttpServletResponse response,
      long start) {
    Throwable met = RefusalWriter.write(request, response, refuse);
    call.answered();
    answered(request, Outcome.REFUSED, Doorkeeper.Refuse.STATUS, start, -1);
    return thrown -> met;
  }

  private UnaryOperator<@Nullable Throwable> goOn(
      Call call,
      Decision decision,
      Decision.@Nullable Fetch fetch,
      Forward why,
      ServletRequestView view,
      HttpServletRequest request,
      HttpServletResponse response,
      @Nullable FilterVisit visit,
      @Nullable EndpointGuard guard,
      long start) {
    UnderWay begun = null;
    Passage passage = null;
    try {
      Fill fill = fill(decision, fetch);
      UnsafeRequest unsafe = engine.httpCache().unsafe(view);
      BiConsumer<Integer, Fields> trial =
          fetch == null || fetch.validation() != null
              ? null
              : engine.httpCache().conditionTrial(view);
      begun = visit == null ? UnderWay.begin(request, null) : null;
      boolean alone = fetch == null && fill == null && visit == null && !mayBeTagged(why);
      passage =
          alone
              ? new Passage(engine, why, request, response, unsafe, trial, guard, start)
              : new Exchange(
                  engine, why, fetch, fill, request, response, visit, unsafe, trial, guard, start);
      UnderWay.leads(passage);
      if (visit != null) {
        visit.began((Exchange) passage); // it tells the client nothing before it begins to answer
      } else if (why.isTold()) {
        // Last of what can fail before the application goes on: it sees the field.
        passage.announce();
      }
      if (passage instanceof Exchange exchange && exchange.isWrapped()) {
        call.replace(exchange.request(), exchange.response());
      }
      passage.begins();
      return begun == null ? passage::endsAndLeaves : begun.endsWith(passage);
    } catch (Throwable t) {
      if (begun != null) {
        begun.end();
      }
      if (passage != null) {
        passage.releasesPermit();
      } else if (guard != null) {
        guard.released(start);
      }
      throw t;
    }
  }

  /** What runs within the servlet begins no exchange of its own. */
  private static UnaryOperator<@Nullable Throwable> goOnUncounted(HttpServletRequest request) {
    UnderWay underWay = UnderWay.begin(request, null);
    return underWay == null ? UnaryOperator.identity() : underWay;
  }

  /** Whether the answer may have fields that are for the cache alone. */
  private static boolean mayBeTagged(Forward why) {
    return why == Forward.PRECONDITION;
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
      if (refresh != null && engine.httpCache().doorkeeper().isEmergency()) {
        return serve.withoutRefresh();
      }
      if (refresh != null && !refresher.canRefresh(call, refresh)) {
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
        return goOnUncounted(request);
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
    answered(request, serve.outcome(), serve.response().status(), start, writer.sentBytes());
    return met == null ? UnaryOperator.identity() : thrown -> met;
  }

  /** 504: the client wants only what is stored. */
  private UnaryOperator<@Nullable Throwable> refuse(
      Call call,
      Decision.Unavailable unavailable,
      HttpServletRequest request,
      HttpServletResponse response,
      long start) {
    response.setStatus(HttpServletResponse.SC_GATEWAY_TIMEOUT);
    response.setHeader(CacheStatus.FIELD, unavailable.cacheStatus());
    call.answered();
    answered(request, Outcome.UNAVAILABLE, HttpServletResponse.SC_GATEWAY_TIMEOUT, start, 0);
    return UnaryOperator.identity();
  }

  private void answered(
      HttpServletRequest request, Outcome outcome, int status, long start, long bytes) {
    long nanos = System.nanoTime() - start;
    engine.httpCache().counters().took(nanos);
    engine
        .endpoints()
        .at(request.getMethod(), request.getRequestURI())
        .record(outcome, status, nanos, bytes);
  }
}
