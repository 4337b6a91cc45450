package dev.slipstream.jaxrs;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.ext.WriterInterceptorContext;
import java.io.IOException;

/**
 * One request that was matched with a resource. It stays with the request, whatever thread the
 * answer comes on.
 */
interface ResourceExchange {
  /** The request's property that holds it. */
  String PROPERTY = "dev.slipstream.exchange";

  /** There is an answer, and response filters are about to run. */
  void answered(ContainerResponseContext response);

  /** Response filters have run. */
  void filtered(ContainerRequestContext request, ContainerResponseContext response);

  /** The answer's entity, or a part of it, is written. */
  void write(WriterInterceptorContext context) throws IOException;
}
