package com.example.rest;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Response;

/** A part of an item, which a locator of {@link ItemResource} returns. */
@Produces("text/plain")
public final class PartResource {
  @GET
  @Path("{part}")
  public Response part(@PathParam("id") String id, @PathParam("part") String part) {
    return ItemResource.fresh("part " + part + " of " + id);
  }
}
