package com.example.cached;

import dev.slipstream.api.Cached;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Response;
import java.util.concurrent.atomic.AtomicInteger;

/** Resource methods with the annotation; each answer says which run it is of. */
@Path("results")
@Produces("text/plain")
public class CachedResource {
  private static final AtomicInteger RUNS = new AtomicInteger();

  private static String run() {
    return "run " + RUNS.incrementAndGet();
  }

  /** It returns an entity, and the response has no word about caching. */
  @GET
  @Path("annotated/{id}")
  @Cached(ttl = 600, tags = "results")
  public String annotated(@PathParam("id") String id) {
    return run();
  }

  @GET
  @Path("plain")
  public String plain() {
    return run();
  }

  @GET
  @Path("private")
  @Cached(ttl = 600)
  public Response ofOnesOwn() {
    return Response.ok(run()).header("Cache-Control", "private").build();
  }

  @GET
  @Path("short")
  @Cached(ttl = 600)
  public Response shorter() {
    return Response.ok(run()).header("Cache-Control", "max-age=30").build();
  }

  @GET
  @Path("missing")
  @Cached(ttl = 600)
  public Response missing() {
    return Response.status(404).entity(run()).build();
  }

  @GET
  @Path("who")
  @Cached(ttl = 600)
  public String who(@HeaderParam("Authorization") String authorization) {
    return run() + " for " + authorization;
  }
}
