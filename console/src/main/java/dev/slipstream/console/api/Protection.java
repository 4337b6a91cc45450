package dev.slipstream.console.api;

import dev.slipstream.console.audit.AccessLog;
import dev.slipstream.console.audit.AuditLog;
import dev.slipstream.console.security.Guard;
import org.jspecify.annotations.Nullable;

/**
 * What stands between callers and routes, and what is written down of them.
 *
 * @param accessLog {@code null} for none
 */
public record Protection(Guard guard, AuditLog audit, @Nullable AccessLog accessLog)
    implements AutoCloseable {

  /** Closes the logs. */
  @Override
  public void close() {
    audit.close();
    if (accessLog != null) {
      accessLog.close();
    }
  }
}
