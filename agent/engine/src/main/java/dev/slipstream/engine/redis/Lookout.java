package dev.slipstream.engine.redis;

import dev.slipstream.engine.AgentThreads;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** A thread that looks where the servers are: at intervals, and soon after it is asked to. */
final class Lookout implements Runnable {
  /** Between two looks, however often it is asked. */
  private static final Duration SHORTEST_PAUSE = Duration.ofMillis(50);

  private final Runnable look;
  private final Supplier<Duration> interval;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Thread thread;
  private volatile boolean wanted;
  private volatile boolean closed;
  private long begun;
  private long ended;

  /**
   * Makes one that is not started yet.
   *
   * @param look does it; may wait and throw
   * @param interval how long to wait after a look that nobody follows with a wish
   */
  Lookout(Runnable look, Supplier<Duration> interval) {
    this.look = look;
    this.interval = interval;
    this.thread = AgentThreads.make("redis-topology", this);
  }

  void start() {
    thread.start();
  }

  /** Has it look soon. Costs next to nothing. */
  void refresh() {
    if (!wanted) {
      wanted = true;
      signal();
    }
  }

  private void signal() {
    lock.lock();
    try {
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Waits for a look that begins after this call to end, for as long as that may take at most. */
  void refreshNow(Duration longest) {
    lock.lock();
    try {
      long awaited = begun + 1;
      wanted = true;
      changed.signalAll();
      long left = longest.toNanos();
      while (ended < awaited && left > 0 && !closed) {
        left = changed.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void run() {
    try {
      while (!closed) {
        turn();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the tier is closed
    }
  }

  private void turn() throws InterruptedException {
    count(true);
    looked();
    count(false);
    await(SHORTEST_PAUSE, false);
    await(interval.get(), true);
  }

  private void looked() {
    try {
      look.run();
    } catch (RuntimeException | LinkageError e) {
      return; // who does not answer is asked again after the interval
    }
  }

  private void await(Duration longest, boolean wakeable) throws InterruptedException {
    long left = longest.toNanos();
    lock.lock();
    try {
      while (left > 0 && !(wakeable && wanted) && !closed) {
        left = changed.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  private void count(boolean begins) {
    lock.lock();
    try {
      if (begins) {
        wanted = false;
        begun++;
      } else {
        ended = begun;
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  void close() {
    closed = true;
    thread.interrupt();
    signal();
  }
}
