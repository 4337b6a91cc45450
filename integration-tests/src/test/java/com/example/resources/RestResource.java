package com.example.resources;

import com.example.servers.Asked;
import com.example.servers.Page;
import com.example.servers.Pages;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.CacheControl;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The pages again, and what is JAX-RS's own: templates, streams, suspension, mapped exceptions. */
@Path("rest")
public class RestResource {
  private static final Pages PAGES = new Pages();
  private static final AtomicInteger RUNS = new AtomicInteger();
  private static final AtomicInteger PROBLEMS = new AtomicInteger();

  @GET
  @Path("pages/{name}")
  public Response page(@Context UriInfo uri, @Context HttpHeaders fields) throws IOException {
    return response(new AskedOfResource("GET", uri, fields, ""));
  }

  @POST
  @Path("pages/{name}")
  public Response posted(@Context UriInfo uri, @Context HttpHeaders fields, String content)
      throws IOException {
    return response(new AskedOfResource("POST", uri, fields, content));
  }

  @GET
  @Path("items/{id}")
  @Produces("application/json")
  public Response item(@PathParam("id") int id, @QueryParam("q") String q) {
    CacheControl minute = new CacheControl();
    minute.setMaxAge(60);
    String body = "{\"id\":" + id + ",\"q\":\"" + q + "\",\"run\":" + RUNS.incrementAndGet() + "}";
    return Response.ok(body).cacheControl(minute).tag("v" + id).build();
  }

  @GET
  @Path("streamed")
  @Produces("application/octet-stream")
  public Response streamed() {
    int run = RUNS.incrementAndGet();
    StreamingOutput content =
        out -> {
          for (int i = 0; i < 200_000; i++) {
            out.write(i);
          }
          out.write(run);
        };
    return Response.ok(content).header("Cache-Control", "max-age=60").build();
  }

  @GET
  @Path("suspended/{id}")
  @Produces("text/plain")
  public void suspended(@PathParam("id") int id, @Suspended AsyncResponse response) {
    int run = RUNS.incrementAndGet();
    CompletableFuture<Boolean> resumed =
        CompletableFuture.supplyAsync(
            () ->
                response.resume(
                    Response.ok("suspended " + id + " for the " + run + ". time")
                        .header("Cache-Control", "max-age=60")
                        .build()));
    resumed.exceptionally(failed -> response.resume(failed));
  }

  @GET
  @Path("mapped/{id}")
  public String mapped(@PathParam("id") int id) {
    throw new Problem("problem " + id + " for the " + PROBLEMS.incrementAndGet() + ". time");
  }

  private static Response response(Asked asked) throws IOException {
    Page page = PAGES.answer(asked);
    Response.ResponseBuilder builder = Response.status(page.status());
    page.fields().forEach(builder::header);
    if (page.body().length > 0) {
      builder.entity(page.body());
    }
    return builder.build();
  }

  private record AskedOfResource(String method, UriInfo uri, HttpHeaders fields, String text)
      implements Asked {
    @Override
    public byte[] content() {
      return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String path() {
      return uri.getRequestUri().getRawPath();
    }

    @Override
    public @Nullable String query() {
      return uri.getRequestUri().getRawQuery();
    }

    @Override
    public @Nullable String field(String name) {
      return fields.getHeaderString(name);
    }
  }
}
