package dev.slipstream.engine.app;

import dev.slipstream.engine.AgentThreads;
import dev.slipstream.engine.ErrorBreaker;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The agent's threads for what a caller of an application cache does not wait for: {@value
 * #MOST_THREADS} at most, which end when there is nothing to do, and a bounded number of tasks that
 * wait for them.
 */
final class Background implements AutoCloseable {
  private static final int MOST_THREADS = 4;
  private static final int IDLE_SECONDS = 10;

  private final ErrorBreaker errors;
  private final ThreadPoolExecutor threads;

  /**
   * Makes what has nothing to do.
   *
   * @param name what its threads are called after
   * @param mostTasks how many tasks may wait
   */
  Background(String name, int mostTasks, ErrorBreaker errors) {
    this.errors = errors;
    this.threads =
        new ThreadPoolExecutor(
            MOST_THREADS,
            MOST_THREADS,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(mostTasks),
            task -> AgentThreads.make(name, task));
    threads.allowCoreThreadTimeOut(true);
  }

  /**
   * Has something done, or says at once that it is not.
   *
   * @param otherwise runs instead where it fails, where there is too much to do (then on the
   *     caller's thread), and at the end: it waits for nothing
   */
  void run(String what, Runnable task, Runnable otherwise) {
    Task both = new Task(what, task, otherwise);
    try {
      threads.execute(both);
    } catch (RejectedExecutionException e) {
      otherwise.run();
    }
  }

  private final class Task implements Runnable {
    private final String what;
    private final Runnable task;
    private final Runnable otherwise;

    Task(String what, Runnable task, Runnable otherwise) {
      this.what = what;
      this.task = task;
      this.otherwise = otherwise;
    }

    @Override
    public void run() {
      try {
        task.run();
      } catch (Throwable t) {
        errors.record(what, t);
        otherwise.run();
      }
    }
  }

  /** Ends the threads; nobody waits for what was not done yet. */
  @Override
  public void close() {
    for (Runnable left : threads.shutdownNow()) {
      ((Task) left).otherwise.run();
    }
  }
}
