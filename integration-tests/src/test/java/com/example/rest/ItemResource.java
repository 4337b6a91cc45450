package com.example.rest;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.NewCookie;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;

/** Answers in every way that resources do; {@code X-Run} tells one run from the next. */
@Path("items")
public final class ItemResource {
  private static final AtomicInteger RUNS = new AtomicInteger();
  private static final int LINES = 5_000;

  static Response fresh(Object entity) {
    return answer(entity).header("Cache-Control", "max-age=60").build();
  }

  private static Response failing(RuntimeException failure) {
    if (RUNS.get() >= 0) {
      throw failure;
    }
    return fresh("never");
  }

  private static Response.ResponseBuilder answer(Object entity) {
    return Response.ok(entity).header("X-Run", RUNS.incrementAndGet());
  }

  @GET
  @Path("plain/{id}")
  @Produces("text/plain")
  public Response plain(@PathParam("id") String id) {
    return fresh("item " + id);
  }

  @PUT
  @Path("plain/{id}")
  @Consumes("text/plain")
  public Response put(@PathParam("id") String id, String content) {
    return Response.noContent().build();
  }

  @GET
  @Path("negotiated/{id}")
  @Produces("text/plain")
  public Response asText(@PathParam("id") String id) {
    return fresh("item " + id);
  }

  @GET
  @Path("negotiated/{id}")
  @Produces("application/json")
  public Response asJson(@PathParam("id") String id) {
    return fresh("{\"item\":\"" + id + "\"}");
  }

  @GET
  @Path("language/{id}")
  @Produces("text/plain")
  public Response inLanguage(@PathParam("id") String id, @Context HttpHeaders headers) {
    return fresh(id + " in " + headers.getHeaderString("Accept-Language"));
  }

  @GET
  @Path("suspended/{id}")
  @Produces("text/plain")
  public void suspended(@PathParam("id") String id, @Suspended AsyncResponse response) {
    CompletableFuture<Void> unused =
        CompletableFuture.runAsync(() -> response.resume(fresh("item " + id)));
  }

  @GET
  @Path("stage/{id}")
  @Produces("text/plain")
  public CompletionStage<Response> stage(@PathParam("id") String id) {
    return CompletableFuture.supplyAsync(() -> fresh("item " + id));
  }

  @GET
  @Path("streaming/{id}")
  @Produces("text/plain")
  public Response streaming(@PathParam("id") String id) {
    StreamingOutput lines =
        out -> {
          for (int i = 0; i < LINES; i++) {
            out.write(("line " + i + " of " + id + "\n").getBytes(StandardCharsets.UTF_8));
          }
        };
    return fresh(lines);
  }

  @GET
  @Path("events/{id}")
  @Produces("text/event-stream")
  public void events(@PathParam("id") String id, @Context SseEventSink sink, @Context Sse sse) {
    CompletableFuture<Void> unused =
        CompletableFuture.runAsync(
            () -> {
              sink.send(sse.newEvent("first of " + id));
              sink.send(sse.newEvent("second of " + id));
              sink.close();
            });
  }

  @GET
  @Path("mapped/{id}")
  @Produces("text/plain")
  public Response mapped(@PathParam("id") String id) {
    return failing(new Trouble("no item " + id));
  }

  @GET
  @Path("unmapped/{id}")
  @Produces("text/plain")
  public Response unmapped(@PathParam("id") String id) {
    return failing(new IllegalStateException("no item " + id));
  }

  @GET
  @Path("authorised/{id}")
  @Produces("text/plain")
  public Response authorised(
      @PathParam("id") String id, @HeaderParam("Authorization") String authorization) {
    return fresh(id + " for " + authorization);
  }

  @GET
  @Path("named/{id}")
  @Produces("text/plain")
  @Identified
  public Response named(@PathParam("id") String id, @Context SecurityContext security) {
    Principal principal = security.getUserPrincipal();
    return fresh(id + " for " + (principal == null ? "nobody" : principal.getName()));
  }

  @GET
  @Path("guarded/{id}")
  @Produces("text/plain")
  @Guarded
  public Response guarded(@PathParam("id") String id) {
    return fresh("item " + id);
  }

  @GET
  @Path("filtered/{id}")
  @Produces("text/plain")
  @Filtered
  public Response filtered(@PathParam("id") String id) {
    return answer("item " + id).header("Vary", "X-Own").header("X-Own", "own").build();
  }

  @GET
  @Path("compressed/{id}")
  @Produces("text/plain")
  @Compressed
  public Response compressed(@PathParam("id") String id) {
    return fresh("item " + id + " " + "again ".repeat(100));
  }

  @GET
  @Path("cookie/{id}")
  @Produces("text/plain")
  public Response cookie(@PathParam("id") String id) {
    return answer("item " + id)
        .header("Cache-Control", "max-age=60")
        .cookie(new NewCookie("session", id))
        .build();
  }

  @GET
  @Path("unstored/{id}")
  @Produces("text/plain")
  public Response unstored(@PathParam("id") String id) {
    return answer("item " + id).header("Cache-Control", "no-store").build();
  }

  @GET
  @Path("empty/{id}")
  public Response empty(@PathParam("id") String id) {
    return Response.noContent()
        .header("X-Run", RUNS.incrementAndGet())
        .header("Cache-Control", "max-age=60")
        .build();
  }

  @GET
  @Path("moved/{id}")
  public Response moved(@PathParam("id") String id) {
    return Response.status(301)
        .header("X-Run", RUNS.incrementAndGet())
        .header("Location", "http://elsewhere.example/" + id)
        .header("Cache-Control", "max-age=60")
        .build();
  }

  @GET
  @Path("tagged/{id}")
  @Produces("text/plain")
  public Response tagged(@PathParam("id") String id) {
    return answer("item " + id)
        .header("Cache-Control", "max-age=60")
        .header("Surrogate-Key", "items item-" + id)
        .build();
  }

  @GET
  @Path("validated/{id}")
  @Produces("text/plain")
  public Response validated(@PathParam("id") String id, @Context Request request) {
    EntityTag tag = new EntityTag("of-" + id);
    Response.ResponseBuilder unchanged = request.evaluatePreconditions(tag);
    Response.ResponseBuilder answer = unchanged == null ? answer("item " + id) : unchanged;
    return answer.tag(tag).header("Cache-Control", "max-age=0").build();
  }

  @GET
  @Path("tagged-fresh/{id}")
  @Produces("text/plain")
  public Response taggedFresh(@PathParam("id") String id) {
    return answer("item " + id)
        .tag(new EntityTag("of-" + id))
        .header("Cache-Control", "max-age=60")
        .build();
  }

  @POST
  @Path("search")
  @Consumes("text/plain")
  @Produces("text/plain")
  public Response search(String question) {
    return fresh("found " + question);
  }

  @Path("sub/{id}/parts")
  public PartResource sub() {
    return new PartResource();
  }
}
