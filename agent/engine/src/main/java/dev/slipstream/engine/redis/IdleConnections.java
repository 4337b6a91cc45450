package dev.slipstream.engine.redis;

import java.util.ArrayDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The connections of the request path that nobody uses now, the last one used first.
 *
 * <p>Only {@link Keeper} puts new ones in and closes those that are of no more use: a request
 * neither opens nor closes a socket. Thread-safe.
 */
final class IdleConnections {
  private final int greatestCount;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition added = lock.newCondition();
  private final ArrayDeque<RedisConnection> idle = new ArrayDeque<>();
  private final ConcurrentLinkedQueue<RedisConnection> useless = new ConcurrentLinkedQueue<>();
  private final AtomicInteger open = new AtomicInteger();
  private int sentAway;
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
    RedisConnection free = poll(true);
    if (free != null || open.get() == 0) {
      return free;
    }
    wanted = Math.min(greatestCount, open.get() + 1);
    try {
      return await(deadline.remainingNanos() / 2);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    }
  }

  private @Nullable RedisConnection await(long nanos) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      int before = sentAway;
      long left = nanos;
      while (idle.isEmpty() && left > 0 && sentAway == before) {
        left = added.awaitNanos(left);
      }
      return idle.pollFirst();
    } finally {
      lock.unlock();
    }
  }

  private @Nullable RedisConnection poll(boolean newest) {
    lock.lock();
    try {
      return newest ? idle.pollFirst() : idle.pollLast();
    } finally {
      lock.unlock();
    }
  }

  private void push(RedisConnection connection) {
    lock.lock();
    try {
      idle.addFirst(connection);
      added.signal();
    } finally {
      lock.unlock();
    }
  }

  /** Sends those away who wait for a connection: the server is not used any more. */
  void sendWaitersAway() {
    lock.lock();
    try {
      sentAway++;
      added.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** The connection that was not used for longest, or null where none is free. */
  @Nullable RedisConnection borrowOldest() {
    return poll(false);
  }

  void giveBack(RedisConnection connection) {
    if (!connection.isUsable()) {
      discard(connection);
      return;
    }
    push(connection);
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
    push(connection);
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
    lock.lock();
    try {
      return idle.size();
    } finally {
      lock.unlock();
    }
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
    for (RedisConnection next = poll(false); next != null; next = poll(false)) {
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
