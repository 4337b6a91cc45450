package dev.slipstream.engine.redis;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The connections of the request path that nobody uses now, the last one used first.
 *
 * <p>Only {@link Keeper} puts new ones in and closes those that are of no more use: a request
 * neither opens nor closes a socket. Thread-safe.
 */
final class IdleConnections {
  private final int greatestCount;
  private final LinkedBlockingDeque<RedisConnection> idle = new LinkedBlockingDeque<>();
  private final ConcurrentLinkedQueue<RedisConnection> useless = new ConcurrentLinkedQueue<>();
  private final AtomicInteger open = new AtomicInteger();
  private volatile int wanted;
  private volatile boolean closed;

  IdleConnections(int greatestCount, int wanted) {
    this.greatestCount = greatestCount;
    this.wanted = Math.min(greatestCount, wanted);
  }

  /**
   * A connection, or null where none is free. Where all are in use it waits for up to half of what
   * is left until the deadline: the other half is for the answer.
   */
  @Nullable RedisConnection borrow(Deadline deadline) {
    RedisConnection free = idle.pollFirst();
    if (free != null || open.get() == 0) {
      return free;
    }
    wanted = Math.min(greatestCount, open.get() + 1);
    try {
      return idle.pollFirst(deadline.remainingNanos() / 2, TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    }
  }

  /** The connection that was not used for longest, or null where none is free. */
  @Nullable RedisConnection borrowOldest() {
    return idle.pollLast();
  }

  void giveBack(RedisConnection connection) {
    if (!connection.isUsable()) {
      discard(connection);
      return;
    }
    idle.addFirst(connection);
    if (closed) {
      closeAll();
    }
  }

  /** Gives a connection back to be closed. */
  void discard(RedisConnection connection) {
    useless.add(connection);
    if (closed) {
      closeUseless();
    }
  }

  /** Adds a connection just opened. */
  void add(RedisConnection connection) {
    open.incrementAndGet();
    idle.addFirst(connection);
  }

  /** Whether more connections should be open than are. */
  boolean isShort() {
    return open.get() < wanted;
  }

  /** Wants no more connections than are open, until a borrower finds none free. */
  void settle() {
    wanted = open.get();
  }

  /** Connections that nobody uses now. */
  int idle() {
    return idle.size();
  }

  /** Connections open, in use or not. */
  int open() {
    return open.get();
  }

  /** Closes what was given back to be closed. */
  void closeUseless() {
    for (RedisConnection next = useless.poll(); next != null; next = useless.poll()) {
      open.decrementAndGet();
      next.close();
    }
  }

  /** Closes all that are idle. */
  void closeAll() {
    for (RedisConnection next = idle.pollLast(); next != null; next = idle.pollLast()) {
      useless.add(next);
    }
    closeUseless();
  }

  /** Closes all, those in use once they are given back. */
  void close() {
    closed = true;
    closeAll();
  }
}
