package dev.slipstream.servlet;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Failures of an exchange that its client has brought about, by going away. */
final class ClientAbort {
  private static final int DEEPEST = 8;

  /** What containers and frameworks throw then; a broken pipe alone may be a backend's. */
  private static final Set<String> NAMES =
      Set.of(
          "org.apache.catalina.connector.ClientAbortException",
          "org.eclipse.jetty.io.EofException",
          "org.springframework.web.context.request.async.AsyncRequestNotUsableException");

  private ClientAbort() {}

  static boolean isCauseOf(@Nullable Throwable thrown) {
    Throwable cause = thrown;
    for (int i = 0; i < DEEPEST && cause != null; i++) {
      if (NAMES.contains(cause.getClass().getName())) {
        return true;
      }
      cause = cause.getCause();
    }
    return false;
  }
}
