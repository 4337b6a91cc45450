package com.example.rest;

import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.SecurityContext;
import java.security.Principal;
import org.jspecify.annotations.Nullable;

/** Believes whoever says who they are. */
@Identified
@Priority(Priorities.AUTHENTICATION)
public final class IdentityFilter implements ContainerRequestFilter {
  @Override
  public void filter(ContainerRequestContext request) {
    String name = request.getHeaderString("X-Name");
    if (name != null) {
      request.setSecurityContext(new Named(name));
    }
  }

  private static final class Named implements SecurityContext {
    private final String name;

    Named(String name) {
      this.name = name;
    }

    @Override
    public Principal getUserPrincipal() {
      return () -> name;
    }

    @Override
    public boolean isUserInRole(String role) {
      return false;
    }

    @Override
    public boolean isSecure() {
      return false;
    }

    @Override
    public @Nullable String getAuthenticationScheme() {
      return null;
    }
  }
}
