package dev.slipstream.engine.management;

import dev.slipstream.engine.AgentLog;
import dev.slipstream.engine.AgentThreads;
import java.util.ArrayDeque;
import java.util.IdentityHashMap;
import java.util.Queue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Runs what belongs to somebody else, on {@value #MOST_THREADS} threads of ours: the tasks of one
 * owner in order and one at a time. Thread-safe.
 *
 * <p>An owner that takes for ever holds one thread, and loses what is over {@value #MOST_WAITING}
 * tasks; the others go on, unless there are {@value #MOST_THREADS} such owners.
 */
final class Lanes implements AutoCloseable {
  static final int MOST_THREADS = 4;
  static final int MOST_WAITING = 256;
  private static final int MOST_LOGGED = 5;
  private static final int IDLE_SECONDS = 5;

  private final IdentityHashMap<Object, Queue<Runnable>> waiting = new IdentityHashMap<>();
  private final ThreadPoolExecutor threads;
  private final AgentLog log;
  private long dropped;
  private int failures;

  Lanes(AgentLog log) {
    this.log = log;
    this.threads =
        new ThreadPoolExecutor(
            MOST_THREADS,
            MOST_THREADS,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(), // one for each owner that has tasks
            task -> AgentThreads.make("notifications", task),
            new ThreadPoolExecutor.DiscardPolicy()); // after the end
    threads.allowCoreThreadTimeOut(true);
  }

  /** Has a task run after those of the same owner; returns at once. */
  synchronized void run(Object owner, Runnable task) {
    Queue<Runnable> lane = waiting.get(owner);
    if (lane == null) {
      lane = new ArrayDeque<>();
      lane.add(task);
      waiting.put(owner, lane);
      threads.execute(() -> drain(owner));
    } else if (lane.size() < MOST_WAITING) {
      lane.add(task);
    } else {
      dropped++;
    }
  }

  private void drain(Object owner) {
    for (Runnable task = next(owner); task != null; task = next(owner)) {
      try {
        task.run();
      } catch (Throwable e) { // it is not ours, and the owner's next task is due
        failed(e);
      }
    }
  }

  private synchronized @Nullable Runnable next(Object owner) {
    Queue<Runnable> lane = waiting.get(owner);
    Runnable task = lane == null ? null : lane.poll();
    if (task == null) {
      waiting.remove(owner);
    }
    return task;
  }

  private void failed(Throwable e) {
    synchronized (this) {
      failures++;
      if (failures > MOST_LOGGED) {
        return;
      }
    }
    log.warn("a listener to the MXBeans' notifications has failed: " + e);
  }

  /** Tasks that were not run since their owner had too many. */
  synchronized long dropped() {
    return dropped;
  }

  /** Ends the threads, and interrupts what they run; what waits is not run. */
  @Override
  public void close() {
    threads.shutdownNow();
  }
}
