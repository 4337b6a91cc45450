package dev.slipstream.engine.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Policy;
import com.github.benmanes.caffeine.cache.RemovalCause;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * L1: the tier in this process, bounded in bytes, each entry with an expiry of its own.
 *
 * <p>Thread-safe. Eviction is Caffeine's W-TinyLFU; its upkeep runs in the threads that use the
 * tier, a little at a time, so that the tier needs no thread and borrows none of the application's.
 */
public final class MemoryTier {
  /**
   * What an entry takes beside itself and its key: Held 48, with an L2 Known 32, the rest
   * Caffeine's nodes, tables and sketch, as measured by StoredWeightTest.
   */
  private static final long ENTRY_OVERHEAD_BYTES = 168;

  /** Caffeine's search goes a step on after ten times as many as there are. */
  private static final long PUTS_FOR_AN_ENTRY = 8;

  private static final int LEAST_PUTS = 5_000;

  /** Fewer hits than one for so many tell nothing of how the room is best divided. */
  private static final int PUTS_FOR_A_HIT = 100;

  private final InstantSource clock;
  private final long maxBytes;
  private final @Nullable Integer maxItems;
  private final long maxWeight;
  private final long leastWeight;
  private final boolean counting;
  private final long longestStayMillis;
  private final Cache<String, Held> entries;
  private final Policy.Eviction<String, Held> eviction;
  private volatile Evictions evicted = (key, bytes, expiresAtMillis) -> {};
  private volatile long limitBytes;
  private volatile boolean isCut;
  private int putsUntilLook = LEAST_PUTS; // about; of all threads
  private long hitsAtLook;
  private long putsAtLook;
  private final LongAdder hits = new LongAdder();
  private final LongAdder misses = new LongAdder();
  private final LongAdder puts = new LongAdder();
  private final LongAdder evictions = new LongAdder();
  private final LongAdder cutEvictions = new LongAdder();
  private final LongAdder expirations = new LongAdder();
  private final LongAdder removals = new LongAdder();
  private final LongAdder replacements = new LongAdder();

  /**
   * Makes an empty tier.
   *
   * @param longestStay after which an entry is dropped, however long it is fresh
   */
  public MemoryTier(long maxBytes, Duration longestStay, InstantSource clock) {
    this(maxBytes, null, false, longestStay, clock);
  }

  /**
   * Makes an empty tier that is bounded in entries, too. Caffeine knows one bound: each entry
   * counts for {@code maxBytes / maxItems} at least, so that either bound holds, and a mixture of
   * many small and some large entries reaches the common one before it reaches either.
   *
   * @param maxItems the most entries; null for as many as fit
   * @param longestStay after which an entry is dropped, however long it is fresh
   */
  public MemoryTier(
      long maxBytes, @Nullable Integer maxItems, Duration longestStay, InstantSource clock) {
    this(maxBytes, maxItems, false, longestStay, clock);
  }

  /** Makes an empty tier that is bounded in entries: {@code maxMemoryBytes} counts these. */
  public static MemoryTier counting(long maxEntries, Duration longestStay, InstantSource clock) {
    return new MemoryTier(maxEntries, null, true, longestStay, clock);
  }

  private MemoryTier(
      long maxBytes,
      @Nullable Integer maxItems,
      boolean counting,
      Duration longestStay,
      InstantSource clock) {
    this.counting = counting;
    this.clock = clock;
    this.maxItems = maxItems;
    this.maxWeight =
        maxItems == null ? maxBytes : Math.min(maxBytes, (long) maxItems * Integer.MAX_VALUE);
    this.leastWeight = maxItems == null ? 0 : (maxWeight + maxItems - 1) / maxItems;
    this.longestStayMillis = longestStay.toMillis();
    this.maxBytes = maxBytes;
    this.limitBytes = maxBytes;
    this.entries =
        Caffeine.newBuilder()
            .maximumWeight(maxWeight)
            .weigher(this::weigh)
            .expireAfter(Expiry.<String, Held>writing(this::untilExpiry))
            .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
            .executor(Runnable::run)
            .removalListener(this::removed)
            .build();
    this.eviction = entries.policy().eviction().orElseThrow();
  }

  /** Is told what there was no room for. */
  public interface Evictions {
    /**
     * An entry had to go, and not because the tier was made smaller.
     *
     * @param expiresAtMillis when it would have gone by itself, in milliseconds since 1970; asked
     *     for only where that matters, since the entry is in no cache of the processor any more
     */
    void told(String key, long bytes, LongSupplier expiresAtMillis);
  }

  /** Says who is told what there was no room for. */
  void onEvicted(Evictions told) {
    evicted = told;
  }

  /** The live entry under a key, or null. */
  @Nullable Held get(String key) {
    Held held = entries.getIfPresent(key);
    (held == null ? misses : hits).increment();
    return held;
  }

  /** Keeps an entry under a key in place of what was there. */
  void put(String key, Held held) {
    entries.put(key, held);
    puts.increment();
    if (--putsUntilLook <= 0) {
      look();
    }
  }

  /**
   * Begins Caffeine's search for the best share of newcomers anew where next to nothing is hit. It
   * follows the hit rate, and goes on in its last direction where that stays at nothing: up to 80 %
   * of the tier is newcomers then, none of which is hit, and each of which lives long enough for
   * the collector to copy and mark it. Few newcomers are thrown out while they are young.
   */
  private synchronized void look() {
    if (putsUntilLook > 0) {
      return; // another thread has
    }
    long many = Math.max(LEAST_PUTS, PUTS_FOR_AN_ENTRY * entries.estimatedSize());
    putsUntilLook = (int) Math.min(Integer.MAX_VALUE, many);
    long hitsNow = hits.sum();
    long putsNow = puts.sum();
    long maximum = eviction.getMaximum();
    if ((hitsNow - hitsAtLook) * PUTS_FOR_A_HIT < putsNow - putsAtLook && maximum > 0) {
      eviction.setMaximum(maximum - 1); // to set what is set already does nothing
      eviction.setMaximum(maximum);
    }
    hitsAtLook = hitsNow;
    putsAtLook = putsNow;
  }

  /** Replaces what is under a key by a function of it, atomically. */
  void update(String key, UnaryOperator<@Nullable Held> change) {
    entries.asMap().compute(key, (same, held) -> change.apply(held));
  }

  /** The live entry under a key, or null; neither counted nor taken for a use of it. */
  @Nullable CacheEntry peek(String key) {
    Held held = entries.policy().getIfPresentQuietly(key);
    return held == null ? null : held.entry();
  }

  /** Removes what is under a key. */
  void remove(String key) {
    entries.invalidate(key);
  }

  /** Removes what is under a key, if it is still that. */
  void remove(String key, Held held) {
    entries.asMap().remove(key, held);
  }

  /** Goes through the entries. */
  void forEach(BiConsumer<String, CacheEntry> action) {
    entries.asMap().forEach((key, held) -> action.accept(key, held.entry()));
  }

  /** What an invalidation concerns, by key. */
  Map<String, CacheEntry> concernedBy(Invalidation invalidation) {
    Map<String, CacheEntry> concerned = new HashMap<>();
    int bits = invalidation.tagBits();
    entries
        .asMap()
        .forEach(
            (key, held) -> {
              if (hasTagOf(held, bits, invalidation) || invalidation.matches(key)) {
                concerned.put(key, held.entry());
              }
            });
    return concerned;
  }

  /** Removes what an invalidation concerns, and tells the keys of it. */
  Removed remove(Invalidation invalidation, Consumer<String> told) {
    long[] counts = new long[3];
    int bits = invalidation.tagBits();
    entries
        .asMap()
        .entrySet()
        .removeIf(
            entry -> {
              boolean tagged = hasTagOf(entry.getValue(), bits, invalidation);
              boolean matched = invalidation.matches(entry.getKey());
              counts[0] += tagged || matched ? 1 : 0;
              counts[1] += tagged ? 1 : 0;
              counts[2] += matched ? 1 : 0;
              if (tagged || matched) {
                told.accept(entry.getKey());
              }
              return tagged || matched;
            });
    return new Removed(counts[0], counts[1], counts[2]);
  }

  /** Whether tags mean an entry: most are passed by without a look into them. */
  private static boolean hasTagOf(Held held, int bits, Invalidation invalidation) {
    return (held.tagBits() & bits) != 0 && invalidation.hasTagOf(held.entry().tags());
  }

  /** Removes every entry. Returns how many there were. */
  long clear() {
    entries.cleanUp();
    long count = entries.estimatedSize();
    entries.invalidateAll();
    return count;
  }

  /**
   * Drops what is of least use.
   *
   * @param fraction of the memory in use, 0 to 1
   * @return how many bytes that were
   */
  synchronized long shrink(double fraction) {
    if (!(fraction >= 0 && fraction <= 1)) {
      throw new IllegalArgumentException("fraction " + fraction + "; accepted: 0 to 1");
    }
    long before = bytes();
    long maximum = eviction.getMaximum();
    isCut = true;
    try {
      eviction.setMaximum((long) (eviction.weightedSize().orElse(0) * (1 - fraction)));
      entries.cleanUp();
    } finally {
      eviction.setMaximum(maximum);
      isCut = limitBytes < maxBytes;
    }
    return Math.max(0, before - bytes());
  }

  /**
   * Holds no more than so many bytes from now on; what is over that is dropped at once.
   *
   * @param bytes more than the tier was made for counts as that
   */
  synchronized void limit(long bytes) {
    if (bytes < 0) {
      throw new IllegalArgumentException(bytes + " bytes; accepted: 0 and more");
    }
    limitBytes = Math.min(maxBytes, bytes);
    isCut = limitBytes < maxBytes;
    eviction.setMaximum((long) ((double) maxWeight / maxBytes * limitBytes));
    entries.cleanUp();
  }

  /** The bytes that it was made for, however many it may hold now. */
  long mostBytes() {
    return maxBytes;
  }

  /** The bytes that it holds now. */
  long bytes() {
    entries.cleanUp();
    if (maxItems == null) {
      return eviction.weightedSize().orElse(0);
    }
    long[] sum = new long[1];
    entries.asMap().forEach((key, held) -> sum[0] += heapBytes(key, held));
    return sum[0];
  }

  /** What the tier holds and has done. */
  public MemoryTierStatistics statistics() {
    long bytes = bytes();
    return new MemoryTierStatistics(
        entries.estimatedSize(),
        maxItems,
        bytes,
        limitBytes,
        hits.sum(),
        misses.sum(),
        puts.sum(),
        evictions.sum(),
        cutEvictions.sum(),
        expirations.sum(),
        removals.sum(),
        replacements.sum());
  }

  private int weigh(String key, Held held) {
    if (counting) {
      return 1;
    }
    long weight = Math.max(leastWeight, heapBytes(key, held));
    return (int) Math.min(Integer.MAX_VALUE, weight);
  }

  private static int heapBytes(String key, Held held) {
    int known = held.weight();
    if (known == 0) {
      long bytes = ENTRY_OVERHEAD_BYTES + HeapBytes.of(key) + held.entry().weightBytes();
      known = (int) Math.min(Integer.MAX_VALUE, bytes);
      held.weighs(known);
    }
    return known;
  }

  private Duration untilExpiry(String key, Held held) {
    long left = held.entry().expiresAtMillis() - clock.millis();
    return Duration.ofMillis(Math.max(0, Math.min(longestStay(), left)));
  }

  /** Up to a quarter shorter, at random, so that what came together does not go together. */
  private long longestStay() {
    return longestStayMillis - ThreadLocalRandom.current().nextLong(longestStayMillis / 4);
  }

  private void removed(@Nullable String key, @Nullable Held held, RemovalCause cause) {
    switch (cause) {
      case SIZE -> {
        evictions.increment();
        if (isCut) {
          cutEvictions.increment();
        } else if (key != null && held != null) {
          evicted.told(key, heapBytes(key, held), held.entry()::expiresAtMillis);
        }
      }
      case EXPIRED -> expirations.increment();
      case EXPLICIT -> removals.increment();
      case REPLACED -> replacements.increment();
      case COLLECTED -> {} // no reference here is weak
    }
  }
}
