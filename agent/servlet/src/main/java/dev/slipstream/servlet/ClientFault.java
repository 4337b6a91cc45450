package dev.slipstream.servlet;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an application throws where the request is at fault, for a filter around it, or the
 * container, to answer with a status of 4xx. That status is not seen where the servlet is left, and
 * a client must not be able to make an endpoint look ill.
 */
final class ClientFault {
  private static final int DEEPEST = 8;

  /**
   * By the last part of the name, since frameworks have packages of their own for them; those of
   * the JDK, such as {@code java.nio.file.AccessDeniedException}, are no client's fault.
   */
  private static final Set<String> NAMES =
      Set.of(
          "AccessDeniedException",
          "AuthenticationException",
          "AuthenticationCredentialsNotFoundException",
          "AuthorizationException",
          "AuthorizationDeniedException",
          "BadRequestException",
          "ClientErrorException",
          "ForbiddenException",
          "InvalidParameterException",
          "MultipartException",
          "NotAuthorizedException",
          "NotFoundException",
          "RequestRejectedException",
          "RequestTooBigException",
          "SizeLimitExceededException",
          "UnauthorizedException");

  private ClientFault() {}

  /** Whether the failure, or what caused it, is of a kind that is the client's fault. */
  static boolean isCauseOf(@Nullable Throwable thrown) {
    Throwable cause = thrown;
    for (int i = 0; i < DEEPEST && cause != null; i++) {
      if (isOne(cause.getClass())) {
        return true;
      }
      cause = cause.getCause();
    }
    return false;
  }

  private static boolean isOne(Class<?> type) {
    for (Class<?> one = type; one != null; one = one.getSuperclass()) {
      String name = one.getName();
      if (name.startsWith("java.")) {
        return false;
      }
      if (NAMES.contains(
          name.substring(Math.max(name.lastIndexOf('.'), name.lastIndexOf('$')) + 1))) {
        return true;
      }
    }
    return false;
  }
}
