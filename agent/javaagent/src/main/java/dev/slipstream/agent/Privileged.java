package dev.slipstream.agent;

import dev.slipstream.engine.SuppressForbidden;
import java.security.AccessController;
import java.security.PrivilegedAction;
import org.jspecify.annotations.Nullable;

/**
 * Runs what is ours with our own permissions under a security manager, whatever the callers may do.
 *
 * <p>What we call of the application keeps to its own permissions, as it is called by us.
 */
final class Privileged {
  private Privileged() {}

  /** Whether there is a security manager. */
  @SuppressWarnings("removal")
  @SuppressForbidden("it is there until JDK 24, and gateways use it")
  static boolean matters() {
    return System.getSecurityManager() != null;
  }

  /** Runs it; where there is no security manager, without further ado. */
  @SuppressWarnings("removal")
  @SuppressForbidden("as above")
  static <T extends @Nullable Object> T run(PrivilegedAction<T> action) {
    return matters() ? AccessController.doPrivileged(action) : action.run();
  }
}
