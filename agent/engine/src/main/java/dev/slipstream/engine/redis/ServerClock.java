package dev.slipstream.engine.redis;

import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import redis.clients.jedis.Protocol.Command;

/**
 * Turns instants of this machine's clock into instants of the server's, never too late.
 *
 * <p>An answer to TIME that came at {@code t} and says {@code s} shows that the server's clock is
 * ahead by at least {@code s - t}. Instants moved by the smallest such difference of the last
 * checks are no later than they truly were, however long the answers took, and stay so when this
 * clock is set back by a step: a fill that was begun before an invalidation never looks as if it
 * came after. Thread-safe.
 */
final class ServerClock {
  private static final int CHECKS = 3;
  private static final long UNKNOWN = Long.MAX_VALUE;

  private final long[] latest = new long[CHECKS];
  private int checks;
  private volatile long aheadMicros = UNKNOWN;

  /** How far the server is ahead at least, in microseconds, by one answer. */
  static long ahead(long serverMicros, long receivedAtMillis) {
    return serverMicros - (receivedAtMillis + 1) * 1_000; // it came before this millisecond ended
  }

  /** Asks the server for its time, and learns from the answers. */
  void check(MaintenanceLink link, InstantSource clock) {
    long best = Long.MIN_VALUE;
    for (int i = 0; i < CHECKS; i++) {
      long server = ask(link);
      best = Math.max(best, ahead(server, clock.millis()));
    }
    checked(best);
  }

  /** The server's time, in microseconds, as it says itself. */
  static long ask(MaintenanceLink link) {
    if (!(link.next().command(Command.TIME) instanceof List<?> time)) {
      throw new IllegalStateException("not the reply of TIME");
    }
    return number(time.get(0)) * 1_000_000 + number(time.get(1));
  }

  private static long number(Object digits) {
    return Long.parseLong(new String((byte[]) digits, StandardCharsets.US_ASCII));
  }

  /** Forgets what was learnt: another server answers now. */
  synchronized void forget() {
    checks = 0;
  }

  /** Takes the largest difference of one check. */
  synchronized void checked(long differenceMicros) {
    latest[checks % CHECKS] = differenceMicros;
    checks++;
    long least = UNKNOWN;
    for (int i = 0; i < Math.min(checks, CHECKS); i++) {
      least = Math.min(least, latest[i]);
    }
    aheadMicros = least;
  }

  boolean isKnown() {
    return aheadMicros != UNKNOWN;
  }

  /** The server's time then, in microseconds, or somewhat earlier. */
  long micros(long millis) {
    return millis * 1_000 + aheadMicros;
  }

  /** The server's time then, in milliseconds, or somewhat earlier. */
  long millis(long millis) {
    return Math.floorDiv(micros(millis), 1_000);
  }

  /** This machine's time at an instant of the server's, in milliseconds, or somewhat later. */
  long ownMillis(long serverMicros) {
    return Math.floorDiv(serverMicros - aheadMicros, 1_000) + 1;
  }
}
