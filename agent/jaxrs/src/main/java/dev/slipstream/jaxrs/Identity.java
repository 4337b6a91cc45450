package dev.slipstream.jaxrs;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.SecurityContext;

/** Who is asking, as the application knows it. */
final class Identity {
  private Identity() {}

  /** Whether the application knows who is asking. */
  static boolean isKnown(ContainerRequestContext request) {
    SecurityContext security = request.getSecurityContext();
    return security != null && security.getUserPrincipal() != null;
  }
}
