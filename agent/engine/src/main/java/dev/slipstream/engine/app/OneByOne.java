package dev.slipstream.engine.app;

import dev.slipstream.engine.AgentThreads;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * One thread of the agent's, which ends when there is nothing to do, for tasks of which one at a
 * time is given to it.
 */
final class OneByOne implements Executor, AutoCloseable {
  private static final int IDLE_SECONDS = 10;
  private static final int END_SECONDS = 2;

  private final ThreadPoolExecutor thread =
      new ThreadPoolExecutor(
          1,
          1,
          IDLE_SECONDS,
          TimeUnit.SECONDS,
          new LinkedBlockingQueue<>(),
          task -> AgentThreads.make("application-invalidation", task));

  OneByOne() {
    thread.allowCoreThreadTimeOut(true);
  }

  @Override
  public void execute(Runnable task) {
    try {
      thread.execute(task);
    } catch (RejectedExecutionException e) {
      task.run(); // it is closed: this is its own thread, which goes on to what has come meanwhile
    }
  }

  /** Waits for what was begun, for a bounded time. */
  @Override
  public void close() {
    thread.shutdown();
    try {
      if (!thread.awaitTermination(END_SECONDS, TimeUnit.SECONDS)) {
        thread.shutdownNow();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
