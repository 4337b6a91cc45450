package dev.slipstream.jaxrs;

import dev.slipstream.engine.Engine;
import dev.slipstream.engine.LateEngine;
import dev.slipstream.engine.ServletCall;
import dev.slipstream.engine.http.Purge;
import jakarta.annotation.Priority;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

/** The last filter before a resource is matched: none has the method PURGE. */
@PreMatching
@Priority(JaxRsRegistrar.NEXT_TO_THE_RESOURCE)
public final class PurgeFilter implements ContainerRequestFilter {
  private final LateEngine late;

  PurgeFilter(LateEngine late) {
    this.late = late;
  }

  @Override
  public void filter(ContainerRequestContext request) {
    if (!"PURGE".equals(request.getMethod())) {
      return;
    }
    Engine engine = late.get();
    Response answer = null;
    if (engine != null) {
      try {
        answer = answer(engine, request);
      } catch (Throwable t) {
        engine.errors().record("purging", t);
      }
    }
    if (answer != null) {
      request.abortWith(answer);
    }
  }

  private static @Nullable Response answer(Engine engine, ContainerRequestContext request) {
    Purge purge = new Purge(engine.httpCache(), engine.settings());
    if (!purge.isMeant(request.getMethod())
        || ServletCall.current() != null
        || InServlet.is(request)) {
      return null;
    }
    Purge.Answer answer = purge.answer(ResourceRequestView.of(request));
    Response.ResponseBuilder response = Response.status(answer.status());
    answer.fields().forEach(response::header);
    return response.build();
  }
}
