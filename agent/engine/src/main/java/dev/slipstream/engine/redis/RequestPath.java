package dev.slipstream.engine.redis;

import org.jspecify.annotations.Nullable;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * Look-ups by requests on one node: one deadline over borrowing, writing and reading.
 *
 * <p>A request opens and closes no connection, resolves no name, follows no redirection and loads
 * no class here that a probe of {@link Keeper} has not used before.
 */
final class RequestPath {
  private final Setup setup;
  private final IdleConnections connections;
  private final Breaker breaker;
  private final Runnable check;
  private final Runnable grow;
  private final Runnable refresh;

  RequestPath(
      Setup setup,
      IdleConnections connections,
      Breaker breaker,
      Runnable check,
      Runnable grow,
      Runnable refresh) {
    this.setup = setup;
    this.connections = connections;
    this.breaker = breaker;
    this.check = check;
    this.grow = grow;
    this.refresh = refresh;
  }

  byte @Nullable [] get(EntryKeys keys, String key, Deadline deadline) {
    Counters counters = setup.counters();
    RedisConnection connection = connections.borrow(deadline);
    if (connection == null) {
      counters.skipped.increment();
      grow.run();
      return null;
    }
    long start = setup.nanoTicker().getAsLong();
    boolean inOrder = false;
    try {
      byte[] value = look(connection, keys, key, deadline);
      breaker.succeeded(setup.nanoTicker().getAsLong() - start);
      inOrder = true;
      (value == null ? counters.misses : counters.hits).increment();
      return value;
    } catch (JedisDataException e) {
      inOrder = Refusal.isElsewhere(e);
      if (inOrder) {
        counters.misses.increment();
        refresh.run();
      } else if (Refusal.isUnauthenticated(e)) {
        breaker.open(Reason.of(e, setup.url()));
      } else {
        breaker.failed(Reason.of(e, setup.url()));
      }
      return null;
    } catch (RuntimeException | LinkageError e) {
      breaker.failed(Reason.of(e, setup.url()));
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
   * Looks up what is not there as a request does, for the breaker to decide by.
   *
   * @throws RuntimeException when there is no answer; the connection is of no more use
   */
  void probe(RedisConnection connection, EntryKeys keys) {
    long start = setup.nanoTicker().getAsLong();
    tryOut(connection, keys, Deadline.in(setup.settings().budget(), setup.nanoTicker()));
    breaker.probed(setup.nanoTicker().getAsLong() - start);
  }

  /** The same without the breaker's taking note. */
  void tryOut(RedisConnection connection, EntryKeys keys, Deadline deadline) {
    try {
      look(connection, keys, keys.probe(), deadline);
    } catch (JedisDataException e) {
      if (!Refusal.isElsewhere(e)) {
        throw e;
      }
      refresh.run();
    }
  }

  byte @Nullable [] look(
      RedisConnection connection, EntryKeys keys, String key, Deadline deadline) {
    Object reply =
        connection
            .by(deadline)
            .run(Script.GET, 2, EntryKeys.bytes(keys.name(key)), keys.invalidations());
    return reply instanceof byte[] value ? value : null;
  }
}
