package com.example.rest;

import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.Response;

/** Turns away who has no pass. */
@Guarded
@Priority(Priorities.AUTHENTICATION)
public final class GuardFilter implements ContainerRequestFilter {
  @Override
  public void filter(ContainerRequestContext request) {
    if (!"letmein".equals(request.getHeaderString("X-Pass"))) {
      request.abortWith(Response.status(401).entity("no pass").type("text/plain").build());
    }
  }
}
