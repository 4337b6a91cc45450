package dev.slipstream.engine.redis;

import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * A connection that is kept for work off the request path, opened when it is first used and anew
 * after a failure. One thread at a time, in the order in which they came.
 */
final class MaintenanceLink {
  private final Connector connector;
  private final Duration timeout;
  private final LongSupplier nanoTicker;
  private final ReentrantLock turn = new ReentrantLock(true);
  private volatile @Nullable RedisConnection connection;
  private volatile boolean busy;
  private volatile boolean closed;

  MaintenanceLink(Connector connector, Duration timeout, LongSupplier nanoTicker) {
    this.connector = connector;
    this.timeout = timeout;
    this.nanoTicker = nanoTicker;
  }

  /**
   * Does some work on the connection. Each exchange within it calls {@link #next} first and then
   * has the timeout to itself.
   */
  <T> T call(Function<MaintenanceLink, T> work) {
    turn.lock();
    busy = true;
    boolean inOrder = false;
    try {
      T result = work.apply(this);
      inOrder = true;
      return result;
    } catch (JedisDataException e) {
      inOrder = true;
      throw e;
    } finally {
      busy = false;
      RedisConnection used = connection;
      if (used != null && !(inOrder && used.isUsable())) {
        drop(used);
      }
      turn.unlock();
    }
  }

  /** The connection for one more exchange; within {@link #call} alone. */
  RedisConnection next() {
    if (closed) {
      throw new JedisConnectionException("the tier is closed");
    }
    RedisConnection current = connection;
    if (current == null || !current.isUsable()) {
      current = connector.open(Deadline.in(timeout, nanoTicker));
      connection = current;
      if (closed) {
        drop(current);
        throw new JedisConnectionException("the tier is closed");
      }
    }
    return current.by(Deadline.in(timeout, nanoTicker));
  }

  private void drop(RedisConnection used) {
    connection = null;
    used.close();
  }

  /** Closes the connection under a write that the server takes too long to accept. */
  void closeIfOverdue() {
    RedisConnection current = connection;
    if (busy && current != null && current.deadline().remainingNanos() < -timeout.toNanos()) {
      current.close();
    }
  }

  /** Closes the connection, also under a thread that uses it; the next exchange opens another. */
  void disconnect() {
    RedisConnection current = connection;
    if (current != null) {
      current.close();
    }
  }

  /** The same for good; does not wait for a thread that opens one. */
  void close() {
    closed = true;
    disconnect();
  }
}
