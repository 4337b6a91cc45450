package dev.slipstream.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ServletException;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class ClientFaultTest {
  /** As Spring Security's. */
  private static class AuthenticationException extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  private static final class BadCredentialsException extends AuthenticationException {
    private static final long serialVersionUID = 1;
  }

  @Test
  void isCauseOf_whatAFrameworkRefusesARequestWith() {
    assertThat(ClientFault.isCauseOf(new AuthenticationException())).isTrue();
    assertThat(ClientFault.isCauseOf(new BadCredentialsException())).isTrue();
    assertThat(ClientFault.isCauseOf(new ServletException(new BadCredentialsException()))).isTrue();
  }

  @Test
  void isCauseOf_whatTheApplicationFailsWith_isNot() {
    assertThat(ClientFault.isCauseOf(null)).isFalse();
    assertThat(ClientFault.isCauseOf(new IOException("the backend fails"))).isFalse();
    assertThat(ClientFault.isCauseOf(new java.nio.file.AccessDeniedException("/data"))).isFalse();
    assertThat(ClientFault.isCauseOf(new ServletException(new IllegalStateException()))).isFalse();
  }
}
