package dev.slipstream.engine.redis;

import dev.slipstream.config.RedisUrl;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Look-ups by requests: one deadline over borrowing, writing and reading.
 *
 * <p>A request opens and closes no connection, resolves no name and loads no class here that a
 * probe of {@link Keeper} has not used before.
 */
final class RequestPath {
  private final Duration budget;
  private final LongSupplier nanoTicker;
  private final IdleConnections connections;
  private final Breaker breaker;
  private final EntryKeys keys;
  private final Counters counters;
  private final RedisUrl url;
  private final Runnable check;
  private final Runnable grow;

  RequestPath(
      Duration budget,
      LongSupplier nanoTicker,
      IdleConnections connections,
      Breaker breaker,
      EntryKeys keys,
      Counters counters,
      RedisUrl url,
      Runnable check,
      Runnable grow) {
    this.budget = budget;
    this.nanoTicker = nanoTicker;
    this.connections = connections;
    this.breaker = breaker;
    this.keys = keys;
    this.counters = counters;
    this.url = url;
    this.check = check;
    this.grow = grow;
  }

  /** The budget of a request that begins to look entries up. */
  Deadline deadline() {
    return Deadline.in(budget, nanoTicker);
  }

  byte @Nullable [] get(String key, Deadline deadline) {
    if (!breaker.isClosed()) {
      counters.skipped.increment();
      return null;
    }
    RedisConnection connection = connections.borrow(deadline);
    if (connection == null) {
      counters.skipped.increment();
      grow.run();
      return null;
    }
    long start = nanoTicker.getAsLong();
    boolean inOrder = false;
    try {
      byte[] value = look(connection, key, deadline);
      breaker.succeeded(nanoTicker.getAsLong() - start);
      inOrder = true;
      (value == null ? counters.misses : counters.hits).increment();
      return value;
    } catch (RuntimeException | LinkageError e) {
      breaker.failed(Reason.of(e, url));
      return null;
    } finally {
      if (inOrder) {
        connections.giveBack(connection);
      } else {
        counters.errors.increment();
        connections.discard(connection);
        check.run();
      }
    }
  }

  /**
   * Looks an entry up as a request does, for the breaker to decide by.
   *
   * @throws RuntimeException when there is no answer; the connection is of no more use
   */
  void probe(RedisConnection connection, String key) {
    long start = nanoTicker.getAsLong();
    look(connection, key, Deadline.in(budget, nanoTicker));
    breaker.probed(nanoTicker.getAsLong() - start);
  }

  byte @Nullable [] look(RedisConnection connection, String key, Deadline deadline) {
    Object reply =
        connection
            .by(deadline)
            .run(Script.GET, 2, EntryKeys.bytes(keys.name(key)), keys.invalidations());
    return reply instanceof byte[] value ? value : null;
  }
}
