package dev.slipstream.engine.redis;

import java.util.Collection;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.util.JedisClusterCRC16;

/**
 * A part of the tier whose entries are always on one server, with the invalidations they share.
 *
 * <p>It is used on its node only while it is <em>settled</em> there: every invalidation that the
 * server may lack has been made up for. Thread-safe.
 */
final class SlotGroup {
  /** {@link #heardSinceMicros} before there is such an instant. */
  static final long UNHEARD = Long.MAX_VALUE;

  /** By how much the clock may have been ahead of the server that its entries came from. */
  private static final long CLOCKS_DIFFER_MICROS = 1_000_000;

  private final EntryKeys keys;
  private final Predicate<String> own;
  private final PendingInvalidations pending = new PendingInvalidations();
  private volatile @Nullable RedisNode node;
  private volatile boolean settled;
  private volatile long fillsSinceMillis = Long.MIN_VALUE;
  private volatile long leftAtMicros = Long.MIN_VALUE;
  private volatile long heardSinceMicros = UNHEARD;
  private String server = "";

  /**
   * Makes a group that nobody serves.
   *
   * @param own whether a key is in it
   */
  SlotGroup(EntryKeys keys, Predicate<String> own) {
    this.keys = keys;
    this.own = own;
  }

  EntryKeys keys() {
    return keys;
  }

  /** The slot of a cluster that it is in. */
  int slot() {
    return JedisClusterCRC16.getSlot(keys.invalidations());
  }

  /** The node that serves it; null while nobody does. */
  @Nullable RedisNode node() {
    return node;
  }

  synchronized void serveBy(@Nullable RedisNode next) {
    RedisNode before = node;
    settled = false;
    node = next;
    if (before != null) {
      leftAt(before.serverMicros());
    }
  }

  /** Notes what time it was by the clock of the server that served it before. */
  void leftAt(long micros) {
    leftAtMicros = Math.max(leftAtMicros, micros);
  }

  /**
   * By how much the clock of its server is behind that of the one before, in microseconds; not
   * positive where it is not. What was begun before would look newer than an invalidation there.
   */
  long behindMicros(long serverMicros) {
    long left = leftAtMicros;
    return left == Long.MIN_VALUE ? 0 : left - serverMicros;
  }

  /** Whether it is used on a node. */
  boolean isSettledOn(RedisNode asked) {
    return settled && node == asked;
  }

  /** Since when fills have to be begun to be written, in milliseconds since 1970. */
  long fillsSinceMillis() {
    return fillsSinceMillis;
  }

  /** Notes an invalidation that the server has not carried out. */
  synchronized void owe(Collection<String> tags, Collection<String> patterns) {
    pending.add(tags, patterns);
    settled = false;
  }

  /** The same for entries that have changed. */
  synchronized void oweKeys(Collection<String> changed) {
    pending.addKeys(changed);
    settled = false;
  }

  /** The same for everything that is there. */
  synchronized void oweEverything() {
    leftAtMicros = Long.MIN_VALUE;
    pending.addEverything();
    settled = false;
  }

  /**
   * Notes which server answers for it. Another one than before may lack what was invalidated of
   * late, and what was begun before may be older than an invalidation that it lacks.
   *
   * @param identity what the server calls itself; empty where it does not say
   */
  synchronized void servedBy(String identity, RecentInvalidations recent, long nowMillis) {
    if (!server.isEmpty() && !server.equals(identity)) {
      settled = false;
      recent.addTo(pending, own);
      fillsSinceMillis = nowMillis;
    }
    server = identity;
  }

  /** What its node has to make up for. */
  PendingInvalidations.Batch owed() {
    return pending.batch();
  }

  /**
   * Has it used on a node that has made up for a batch, unless more has come since, or the node is
   * another one.
   */
  synchronized boolean settle(RedisNode by, PendingInvalidations.Batch batch) {
    if (node != by || !pending.done(batch)) {
      return false;
    }
    heardSinceMicros = UNHEARD;
    settled = true;
    return true;
  }

  /** Notes that from an instant of its server's clock on it has been used on a node. */
  synchronized void heardSince(RedisNode by, long micros) {
    if (isSettledOn(by) && heardSinceMicros == UNHEARD) {
      heardSinceMicros = micros + CLOCKS_DIFFER_MICROS;
    }
  }

  /** Since when, by its server's clock, what was begun may be known to be valid. */
  long heardSinceMicros() {
    return heardSinceMicros;
  }

  int pendingInvalidations() {
    return pending.size();
  }
}
