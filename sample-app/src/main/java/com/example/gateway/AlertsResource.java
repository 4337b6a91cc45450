package com.example.gateway;

import static java.util.stream.Collectors.joining;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Configuration;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Locale;
import java.util.stream.Stream;

/** What an operator should look at: services that failed to answer. */
@Path("alerts")
public final class AlertsResource {

  private final Traffic traffic;

  public AlertsResource(@Context Configuration configuration) {
    this.traffic = Traffic.of(configuration);
  }

  @GET
  @Produces(MediaType.APPLICATION_JSON)
  public Response alerts() {
    var alerts =
        Stream.of(Service.values())
            .filter(service -> traffic.errors(service.id()) > 0)
            .map(
                service ->
                    String.format(
                        Locale.ROOT,
                        "{\"severity\":\"warning\",\"service\":\"%s\",\"errors\":%d}",
                        service.id(),
                        traffic.errors(service.id())))
            .collect(joining(",", "{\"alerts\":[", "]}"));
    return Response.ok(alerts).header("Cache-Control", "no-store").build();
  }
}
