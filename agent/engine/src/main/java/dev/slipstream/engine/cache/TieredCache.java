package dev.slipstream.engine.cache;

import dev.slipstream.engine.redis.Deadline;
import dev.slipstream.engine.redis.RedisTier;
import dev.slipstream.engine.redis.RemovalCount;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The tiers as one cache: L1, then L2 where there is one, then nothing. Thread-safe; an L2 that is
 * lost is a miss, never an error.
 */
public final class TieredCache implements AutoCloseable {
  private final MemoryTier memory;
  private final @Nullable RedisTier redis;
  private final EntryCodec codec;
  private final InstantSource clock;
  private final InvalidationLog invalidations = new InvalidationLog();
  private final LongAdder hits = new LongAdder();
  private final LongAdder misses = new LongAdder();
  private final LongAdder sets = new LongAdder();
  private final LongAdder deletes = new LongAdder();
  private final LongAdder unreadable = new LongAdder();

  /** Ties the tiers together; without {@code redis} L1 is all. */
  public TieredCache(
      MemoryTier memory, @Nullable RedisTier redis, EntryCodec codec, InstantSource clock) {
    this.memory = memory;
    this.redis = redis;
    this.codec = codec;
    this.clock = clock;
  }

  /** A mark for {@link #put}: what is made from now on is made after all invalidations so far. */
  public Mark mark() {
    return new Mark(invalidations.position(), clock.millis());
  }

  /**
   * When the making of an entry began.
   *
   * @param position in the log of invalidations
   * @param millis since 1970
   */
  public record Mark(long position, long millis) {}

  /** Begins the look-ups of one request. */
  public Reader reader() {
    return new Reader(redis);
  }

  /** The same on L1 alone. */
  public Reader memoryReader() {
    return new Reader(null);
  }

  /** The look-ups of one request, which have L2's budget together. Not thread-safe. */
  public final class Reader {
    private final @Nullable RedisTier redis;
    private @Nullable Deadline deadline;

    private Reader(@Nullable RedisTier redis) {
      this.redis = redis;
    }

    /** The live entry under a key, or null. */
    public @Nullable CacheEntry get(String key) {
      CacheEntry entry = memory.get(key);
      if (entry == null && redis != null) {
        if (deadline == null) {
          deadline = redis.deadline();
        }
        entry = deadline == null ? null : fromRedis(key, redis, deadline);
      }
      (entry == null ? misses : hits).increment();
      return entry;
    }
  }

  private @Nullable CacheEntry fromRedis(String key, RedisTier tier, Deadline deadline) {
    Mark mark = mark();
    byte[] bytes = tier.get(key, deadline);
    if (bytes == null) {
      return null;
    }
    CacheEntry entry = codec.decode(key, bytes);
    if (entry == null) {
      unreadable.increment();
      return null;
    }
    if (entry.expiresAtMillis() <= clock.millis()
        || invalidations.concernsStoredAt(entry.storedAtMillis(), key, entry.tags())) {
      return null;
    }
    return keep(key, entry, mark) ? entry : null;
  }

  /** Whether L1 has a live entry under a key. */
  public boolean isInMemory(String key) {
    return memory.peek(key) != null;
  }

  /**
   * Stores an entry in both tiers.
   *
   * @return false where it was invalidated since {@code mark}, and is not stored
   */
  public boolean put(String key, CacheEntry entry, Mark mark) {
    if (!keep(key, entry, mark)) {
      return false;
    }
    sets.increment();
    writeBehind(key, entry, mark);
    return true;
  }

  /** Whether an entry that was found has been invalidated since it was stored. */
  public boolean isInvalidated(String key, CacheEntry entry) {
    return invalidations.concernsStoredAt(entry.storedAtMillis(), key, entry.tags());
  }

  /** What L1 has under a key, or null; neither counted nor taken for a use of it. */
  public @Nullable CacheEntry peek(String key) {
    return memory.peek(key);
  }

  /** Drops what L1 has under a key. */
  public void drop(String key) {
    memory.remove(key);
  }

  /** Drops what L1 has under a key; another entry takes its place in L2. */
  public void replace(String key, CacheEntry inRedis, Mark mark) {
    memory.remove(key);
    writeBehind(key, inRedis, mark);
  }

  /** Stores an entry in L1 alone; see {@link #put}. */
  public boolean putInMemory(String key, CacheEntry entry, Mark mark) {
    boolean put = keep(key, entry, mark);
    if (put) {
      sets.increment();
    }
    return put;
  }

  /**
   * Replaces an entry by a function of what L1 has under the key, atomically there.
   *
   * @param shared whether L2 gets it, too
   */
  public void update(
      String key, Mark mark, boolean shared, UnaryOperator<@Nullable CacheEntry> change) {
    memory.update(
        key,
        previous -> {
          CacheEntry next = change.apply(previous);
          if (shared && next != null && next != previous) {
            writeBehind(key, next, mark);
          }
          return next;
        });
  }

  private void writeBehind(String key, CacheEntry entry, Mark mark) {
    if (redis == null) {
      return;
    }
    byte[] bytes = codec.encode(key, entry);
    if (bytes != null) {
      redis.put(key, bytes, entry.expiresAtMillis(), entry.tags(), mark.millis());
    }
  }

  private boolean keep(String key, CacheEntry entry, Mark mark) {
    if (invalidations.concernsSince(mark.position(), key, entry.tags())) {
      return false;
    }
    memory.put(key, entry);
    if (invalidations.concernsSince(mark.position(), key, entry.tags())) {
      memory.remove(key); // invalidated between the check and the put
      return false;
    }
    return true;
  }

  /**
   * Removes from both tiers.
   *
   * @return the larger count of the two: L1 has a part of what L2 has, unless writes were dropped
   */
  public Removed invalidate(Invalidation invalidation) {
    Removed fromMemory = invalidateMemory(invalidation);
    Removed fromRedis = invalidateRedis(invalidation);
    return new Removed(
        Math.max(fromMemory.entries(), fromRedis.entries()),
        Math.max(fromMemory.byTags(), fromRedis.byTags()),
        Math.max(fromMemory.byPatterns(), fromRedis.byPatterns()));
  }

  /**
   * Makes stale what an invalidation concerns (soft purge): it answers again once the application
   * has confirmed it, or while it is refreshed or the application fails, as a stale answer may.
   *
   * <p>That is for what L1 holds, and goes to L2; what only L2 has is removed there.
   *
   * @return what was made stale or removed, counted as by {@link #invalidate}
   */
  public Removed makeStale(Invalidation invalidation) {
    Map<String, CacheEntry> concerned = memory.concernedBy(invalidation);
    Removed removed = invalidate(invalidation);
    Mark mark = mark();
    long later = mark.millis() + 1; // one of the same millisecond would count as invalidated
    concerned.forEach((key, entry) -> put(key, entry.madeStale(later), mark));
    return removed;
  }

  /** Removes from L1 alone. */
  public Removed invalidateMemory(Invalidation invalidation) {
    invalidations.record(invalidation, clock.millis());
    Removed removed = memory.remove(invalidation);
    deletes.add(removed.entries());
    return removed;
  }

  /** Drops what L1 holds, and nothing else: what L2 has, and what is being made, stays valid. */
  public Removed dropFromMemory(Invalidation invalidation) {
    Removed removed = memory.remove(invalidation);
    deletes.add(removed.entries());
    return removed;
  }

  /** Removes from L2 alone. */
  public Removed invalidateRedis(Invalidation invalidation) {
    if (redis == null) {
      return Removed.NOTHING;
    }
    RemovalCount count =
        redis.invalidate(
            invalidation.tags(), invalidation.patterns().stream().map(KeyPattern::glob).toList());
    deletes.add(count.entries());
    return new Removed(count.entries(), count.byTags(), count.byPatterns());
  }

  /** Empties L1 and lets L2 go, where what is stored stays. */
  @Override
  public void close() {
    if (redis != null) {
      redis.close();
    }
    memory.clear();
  }

  /** L1's figures. */
  public MemoryTierStatistics memoryStatistics() {
    return memory.statistics();
  }

  /** L2, or null where there is none. */
  public @Nullable RedisTier redis() {
    return redis;
  }

  /** Look-ups that found an entry, in either tier. */
  public long hits() {
    return hits.sum();
  }

  /** Look-ups that found none. */
  public long misses() {
    return misses.sum();
  }

  /** Entries stored. */
  public long sets() {
    return sets.sum();
  }

  /** Entries removed by invalidation. */
  public long deletes() {
    return deletes.sum();
  }

  /** Entries of L2 that could not be read. */
  public long unreadable() {
    return unreadable.sum();
  }
}
