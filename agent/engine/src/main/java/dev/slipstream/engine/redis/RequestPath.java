package dev.slipstream.engine.redis;

import dev.slipstream.config.RedisUrl;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Look-ups by requests: one deadline over borrowing, writing and reading.
 *
 * <p>A request opens and closes no connection, resolves no name and loads no class here that a
 * probe of {@link Keeper} has not used before.
 */
final class RequestPath {
  /** By how much an instant may be off that was turned from one clock's to the other's and back. */
  private static final long CLOCKS_DIFFER_MILLIS = 100;

  private final Duration budget;
  private final LongSupplier nanoTicker;
  private final IdleConnections connections;
  private final Breaker breaker;
  private final EntryKeys keys;
  private final Counters counters;
  private final RedisUrl url;
  private final ServerClock serverClock;
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
      ServerClock serverClock,
      Runnable check,
      Runnable grow) {
    this.budget = budget;
    this.nanoTicker = nanoTicker;
    this.connections = connections;
    this.breaker = breaker;
    this.keys = keys;
    this.counters = counters;
    this.url = url;
    this.serverClock = serverClock;
    this.check = check;
    this.grow = grow;
  }

  /** The budget of a request that begins to look entries up. */
  Deadline deadline() {
    return Deadline.in(budget, nanoTicker);
  }

  /** The value under a key, or null. */
  @Nullable RedisValue get(String key, Deadline deadline) {
    Answer<@Nullable RedisValue> answer =
        ask(deadline, connection -> look(connection, key, deadline));
    if (answer == null) {
      return null;
    }
    (answer.value() == null ? counters.misses : counters.hits).increment();
    return answer.value();
  }

  /** Confirms an entry that this gateway holds. */
  Confirmation confirm(HeldEntry held, Deadline deadline) {
    Answer<Confirmation> answer = ask(deadline, connection -> confirm(connection, held, deadline));
    if (answer != null) {
      return answer.value();
    }
    return breaker.isClosed() ? Confirmation.UNANSWERED : Confirmation.LOST;
  }

  private record Answer<T extends @Nullable Object>(T value) {}

  private <T extends @Nullable Object> @Nullable Answer<T> ask(
      Deadline deadline, Function<RedisConnection, T> question) {
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
      Answer<T> answer = new Answer<>(question.apply(connection));
      breaker.succeeded(nanoTicker.getAsLong() - start);
      inOrder = true;
      return answer;
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

  @Nullable RedisValue look(RedisConnection connection, String key, Deadline deadline) {
    Object reply =
        connection
            .by(deadline)
            .run(
                Script.GET,
                3,
                EntryKeys.bytes(keys.name(key)),
                keys.invalidations(),
                keys.walks(),
                EntryKeys.bytes(key),
                keys.prefixLength());
    if (!(reply instanceof List<?> found) || !(found.get(0) instanceof byte[] value)) {
      return null;
    }
    long began = number(found.get(2));
    return new RedisValue(value, number(found.get(1)), serverClock.ownMillis(began));
  }

  private Confirmation confirm(RedisConnection connection, HeldEntry held, Deadline deadline) {
    Object reply =
        connection
            .by(deadline)
            .run(
                Script.CONFIRM,
                2,
                EntryKeys.bytes(keys.name(held.key())),
                keys.invalidations(),
                Writer.digits(held.id()),
                Writer.digits(serverClock.micros(held.begunAtMillis() - CLOCKS_DIFFER_MILLIS)),
                Writer.digits(serverClock.micros(held.sinceMillis())),
                EntryKeys.bytes(Tags.joined(held.tags())),
                EntryKeys.bytes(held.key()),
                keys.prefixLength());
    return switch (reply instanceof Long said ? said.intValue() : -1) {
      case 0 -> Confirmation.INVALIDATED;
      case 1 -> Confirmation.VALID;
      case 2 -> Confirmation.REPLACED;
      default -> Confirmation.UNKNOWN;
    };
  }

  private static long number(@Nullable Object digits) {
    return digits == null ? 0 : Long.parseLong(EntryKeys.text(digits));
  }
}
