package com.example.gateway;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;

/** Gives the errors of JAX-RS the same form as every other error of the gateway. */
public final class ProblemMapper implements ExceptionMapper<WebApplicationException> {

  @Override
  public Response toResponse(WebApplicationException exception) {
    var status = exception.getResponse().getStatusInfo();
    var problem =
        new Problem(status.getStatusCode(), status.getReasonPhrase(), "See /docs for the routes.");
    return Response.fromResponse(exception.getResponse())
        .type(Problem.MEDIA_TYPE)
        .entity(problem.json())
        .build();
  }
}
