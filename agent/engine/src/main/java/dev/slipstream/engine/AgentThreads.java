package dev.slipstream.engine;

import java.security.AccessController;
import java.security.PrivilegedAction;

/**
 * Makes the agent's threads: daemons that keep neither the JVM nor a web application alive.
 *
 * <p>A thread inherits its maker's context class loader, inheritable thread-locals and
 * access-control context, and each of these may belong to a web application. Ours inherit none of
 * them.
 */
public final class AgentThreads {
  private AgentThreads() {}

  /** Makes a thread that is not started yet. */
  @SuppressWarnings("removal")
  @SuppressForbidden("up to JDK 23 this is what keeps the maker's access-control context out")
  public static Thread make(String name, Runnable task) {
    return AccessController.doPrivileged(
        (PrivilegedAction<Thread>)
            () -> {
              Thread thread = new Thread(null, task, "slipstream-" + name, 0, false);
              thread.setDaemon(true);
              thread.setContextClassLoader(null);
              return thread;
            });
  }
}
