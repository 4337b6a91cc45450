package com.example.rest;

import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;

/** Answers trouble. */
public final class TroubleMapper implements ExceptionMapper<Trouble> {
  @Override
  public Response toResponse(Trouble trouble) {
    return Response.status(404)
        .entity(trouble.getMessage())
        .type("text/plain")
        .header("Cache-Control", "max-age=60")
        .build();
  }
}
