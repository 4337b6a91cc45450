package com.example.gateway;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.lang.management.ManagementFactory;

/** The gateway's own state, for a load balancer. */
@Path("health")
public final class HealthResource {

  @GET
  @Produces(MediaType.APPLICATION_JSON)
  public Response health() {
    long uptime = ManagementFactory.getRuntimeMXBean().getUptime();
    return Response.ok("{\"status\":\"UP\",\"uptimeMillis\":" + uptime + "}")
        .header("Cache-Control", "no-store")
        .build();
  }
}
