package dev.slipstream.engine.cache;

import dev.slipstream.engine.redis.Announcement;
import dev.slipstream.engine.redis.Deadline;
import dev.slipstream.engine.redis.Hearsay;
import dev.slipstream.engine.redis.ReadEntry;
import dev.slipstream.engine.redis.RedisTier;
import dev.slipstream.engine.redis.RedisValue;
import dev.slipstream.engine.redis.Written;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The tiers as one cache: L1, then L2 where there is one, then nothing. Thread-safe; an L2 that is
 * lost is a miss, never an error.
 *
 * <p>There may be several in a process, each with an L1 of its own; {@link Coherence} keeps them
 * true to L2 and to each other.
 */
public final class TieredCache {
  private final MemoryTier memory;
  private final Coherence coherence;
  private final @Nullable RedisTier redis;
  private final EntryCodec codec;
  private final InstantSource clock;
  private final Function<String, @Nullable String> resources;
  private final InvalidationLog.Changes changes = new InvalidationLog.Changes();
  private volatile Consumer<String> invalidated = key -> {};
  private final Hearsay hearsay;
  private final LongAdder hits = new LongAdder();
  private final LongAdder misses = new LongAdder();
  private final LongAdder sets = new LongAdder();
  private final LongAdder deletes = new LongAdder();
  private final LongAdder unreadable = new LongAdder();

  /**
   * Ties the tiers together.
   *
   * @param resources what the entry under a key is made of, which other entries may be made of,
   *     too; null for keys that are not this cache's
   */
  public TieredCache(
      MemoryTier memory,
      EntryCodec codec,
      Coherence coherence,
      InstantSource clock,
      Function<String, @Nullable String> resources) {
    this.memory = memory;
    this.coherence = coherence;
    this.redis = coherence.redis();
    this.codec = codec;
    this.clock = clock;
    this.resources = resources;
    this.hearsay =
        (position, key, tags) ->
            coherence.isUntouchedSince(position, changes, key, resource(key), tags);
    coherence.add(this);
  }

  /** A mark for {@link #put}: what is made from now on is made after all invalidations so far. */
  public Mark mark() {
    return coherence.mark();
  }

  /**
   * When the making of an entry began.
   *
   * @param position in the log of invalidations
   * @param millis since 1970
   * @param known until when nothing is known to have been missed
   */
  public record Mark(long position, long millis, Held.Known known) {}

  /** Begins the look-ups of one request. */
  public Reader reader() {
    return new Reader(true, false);
  }

  /** The same on L1 alone; L2 confirms what L1 has where that is needed. */
  public Reader memoryReader() {
    return new Reader(false, false);
  }

  /** The same for somebody who only looks: from L1 as it is, and nothing counts. */
  public Reader quietReader() {
    return new Reader(false, true);
  }

  /** The look-ups of one request, which have L2's budget together. Not thread-safe. */
  public final class Reader {
    private final boolean readsRedis;
    private final boolean quiet;
    private final Mark mark = mark();
    private @Nullable Deadline deadline;
    private boolean fromRedis;

    private Reader(boolean readsRedis, boolean quiet) {
      this.readsRedis = readsRedis;
      this.quiet = quiet;
    }

    /** A mark from before the first look-up. */
    public Mark begun() {
      return mark;
    }

    /** The live entry under a key, or null. */
    public @Nullable CacheEntry get(String key) {
      if (quiet) {
        return memory.peek(key);
      }
      CacheEntry entry = find(key);
      (entry == null ? misses : hits).increment();
      return entry;
    }

    /** Whether what was found last was not in memory. */
    public boolean isFromRedis() {
      return fromRedis;
    }

    private @Nullable CacheEntry find(String key) {
      fromRedis = false;
      Held held = memory.get(key);
      if (held != null && coherence.isCurrent(held)) {
        return held.entry();
      }
      RedisTier tier = redis;
      Deadline budget = tier == null ? null : deadline(tier);
      if (tier == null || budget == null) {
        return held == null ? null : held.entry();
      }
      if (held != null) {
        switch (coherence.confirm(key, held, tier, budget)) {
          case USE -> {
            return held.entry();
          }
          case LEAVE -> {
            return null;
          }
          case DROP -> memory.remove(key, held);
        }
      }
      CacheEntry entry = readsRedis ? fromRedis(key, tier, budget) : null;
      fromRedis = entry != null;
      return entry;
    }

    private @Nullable Deadline deadline(RedisTier tier) {
      if (deadline == null) {
        deadline = tier.deadline();
      }
      return deadline;
    }
  }

  private @Nullable CacheEntry fromRedis(String key, RedisTier tier, Deadline deadline) {
    Mark mark = mark(); // before the question: what changes after it is seen by keep
    if (coherence.isUnsettled(resource(key))) {
      return null;
    }
    RedisValue value = tier.get(key, deadline, hearsay);
    if (value == null) {
      return null;
    }
    CacheEntry entry = codec.decode(key, value.bytes());
    if (entry == null) {
      unreadable.increment();
      return null;
    }
    if (entry.expiresAtMillis() <= clock.millis() || coherence.isUnderWay(key, entry)) {
      return null;
    }
    Held held = new Held(entry, value.id(), value.begunAtMillis(), coherence.known(value, mark));
    return keep(key, held, mark) ? entry : null;
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
    return put(key, entry, mark, Sharing.BEHIND);
  }

  /** When L2 gets what is stored. */
  public enum Sharing {
    /** Not at all. */
    NONE,
    /** Later, by another thread. */
    BEHIND,
    /** At once, if it takes it within the budget; else later. */
    THROUGH
  }

  /**
   * Stores an entry in L1 and, as is said, in L2.
   *
   * @return false where it was invalidated since {@code mark}, and is not stored
   */
  public boolean put(String key, CacheEntry entry, Mark mark, Sharing sharing) {
    Held held = made(entry, mark);
    if (!keep(key, held, mark)) {
      return false;
    }
    sets.increment();
    share(key, held, sharing);
    return true;
  }

  /** Whether an entry that was found has been invalidated, or what it is made of has changed. */
  public boolean isInvalidatedSince(Mark mark, String key, CacheEntry entry) {
    return coherence.concernsSince(mark, changes, key, resource(key), entry.tags());
  }

  /** Whether an entry that was found has been invalidated since it was stored. */
  public boolean isInvalidated(String key, CacheEntry entry) {
    return coherence.concernsStoredAt(entry.storedAtMillis(), key, entry);
  }

  /** What L1 has under a key, or null; neither counted nor taken for a use of it. */
  public @Nullable CacheEntry peek(String key) {
    return memory.peek(key);
  }

  /** Drops what L1 has under a key. */
  public void drop(String key) {
    memory.remove(key);
  }

  /** Drops what L1 has under a key, and the entries that it leads to. */
  public void dropAll(String key) {
    CacheEntry entry = memory.peek(key);
    memory.remove(key);
    if (entry != null) {
      entry.leadsTo().forEach(memory::remove);
    }
  }

  /**
   * Drops what every gateway's L1 has under a key, with what it leads to; another entry takes its
   * place in L2. What is being made of the same is not stored.
   */
  public Written replace(String key, CacheEntry inRedis, Mark mark) {
    RedisTier tier = redis;
    if (tier == null) {
      coherence.changed(key, this);
      return Written.NEVER;
    }
    Runnable settled = coherence.unsettled(resource(key));
    coherence.changed(key);
    return replace(tier, key, inRedis, made(inRedis, mark).id(), settled);
  }

  private Written replace(RedisTier tier, String key, CacheEntry entry, long id, Runnable settled) {
    byte[] bytes = codec.encode(key, entry);
    return tier.replace(key, bytes, entry.expiresAtMillis(), entry.tags(), id, settled);
  }

  /**
   * Stores an entry in L1 in place of what every gateway's L1 has under a key. What is being made
   * of the same is not stored.
   *
   * @param inRedis what L2 gets as the same write: the entry, or what stands for it there
   * @return null where it was invalidated meanwhile, and is not stored
   */
  public @Nullable Written set(String key, CacheEntry entry, CacheEntry inRedis) {
    RedisTier tier = redis;
    if (tier == null) {
      coherence.changed(key, this);
      return putInMemory(key, entry, mark()) ? Written.NEVER : null;
    }
    Runnable settled = coherence.unsettled(resource(key));
    coherence.changed(key);
    Mark mark = mark();
    Held held = made(entry, mark);
    boolean kept = keep(key, held, mark);
    if (kept) {
      sets.increment();
    }
    Written written =
        replace(
            tier,
            key,
            inRedis,
            held.id(),
            () -> {
              if (coherence.isInvalidatedSince(mark, key, inRedis.tags())) {
                // In the queue it has overtaken that: it counts from when it is there.
                Written unused = tier.replace(key, null, 0, List.of(), 0, () -> {});
              }
              settled.run();
            });
    return kept ? written : null;
  }

  /**
   * Does as {@link #put} does, in L2 before what nobody waits for.
   *
   * @return null where it was invalidated since {@code mark}, and is not stored
   */
  public @Nullable Written putFirst(String key, CacheEntry entry, Mark mark) {
    Held held = made(entry, mark);
    if (!keep(key, held, mark)) {
      return null;
    }
    sets.increment();
    byte[] bytes = redis == null ? null : codec.encode(key, entry);
    if (redis == null || bytes == null) {
      return Written.NEVER;
    }
    return redis.putFirst(
        key, bytes, entry.expiresAtMillis(), entry.tags(), held.begunAtMillis(), held.id());
  }

  /** Waits until L2 has what was written, no longer than a request may. */
  public boolean await(Written written) {
    Deadline deadline = redis == null ? null : redis.deadline();
    return deadline != null && written.await(deadline);
  }

  /** Stores an entry in L1 alone; see {@link #put}. */
  public boolean putInMemory(String key, CacheEntry entry, Mark mark) {
    return put(key, entry, mark, Sharing.NONE);
  }

  /**
   * Replaces an entry by a function of what L1 has under the key, atomically there.
   *
   * @param shared whether L2 gets it, too
   * @return false where it was invalidated since {@code mark}, and stays as it was
   */
  public boolean update(
      String key, Mark mark, boolean shared, UnaryOperator<@Nullable CacheEntry> change) {
    boolean[] valid = {true};
    memory.update(
        key,
        previous -> {
          CacheEntry before = previous == null ? null : previous.entry();
          CacheEntry next = change.apply(before);
          if (next == null || next == before) {
            return next == null ? null : previous;
          }
          if (coherence.concernsSince(mark, changes, key, resource(key), next.tags())) {
            valid[0] = false; // later, it will be dropped again
            return previous;
          }
          Held held = made(next, mark);
          if (shared) {
            share(key, held, Sharing.BEHIND);
          }
          return held;
        });
    return valid[0];
  }

  private static Held made(CacheEntry entry, Mark mark) {
    return new Held(entry, ThreadLocalRandom.current().nextLong(), mark.millis(), mark.known());
  }

  private void share(String key, Held held, Sharing sharing) {
    if (redis == null || sharing == Sharing.NONE || (sharing == Sharing.BEHIND && redis.drops())) {
      return;
    }
    CacheEntry entry = held.entry();
    byte[] bytes = codec.encode(key, entry);
    if (bytes == null) {
      return;
    }
    long expiry = entry.expiresAtMillis();
    Deadline deadline = sharing == Sharing.THROUGH ? redis.deadline() : null;
    if (deadline == null) {
      redis.put(key, bytes, expiry, entry.tags(), held.begunAtMillis(), held.id());
    } else {
      redis.putThrough(key, bytes, expiry, entry.tags(), held.begunAtMillis(), held.id(), deadline);
    }
  }

  private boolean keep(String key, Held held, Mark mark) {
    String resource = resource(key);
    if (coherence.concernsSince(mark, changes, key, resource, held.entry().tags())) {
      return false;
    }
    memory.put(key, held);
    if (coherence.concernsSince(mark, changes, key, resource, held.entry().tags())) {
      memory.remove(key); // invalidated between the check and the put
      return false;
    }
    return true;
  }

  private String resource(String key) {
    String resource = resources.apply(key);
    return resource == null ? key : resource;
  }

  /** What its entries are made of, as far as that has changed of late. */
  InvalidationLog.Changes changes() {
    return changes;
  }

  /** What the entry under a key is made of; null where the key is not this cache's. */
  @Nullable String resourceOf(String key) {
    return resources.apply(key);
  }

  /**
   * Removes from both tiers, here and at the other gateways.
   *
   * @return the larger count of the two: L1 has a part of what L2 has, unless writes were dropped
   */
  public Removed invalidate(Invalidation invalidation) {
    return larger(coherence.invalidate(invalidation, Announcement.Kind.INVALIDATED));
  }

  /** The same, counted for each tier. */
  public Coherence.Outcome flush(Invalidation invalidation) {
    Coherence.Outcome outcome = coherence.invalidate(invalidation, Announcement.Kind.INVALIDATED);
    deletes.add(outcome.redis().entries());
    return outcome;
  }

  /** The same: from L1 at once, from L2 on another thread, with others that wait for that. */
  public void invalidate(Invalidation invalidation, Executor background) {
    coherence.invalidateBehind(invalidation, background);
  }

  /**
   * The same, counted as long as that is possible.
   *
   * @param counted removes from L2 on another thread
   * @param joined does it where the first cannot, together with others that wait for that
   * @param redisToo is told what was removed from L2, where there is one; of what is joined,
   *     nothing
   * @return what was removed from L1
   */
  public Removed invalidate(
      Invalidation invalidation, Attempts counted, Executor joined, Consumer<Removed> redisToo) {
    return coherence.invalidate(invalidation, counted, joined, redisToo);
  }

  /** Threads that may have too much to do. */
  public interface Attempts {
    /**
     * Has something done later.
     *
     * @param otherwise runs where that is not done, also at once; it waits for nothing
     */
    void run(Runnable task, Runnable otherwise);
  }

  /** Whether what is being made since a mark, and will have the tags, was invalidated meanwhile. */
  public boolean isInvalidatedSince(Mark mark, String key, Collection<String> tags) {
    return coherence.concernsSince(mark, changes, key, resource(key), tags);
  }

  /**
   * Makes stale what an invalidation concerns (soft purge): it answers again once the application
   * has confirmed it, or while it is refreshed or the application fails, as a stale answer may.
   *
   * <p>That is for what an L1 holds, here and at the other gateways, and goes to L2; what only L2
   * has is removed there.
   *
   * @return what was made stale or removed, counted as by {@link #invalidate}
   */
  public Removed makeStale(Invalidation invalidation) {
    return larger(coherence.makeStale(invalidation));
  }

  private Removed larger(Coherence.Outcome outcome) {
    Removed memory = outcome.memory();
    Removed larger = memory.larger(outcome.redis());
    deletes.add(larger.entries() - memory.entries()); // those of L1 are counted
    return larger;
  }

  /** What puts back as stale what L1 holds now, once that is invalidated. */
  Runnable staleAfter(Invalidation invalidation) {
    return staleAfter(invalidation, this::put);
  }

  /** The same for L1 alone. */
  Runnable staleInMemoryAfter(Invalidation invalidation) {
    return staleAfter(invalidation, this::putInMemory);
  }

  private interface Put {
    boolean put(String key, CacheEntry entry, Mark mark);
  }

  private Runnable staleAfter(Invalidation invalidation, Put put) {
    Mark before = mark();
    Map<String, CacheEntry> concerned = memory.concernedBy(invalidation);
    return () -> {
      Mark mark = mark();
      long later = mark.millis() + 1; // one of the same millisecond would count as invalidated
      concerned.forEach(
          (key, entry) -> {
            boolean elsewise =
                coherence.concernsSince(
                    before, changes, key, resource(key), entry.tags(), invalidation);
            if (!elsewise && memory.peek(key) == null) {
              put.put(key, entry.madeStale(later), mark);
            }
          });
    };
  }

  /** What L1 has of it, by key. */
  Map<String, CacheEntry> concernedBy(Invalidation invalidation) {
    return memory.concernedBy(invalidation);
  }

  /**
   * What an invalidation concerns now, in the tiers of this process; waits for L2.
   *
   * @param inMemory whether L1 counts
   * @param inRedis whether L2 does
   * @param goesOn asked while L2 is looked through; where it says no, a part is counted
   */
  public Survey survey(
      Invalidation invalidation, boolean inMemory, boolean inRedis, BooleanSupplier goesOn) {
    return coherence.survey(invalidation, inMemory, inRedis, goesOn);
  }

  /**
   * Lists entries of the tiers of this process in the order of their keys; waits for L2.
   *
   * @param pattern which keys; null for all
   * @param limit the most entries
   * @param goesOn asked while L2 is looked through; where it says no, the list has a part
   */
  public Listings list(
      @Nullable KeyPattern pattern,
      boolean inMemory,
      boolean inRedis,
      int limit,
      BooleanSupplier goesOn) {
    return coherence.list(pattern, inMemory, inRedis, limit, goesOn);
  }

  /** What the tiers of this process have under a key; counts as no look-up, and waits for L2. */
  public @Nullable Inspected inspect(String key) {
    CacheEntry held = coherence.peek(key);
    ReadEntry read = redis == null ? null : redis.read(key);
    if (read == null) {
      return held == null ? null : new Inspected(held, true, null);
    }
    boolean own = held == null && resourceOf(key) != null;
    CacheEntry entry = own ? codec.decode(key, read.value()) : held;
    return new Inspected(entry, held != null, read.found());
  }

  /** Goes through what L1 holds. */
  void forEachInMemory(BiConsumer<String, CacheEntry> action) {
    memory.forEach(action);
  }

  /** Drops what every L1 of this process holds, and nothing else. */
  public Removed dropFromEveryMemory(Invalidation invalidation) {
    return coherence.dropFromMemory(invalidation);
  }

  /** Removes from L1 alone; what is being made is not stored. */
  public Removed invalidateMemory(Invalidation invalidation) {
    return coherence.invalidateMemory(invalidation);
  }

  /** Drops what L1 holds, and nothing else: what L2 has, and what is being made, stays valid. */
  public Removed dropFromMemory(Invalidation invalidation) {
    return drop(invalidation, key -> {});
  }

  /** Drops what L1 holds since it is not right any more; whoever wants to know is told. */
  Removed dropInvalidated(Invalidation invalidation) {
    // A flush of everything says nothing of what has changed.
    return drop(
        invalidation, Invalidation.EVERYTHING.equals(invalidation) ? key -> {} : invalidated);
  }

  private Removed drop(Invalidation invalidation, Consumer<String> told) {
    Removed removed = memory.remove(invalidation, told);
    deletes.add(removed.entries());
    return removed;
  }

  /** Says who is told the keys of entries of L1 that are invalidated; nothing it does may fail. */
  public void onInvalidated(Consumer<String> told) {
    invalidated = told;
  }

  /** Tells so of what L1 has under a key, and of what that leads to. */
  public void tellInvalidated(String key) {
    CacheEntry entry = memory.peek(key);
    if (entry != null) {
      invalidated.accept(key);
      entry.leadsTo().forEach(invalidated);
    }
  }

  /** Says who is told what L1 has no room for; nothing it does may fail. */
  public void onEvicted(MemoryTier.Evictions told) {
    memory.onEvicted(told);
  }

  /** Removes from L2 alone; other gateways are not told. */
  public Removed invalidateRedis(Invalidation invalidation) {
    Removed removed = coherence.invalidateRedis(invalidation, null);
    deletes.add(removed.entries());
    return removed;
  }

  /** Drops from L1 what is of least use, a fraction of its memory. Returns how many bytes. */
  public long shrinkMemory(double fraction) {
    return memory.shrink(fraction);
  }

  /** Lets L1 hold no more than so many bytes from now on. */
  public void limitMemory(long bytes) {
    memory.limit(bytes);
  }

  /** The bytes that L1 holds now. */
  public long memoryBytes() {
    return memory.bytes();
  }

  /** The bytes that L1 was made for, however many it may hold now. */
  public long mostMemoryBytes() {
    return memory.mostBytes();
  }

  /** Empties L1. */
  void clear() {
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

  /** What keeps this cache true to the others. */
  public Coherence coherence() {
    return coherence;
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
