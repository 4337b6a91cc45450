package dev.slipstream.engine.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Policy;
import com.github.benmanes.caffeine.cache.RemovalCause;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * L1: the tier in this process, bounded in bytes, each entry with an expiry of its own.
 *
 * <p>Thread-safe. Eviction is Caffeine's W-TinyLFU; its upkeep runs in the threads that use the
 * tier, a little at a time, so that the tier needs no thread and borrows none of the application's.
 */
public final class MemoryTier {
  private static final long ENTRY_OVERHEAD_BYTES = 160; // Caffeine's node and table slot

  private final InstantSource clock;
  private final long maxBytes;
  private final Cache<String, CacheEntry> entries;
  private final Policy.Eviction<String, CacheEntry> eviction;
  private final LongAdder hits = new LongAdder();
  private final LongAdder misses = new LongAdder();
  private final LongAdder puts = new LongAdder();
  private final LongAdder evictions = new LongAdder();
  private final LongAdder expirations = new LongAdder();

  /** Makes an empty tier. */
  public MemoryTier(long maxBytes, InstantSource clock) {
    this.clock = clock;
    this.maxBytes = maxBytes;
    this.entries =
        Caffeine.newBuilder()
            .maximumWeight(maxBytes)
            .weigher(MemoryTier::weigh)
            .expireAfter(Expiry.<String, CacheEntry>writing(this::untilExpiry))
            .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
            .executor(Runnable::run)
            .evictionListener(this::evicted)
            .build();
    this.eviction = entries.policy().eviction().orElseThrow();
  }

  /** The live entry under a key, or null; the look-up is not counted. */
  public @Nullable CacheEntry find(String key) {
    return entries.getIfPresent(key);
  }

  /** Counts one look-up, of however many steps it was. */
  public void count(boolean found) {
    (found ? hits : misses).increment();
  }

  /** Keeps an entry under a key in place of what was there. */
  public void put(String key, CacheEntry entry) {
    entries.put(key, entry);
    puts.increment();
  }

  /** Replaces what is under a key by a function of it, atomically. */
  public void update(String key, UnaryOperator<@Nullable CacheEntry> change) {
    entries.asMap().compute(key, (same, entry) -> change.apply(entry));
  }

  /** Whether there is a live entry under a key; neither counted nor taken for a use of it. */
  public boolean contains(String key) {
    return entries.policy().getIfPresentQuietly(key) != null;
  }

  /** Removes what is under a key. */
  public void remove(String key) {
    entries.invalidate(key);
  }

  /** Removes every entry. Returns how many there were. */
  public long clear() {
    entries.cleanUp();
    long count = entries.estimatedSize();
    entries.invalidateAll();
    return count;
  }

  /** What the tier holds and has done. */
  public MemoryTierStatistics statistics() {
    entries.cleanUp();
    return new MemoryTierStatistics(
        entries.estimatedSize(),
        eviction.weightedSize().orElse(0),
        maxBytes,
        hits.sum(),
        misses.sum(),
        puts.sum(),
        evictions.sum(),
        expirations.sum());
  }

  private static int weigh(String key, CacheEntry entry) {
    long weight = ENTRY_OVERHEAD_BYTES + 48 + key.length() + entry.weightBytes();
    return (int) Math.min(Integer.MAX_VALUE, weight);
  }

  private Duration untilExpiry(String key, CacheEntry entry) {
    return Duration.ofMillis(Math.max(0, entry.expiresAtMillis() - clock.millis()));
  }

  private void evicted(@Nullable String key, @Nullable CacheEntry entry, RemovalCause cause) {
    (cause == RemovalCause.EXPIRED ? expirations : evictions).increment();
  }
}
