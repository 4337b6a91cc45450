package dev.slipstream.engine.management.remote;

import java.util.Arrays;
import java.util.Objects;
import java.util.Set;

/**
 * Whether nothing but RMI keeps the JVM alive. What is exported does, by a thread of RMI that is no
 * daemon ({@code RMI Reaper}); the application's end must not wait for our connector.
 */
final class LastThread {
  private static final Set<String> NOT_THE_APPLICATIONS = Set.of("RMI Reaper", "DestroyJavaVM");

  private LastThread() {}

  static boolean isRmis() {
    ThreadGroup root = Objects.requireNonNull(Thread.currentThread().getThreadGroup());
    for (ThreadGroup parent = root.getParent(); parent != null; parent = root.getParent()) {
      root = parent;
    }
    Thread[] threads = new Thread[root.activeCount() * 2 + 16];
    int count = root.enumerate(threads, true);
    return Arrays.stream(threads, 0, count).allMatch(LastThread::doesNotCount);
  }

  private static boolean doesNotCount(Thread thread) {
    return thread.isDaemon() || NOT_THE_APPLICATIONS.contains(thread.getName());
  }
}
