package dev.slipstream.jaxrs;

import dev.slipstream.engine.Engine;
import dev.slipstream.engine.LateEngine;
import jakarta.annotation.Priority;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;

/** The first of the response filters: sees the answer as the resource has made it. */
@Priority(JaxRsRegistrar.NEXT_TO_THE_RESOURCE)
public final class ResourceAnswerFilter implements ContainerResponseFilter {
  private final LateEngine late;

  ResourceAnswerFilter(LateEngine late) {
    this.late = late;
  }

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    if (request.getProperty(ResourceExchange.PROPERTY) instanceof ResourceExchange exchange) {
      try {
        exchange.answered(response);
      } catch (Throwable t) {
        Engine engine = late.get();
        if (engine != null) {
          engine.errors().record("a resource's answer", t);
        }
      }
    }
  }
}
