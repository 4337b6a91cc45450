package dev.slipstream.engine.redis;

import dev.slipstream.engine.AgentThreads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Tasks that run at the same time, each on a thread of its own where there can be one. */
final class AtOnce<T> {
  private final List<FutureTask<T>> tasks;
  private final CountDownLatch running;

  /** Starts the tasks, which end by themselves. */
  AtOnce(List<Callable<T>> work) {
    this(work, task -> AgentThreads.make("redis-invalidation", task));
  }

  AtOnce(List<Callable<T>> work, Function<Runnable, Thread> threads) {
    this.running = new CountDownLatch(work.size());
    this.tasks = work.stream().map(this::task).toList();
    List<FutureTask<T>> own = new ArrayList<>();
    for (FutureTask<T> task : tasks) {
      try {
        threads.apply(task).start();
      } catch (OutOfMemoryError e) { // the process has as many threads as it may have
        own.add(task);
      }
    }
    own.forEach(FutureTask::run);
  }

  private FutureTask<T> task(Callable<T> work) {
    return new FutureTask<>(work) {
      @Override
      protected void done() {
        running.countDown();
      }
    };
  }

  /** Waits for all, so long at most. */
  boolean areAllDoneIn(Duration longest) {
    try {
      return running.await(longest.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return running.getCount() == 0;
    }
  }

  /** Waits for all, also in a thread that is interrupted, since each ends in a bounded time. */
  List<T> results() {
    boolean interrupted = Thread.interrupted();
    try {
      while (running.getCount() > 0) {
        try {
          running.await();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
      return tasks.stream().map(AtOnce::result).toList();
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static <T> T result(FutureTask<T> task) {
    try {
      return task.get();
    } catch (InterruptedException e) {
      throw new IllegalStateException("it was done", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }
}
