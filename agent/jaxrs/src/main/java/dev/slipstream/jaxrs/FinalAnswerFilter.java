package dev.slipstream.jaxrs;

import dev.slipstream.engine.Engine;
import dev.slipstream.engine.LateEngine;
import jakarta.annotation.Priority;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;

/** The last of the response filters: sees the answer as it goes out. */
@Priority(JaxRsRegistrar.NEXT_TO_THE_CONTAINER)
public final class FinalAnswerFilter implements ContainerResponseFilter {
  private final LateEngine late;

  FinalAnswerFilter(LateEngine late) {
    this.late = late;
  }

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    if (request.getProperty(ResourceExchange.PROPERTY) instanceof ResourceExchange exchange) {
      try {
        exchange.filtered(request, response);
      } catch (Throwable t) {
        Engine engine = late.get();
        if (engine != null) {
          engine.errors().record("an answer on its way out", t);
        }
      }
    }
  }
}
