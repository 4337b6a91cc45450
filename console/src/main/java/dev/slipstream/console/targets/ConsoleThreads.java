package dev.slipstream.console.targets;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** Makes the console's own threads: named daemons. */
public final class ConsoleThreads {
  private ConsoleThreads() {}

  /** Threads called {@code console-NAME-1} and so on. */
  public static ThreadFactory named(String name) {
    AtomicInteger made = new AtomicInteger();
    return task -> {
      Thread thread = new Thread(null, task, "console-" + name + "-" + made.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }
}
