package dev.slipstream.engine.redis;

import java.util.List;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * Reads an entry that was not invalidated.
 *
 * <p>While this gateway hears the others, and has since before the entry was begun, it knows that
 * as well as it knows it of what L1 holds: then one plain command is all. In every other case a
 * script on the server finds out; from then on the gateway knows. Which of the two is tried first
 * is what would have done for the last few: after a start most entries are older than what this
 * gateway has heard. Thread-safe.
 */
final class EntryReader {
  private static final byte[][] FIELDS = {
    EntryKeys.bytes("v"), EntryKeys.bytes("i"), EntryKeys.bytes("f"), EntryKeys.bytes("t")
  };
  private static final int MOST_DOUBTS = 3;

  private final Setup setup;
  private final ServerClock serverClock;
  private final Landmarks landmarks;
  private final ProvenEntries proven = new ProvenEntries();
  private volatile int doubts;

  EntryReader(Setup setup, ServerClock serverClock, Landmarks landmarks) {
    this.setup = setup;
    this.serverClock = serverClock;
    this.landmarks = landmarks;
  }

  /**
   * The entry under a key, or null.
   *
   * @param connection with the deadline set
   * @param hearsay what the gateway knows by itself; null for nothing
   */
  @Nullable RedisValue read(
      RedisConnection connection, SlotGroup group, String key, @Nullable Hearsay hearsay) {
    if (hearsay == null || !isInTune(landmarks.generation())) {
      Found found = byScript(connection, group.keys(), key);
      return found == null ? null : value(found, true);
    }
    int before = doubts;
    if (before > MOST_DOUBTS / 2) {
      return proven(connection, group, key, hearsay);
    }
    Found found = byCommand(connection, group.keys(), key);
    if (found == null) {
      return null;
    }
    boolean known = isKnown(found, group, key, hearsay);
    note(before, known);
    return known ? value(found, false) : proven(connection, group, key, null);
  }

  /** Has the script decide, and remembers what it finds valid. */
  private @Nullable RedisValue proven(
      RedisConnection connection, SlotGroup group, String key, @Nullable Hearsay hearsay) {
    int before = doubts;
    // Before the question: what comes after it is seen.
    ProvenEntries.Ground ground =
        new ProvenEntries.Ground(
            setup.hearing().listening().generation(),
            setup.hearing().position().getAsLong(),
            group.heardSinceMicros());
    Found found = byScript(connection, group.keys(), key);
    if (found == null) {
      return null;
    }
    if (hearsay != null) {
      note(before, isKnown(found, group, key, hearsay));
    }
    proven.add(found.id(), found.beganMicros(), ground);
    return value(found, true);
  }

  /** Notes whether the plain command would have done. */
  private void note(int before, boolean known) {
    int after = known ? Math.max(0, before - 1) : Math.min(MOST_DOUBTS, before + 1);
    if (after != before) {
      doubts = after;
    }
  }

  private boolean isInTune(int generation) {
    Listening listening = setup.hearing().listening();
    return generation == listening.generation()
        && listening.isListening(setup.nanoTicker().getAsLong());
  }

  /**
   * Whether this gateway has heard all that may have been told since the entry was begun, or since
   * the script found it valid.
   */
  private boolean isKnown(Found found, SlotGroup group, String key, Hearsay hearsay) {
    long settledMicros = group.heardSinceMicros();
    ProvenEntries.Ground ground = proven.of(found.id(), found.beganMicros(), settledMicros);
    if (ground != null && isInTune(ground.generation())) {
      return isUntouchedSince(ground.position(), found, key, hearsay);
    }
    Landmarks.Landmark landmark =
        found.beganMicros() > settledMicros ? landmarks.before(found.beganMicros()) : null;
    return landmark != null
        && isInTune(landmark.generation())
        && isUntouchedSince(landmark.position(), found, key, hearsay);
  }

  private static boolean isUntouchedSince(long position, Found found, String key, Hearsay hearsay) {
    return hearsay.isUntouchedSince(position, key, Tags.of(found.tags()));
  }

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Found(byte[] bytes, long id, long beganMicros, String tags) {}

  private RedisValue value(Found found, boolean confirmed) {
    return new RedisValue(
        found.bytes(), found.id(), serverClock.ownMillis(found.beganMicros()), confirmed);
  }

  private static @Nullable Found byCommand(RedisConnection connection, EntryKeys keys, String key) {
    byte[][] arguments = new byte[FIELDS.length + 1][];
    arguments[0] = EntryKeys.bytes(keys.name(key));
    System.arraycopy(FIELDS, 0, arguments, 1, FIELDS.length);
    try {
      return found(connection.command(Command.HMGET, arguments));
    } catch (JedisDataException e) {
      if (Refusal.isOfAnotherType(e)) {
        return null; // not an entry
      }
      throw e;
    }
  }

  private static @Nullable Found byScript(RedisConnection connection, EntryKeys keys, String key) {
    return found(
        connection.run(
            Script.GET,
            4,
            EntryKeys.bytes(keys.name(key)),
            keys.invalidations(),
            keys.walks(),
            keys.changes(),
            EntryKeys.bytes(key),
            keys.prefixLength()));
  }

  private static @Nullable Found found(@Nullable Object reply) {
    if (!(reply instanceof List<?> fields)
        || !(fields.get(0) instanceof byte[] value)
        || !(fields.get(2) instanceof byte[] began)
        || !(fields.get(3) instanceof byte[] tags)) {
      return null;
    }
    return new Found(value, number(fields.get(1)), number(began), EntryKeys.text(tags));
  }

  private static long number(@Nullable Object digits) {
    return digits == null ? 0 : Long.parseLong(EntryKeys.text(digits));
  }
}
