package dev.slipstream.jaxrs;

import dev.slipstream.config.rules.CacheRule;
import dev.slipstream.engine.Engine;
import dev.slipstream.engine.LateEngine;
import dev.slipstream.engine.ServletCall;
import dev.slipstream.engine.admit.EndpointGuard;
import dev.slipstream.engine.admit.Permit;
import dev.slipstream.engine.http.CacheStatus;
import dev.slipstream.engine.http.Decision;
import dev.slipstream.engine.http.Doorkeeper;
import dev.slipstream.engine.http.Fill;
import dev.slipstream.engine.http.Forward;
import dev.slipstream.engine.http.Observed;
import dev.slipstream.engine.profile.Outcome;
import jakarta.annotation.Priority;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Configuration;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The last of the request filters: names the endpoint, and decides whether the cache answers. The
 * application's own filters have let the request pass.
 */
@Priority(JaxRsRegistrar.NEXT_TO_THE_RESOURCE)
public final class CachingFilter implements ContainerRequestFilter {
  private static final int GATEWAY_TIMEOUT = 504;
  private static final String WITHIN_SERVLET = "jax-rs";

  private final LateEngine late;
  private final boolean caching;
  private final boolean servlets;
  private final Guards guards = new Guards();
  private final EndpointTemplate template = new EndpointTemplate();
  private final AnnotatedMethods annotated = new AnnotatedMethods();
  private final UnseenEnds unseenEnds = new UnseenEnds();

  /** What the application has registered: the implementation puts it here, or a proxy. */
  @Context private @Nullable Configuration configuration;

  /** The method that was matched: the implementation puts a proxy here. */
  @Context private @Nullable ResourceInfo resource;

  /**
   * Makes the filter of one application.
   *
   * @param caching whether the cache may answer here; else the endpoint is named, and that is all
   * @param servlets whether requests come through servlets alone
   */
  CachingFilter(LateEngine late, boolean caching, boolean servlets) {
    this.late = late;
    this.caching = caching;
    this.servlets = servlets;
  }

  @Override
  public void filter(ContainerRequestContext request) throws IOException {
    Engine engine = late.get();
    if (engine == null) {
      return;
    }
    Response answer = null;
    try {
      answer = enter(engine, request);
    } catch (IOException e) {
      throw e; // the client's: the application would have met the same
    } catch (Throwable t) {
      engine.errors().record("the way into a resource", t);
      request.removeProperty(ResourceExchange.PROPERTY);
    }
    if (answer != null) {
      request.abortWith(answer);
    }
  }

  /** Returns the cache's answer, or null where the application answers. */
  private @Nullable Response enter(Engine engine, ContainerRequestContext request)
      throws IOException {
    String path = request.getUriInfo().getRequestUri().getRawPath();
    String name = template.of(request, resource);
    if (path != null) {
      engine.httpCache().isResource(path);
      if (name != null) {
        engine.httpCache().endpointNames().learn(path, name);
      }
    }
    long start = System.nanoTime();
    ServletCall servlet = ServletCall.current();
    if (servlet != null) {
      return enterWithin(servlet, engine, request, path, start);
    }
    if (!caching || servlets || InServlet.is(request)) {
      return null;
    }
    ResourceRequestView view = BodyOfKey.read(engine, request, ResourceRequestView.of(request));
    return carryOut(engine, request, view, engine.httpCache().decideAlone(view), true, start);
  }

  /** A servlet's exchange is the one, unless filters stand before the resource. */
  private @Nullable Response enterWithin(
      ServletCall servlet,
      Engine engine,
      ContainerRequestContext request,
      @Nullable String path,
      long start)
      throws IOException {
    servlet.negotiates();
    CacheRule own = annotated.of(resource);
    if (own != null) {
      servlet.isRuledBy(own);
    }
    if (Identity.isKnown(request)) {
      servlet.identifies();
    }
    if (path == null || !caching || !guards.arePresentIn(configuration)) {
      return null;
    }
    engine.httpCache().isGuarded(path);
    boolean told = servlet.isTold();
    if (!servlet.givesWay()) {
      return null;
    }
    ResourceRequestView view =
        BodyOfKey.read(engine, request, ResourceRequestView.of(request, WITHIN_SERVLET));
    Decision decision =
        told
            ? engine.httpCache().decideTentatively(view) // the servlet's was counted
            : engine.httpCache().decideAlone(view);
    return carryOut(engine, request, view, decision, !told, start);
  }

  private @Nullable Response carryOut(
      Engine engine,
      ContainerRequestContext request,
      ResourceRequestView view,
      Decision decided,
      boolean told,
      long start) {
    Decision decision = decided;
    Doorkeeper doorkeeper = engine.httpCache().doorkeeper();
    if (decision instanceof Decision.Serve serve && doorkeeper.isEmergency()) {
      decision = serve.withoutRefresh();
    } else if (decision instanceof Decision.Serve serve && serve.refresh() != null) {
      // Nothing here can run the resource once more behind the client: the client waits.
      engine.httpCache().counters().fetchedAfterAll();
      decision = serve.refresh();
    }
    if (decision instanceof Decision.Serve serve) {
      return serve(engine, request, view, serve, start);
    }
    if (decision instanceof Decision.Unavailable unavailable) {
      long nanos = System.nanoTime() - start;
      engine.httpCache().counters().took(nanos);
      engine
          .endpoints()
          .at(view.method(), view.path())
          .record(Outcome.UNAVAILABLE, GATEWAY_TIMEOUT, nanos, 0);
      return Response.status(GATEWAY_TIMEOUT)
          .header(CacheStatus.FIELD, unavailable.cacheStatus())
          .build();
    }
    Permit permit = Permit.FREE;
    if (decision != null) {
      EndpointGuard guard = doorkeeper.guard(decision, view);
      Doorkeeper.Answer answer = doorkeeper.ask(decision, view, guard, start);
      if (answer instanceof Doorkeeper.Stale stale) {
        return serve(engine, request, view, stale.serve(), start);
      }
      if (answer instanceof Doorkeeper.Refuse refuse) {
        return refuse(engine, view, refuse, start);
      }
      permit = engine.admission().permit(guard, start);
    }
    try {
      goOn(engine, request, view, decision, permit, told, start);
      return null;
    } catch (Throwable t) {
      permit.release();
      throw t;
    }
  }

  private static Response serve(
      Engine engine,
      ContainerRequestContext request,
      ResourceRequestView view,
      Decision.Serve serve,
      long start) {
    HitExchange hit = new HitExchange(engine, view, serve, start);
    Response answer = hit.response();
    request.setProperty(ResourceExchange.PROPERTY, hit);
    return answer;
  }

  /** 503: the application is not asked. */
  private static Response refuse(
      Engine engine, ResourceRequestView view, Doorkeeper.Refuse refuse, long start) {
    long nanos = System.nanoTime() - start;
    engine.httpCache().counters().took(nanos);
    engine
        .endpoints()
        .at(view.method(), view.path())
        .record(Outcome.REFUSED, Doorkeeper.Refuse.STATUS, nanos, -1);
    return Response.status(Doorkeeper.Refuse.STATUS)
        .header("Retry-After", refuse.retryAfter())
        .header("Cache-Control", "no-store")
        .header(CacheStatus.FIELD, refuse.cacheStatus())
        .header("Content-Type", Doorkeeper.Refuse.CONTENT_TYPE)
        .entity(refuse.body())
        .build();
  }

  private void goOn(
      Engine engine,
      ContainerRequestContext request,
      ResourceRequestView view,
      @Nullable Decision decision,
      Permit permit,
      boolean told,
      long start) {
    Decision.Fetch fetch = decision instanceof Decision.Fetch fetched ? fetched : null;
    Fill fill = fill(engine, decision);
    CacheRule own = fill == null ? null : annotated.of(resource);
    if (fill != null && own != null) {
      fill.ruledBy(own);
    }
    FetchExchange exchange =
        new FetchExchange(
            engine,
            view,
            why(decision),
            fetch,
            fill,
            told,
            unseenEnds.watch(permit, resource),
            start);
    request.setProperty(ResourceExchange.PROPERTY, exchange);
    exchange.putConditions(request.getHeaders());
  }

  private static Forward why(@Nullable Decision decision) {
    if (decision instanceof Decision.Fetch fetch) {
      return fetch.why();
    }
    return decision instanceof Decision.Bypass bypass ? bypass.why() : Forward.OBSERVED;
  }

  private static @Nullable Fill fill(Engine engine, @Nullable Decision decision) {
    if (decision instanceof Decision.Observe observe) {
      Observed observed = observe.observed();
      return observed == null ? null : engine.httpCache().fill(observed);
    }
    return decision instanceof Decision.Fetch fetch && fetch.store()
        ? engine.httpCache().fill(fetch)
        : null;
  }
}
