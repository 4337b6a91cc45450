package dev.slipstream.engine.redis;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * Look-ups by requests on one node: one deadline over borrowing, writing and reading.
 *
 * <p>A request opens and closes no connection, resolves no name, follows no redirection and loads
 * no class here that a probe of {@link Keeper} has not used before.
 */
final class RequestPath {
  /** By how much an instant may be off that was turned from one clock's to the other's and back. */
  private static final long CLOCKS_DIFFER_MILLIS = 100;

  private final Setup setup;
  private final IdleConnections connections;
  private final Breaker breaker;
  private final ServerClock serverClock;
  private final EntryReader reader;
  private final Runnable check;
  private final Runnable grow;
  private final Runnable refresh;

  RequestPath(
      Setup setup,
      IdleConnections connections,
      Breaker breaker,
      ServerClock serverClock,
      Landmarks landmarks,
      Runnable check,
      Runnable grow,
      Runnable refresh) {
    this.setup = setup;
    this.connections = connections;
    this.breaker = breaker;
    this.serverClock = serverClock;
    this.reader = new EntryReader(setup, serverClock, landmarks);
    this.check = check;
    this.grow = grow;
    this.refresh = refresh;
  }

  /** The value under a key, or null; see {@link EntryReader#read}. */
  @Nullable RedisValue get(
      SlotGroup group, String key, Deadline deadline, @Nullable Hearsay hearsay) {
    Answer<@Nullable RedisValue> answer =
        ask(deadline, connection -> reader.read(connection.by(deadline), group, key, hearsay));
    if (answer == null) {
      return null;
    }
    Counters counters = setup.counters();
    (answer.value() == null ? counters.misses : counters.hits).increment();
    return answer.value();
  }

  /** Confirms an entry that this gateway holds. */
  Confirmation confirm(EntryKeys keys, HeldEntry held, Deadline deadline) {
    Answer<Confirmation> answer =
        ask(deadline, connection -> confirm(connection, keys, held, deadline));
    if (answer != null) {
      return answer.value();
    }
    return breaker.isClosed() ? Confirmation.UNANSWERED : Confirmation.LOST;
  }

  private record Answer<T extends @Nullable Object>(T value) {}

  private <T extends @Nullable Object> @Nullable Answer<T> ask(
      Deadline deadline, Function<RedisConnection, T> question) {
    Counters counters = setup.counters();
    long asked = setup.nanoTicker().getAsLong();
    RedisConnection connection = connections.borrow(deadline);
    if (connection == null) {
      counters.skipped.increment();
      grow.run();
      return null;
    }
    long start = setup.nanoTicker().getAsLong();
    boolean inOrder = false;
    String why = "";
    try {
      Answer<T> answer = new Answer<>(question.apply(connection));
      breaker.succeeded(setup.nanoTicker().getAsLong() - start);
      inOrder = true;
      return answer;
    } catch (JedisDataException e) {
      inOrder = Refusal.isElsewhere(e);
      why = Reason.of(e, setup.url());
      if (inOrder) {
        counters.misses.increment();
        refresh.run();
      } else if (Refusal.isUnauthenticated(e)) {
        breaker.open(why);
      } else {
        breaker.failed(why);
      }
      return null;
    } catch (RuntimeException | LinkageError e) {
      why = Reason.of(e, setup.url());
      breaker.failed(why);
      return null;
    } finally {
      long ended = setup.nanoTicker().getAsLong();
      counters.latency.note(ended - asked, ended);
      if (inOrder) {
        connections.giveBack(connection);
      } else {
        counters.errors.increment();
        counters.failures.failed(why, ended - asked);
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
  void probe(RedisConnection connection, SlotGroup group) {
    long start = setup.nanoTicker().getAsLong();
    tryOut(connection, group, Deadline.in(setup.settings().budget(), setup.nanoTicker()));
    breaker.probed(setup.nanoTicker().getAsLong() - start);
  }

  /** The same without the breaker's taking note. */
  void tryOut(RedisConnection connection, SlotGroup group, Deadline deadline) {
    try {
      RedisValue unused = reader.read(connection.by(deadline), group, group.keys().probe(), null);
    } catch (JedisDataException e) {
      if (!Refusal.isElsewhere(e)) {
        throw e;
      }
      refresh.run();
    }
  }

  private Confirmation confirm(
      RedisConnection connection, EntryKeys keys, HeldEntry held, Deadline deadline) {
    Object reply =
        connection
            .by(deadline)
            .run(
                Script.CONFIRM,
                3,
                EntryKeys.bytes(keys.name(held.key())),
                keys.invalidations(),
                keys.changes(),
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
}
