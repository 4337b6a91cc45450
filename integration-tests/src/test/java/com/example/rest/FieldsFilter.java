package com.example.rest;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import java.util.concurrent.atomic.AtomicInteger;

/** Sets fields for CORS and for caching, and one that no two answers have in common. */
@Filtered
public final class FieldsFilter implements ContainerResponseFilter {
  private static final AtomicInteger ANSWERS = new AtomicInteger();

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    response.getHeaders().add("Access-Control-Allow-Origin", "*");
    response.getHeaders().add("Vary", "X-Tenant");
    response.getHeaders().add("Cache-Control", "max-age=60");
    response.getHeaders().putSingle("X-Answer", ANSWERS.incrementAndGet());
  }
}
