package dev.slipstream.it.attack;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Threads that do not outlive the tests. */
final class Daemons {
  private static final ExecutorService THREADS =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "attack");
            thread.setDaemon(true);
            return thread;
          });

  private Daemons() {}

  static void start(Runnable task) {
    THREADS.execute(task);
  }

  static <T> Future<T> call(Callable<T> task) {
    return THREADS.submit(task);
  }
}
