package com.example.gateway;

import static java.util.stream.Collectors.joining;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Configuration;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Locale;
import java.util.stream.Stream;

/** The services behind the gateway and how much they are used. */
@Path("services")
public final class ServicesResource {

  private final Traffic traffic;

  public ServicesResource(@Context Configuration configuration) {
    this.traffic = Traffic.of(configuration);
  }

  @GET
  @Produces(MediaType.APPLICATION_JSON)
  public String list() {
    return Stream.of(Service.values())
        .map(Service::json)
        .collect(joining(",", "{\"services\":[", "]}"));
  }

  @GET
  @Path("stats")
  @Produces(MediaType.APPLICATION_JSON)
  public String stats() {
    return Stream.of(Service.values()).map(this::stats).collect(joining(",", "{", "}"));
  }

  private String stats(Service service) {
    return String.format(
        Locale.ROOT,
        "\"%s\":{\"requests\":%d,\"errors\":%d}",
        service.id(),
        traffic.requests(service.id()),
        traffic.errors(service.id()));
  }

  @GET
  @Path("{id}")
  @Produces(MediaType.APPLICATION_JSON)
  public Response json(@PathParam("id") String id) {
    return negotiated(find(id).json());
  }

  @GET
  @Path("{id}")
  @Produces(MediaType.TEXT_PLAIN + ";qs=0.5")
  public Response text(@PathParam("id") String id) {
    return negotiated(find(id).text());
  }

  private static Response negotiated(String body) {
    return Response.ok(body).header("Vary", "Accept").build();
  }

  private static Service find(String id) {
    return Stream.of(Service.values())
        .filter(service -> service.id().equals(id))
        .findFirst()
        .orElseThrow(NotFoundException::new);
  }
}
