package dev.slipstream.engine.app;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.slipstream.engine.cache.CacheEntry;
import dev.slipstream.engine.cache.Invalidation;
import dev.slipstream.engine.cache.TieredCache;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The caches of one application, that is of one class loader: what they hold in this process, and
 * the way to L2. Thread-safe.
 *
 * <p>L2 is written behind the caller. So a key that was changed here is not looked up there for
 * {@value #CHANGED_SECONDS} s: an older value would come back.
 */
final class ApplicationCache {
  private static final int CHANGED_SECONDS = 10;
  private static final int MOST_CHANGED = 10_000;
  private static final long DELETED_MILLIS = Duration.ofMinutes(5).toMillis();

  private final TieredCache cache;
  private final Json json;
  private final Loads loads;
  private final Counters counters;
  private final InstantSource clock;
  private final long defaultTtlMillis;
  private final Cache<String, Boolean> changed;

  ApplicationCache(
      TieredCache cache,
      Json json,
      Loads loads,
      Counters counters,
      Duration defaultTtl,
      InstantSource clock) {
    this.cache = cache;
    this.json = json;
    this.loads = loads;
    this.counters = counters;
    this.defaultTtlMillis = defaultTtl.toMillis();
    this.clock = clock;
    this.changed =
        Caffeine.newBuilder()
            .maximumSize(MOST_CHANGED)
            .expireAfterWrite(Duration.ofSeconds(CHANGED_SECONDS))
            .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
            .executor(Runnable::run)
            .build();
  }

  /** How a value is stored: its type or null, for how many milliseconds or null, its tags. */
  record Terms(@Nullable Type type, @Nullable Long ttlMillis, List<String> tags) {
    Terms {
      tags = List.copyOf(tags);
    }
  }

  /** Whether a look-up may have to wait for L2. */
  boolean isShared() {
    return cache.redis() != null;
  }

  /** The value under a key, or null; counted. */
  @Nullable Object get(String key, @Nullable Type type) {
    return counted(find(key, type));
  }

  /** The value that is in this process, or null; counted where there is one. */
  @Nullable Object getInMemory(String key, @Nullable Type type) {
    Object value = value(cache.memoryReader().get(key), type);
    return value == null ? null : counted(value);
  }

  private @Nullable Object counted(@Nullable Object value) {
    (value == null ? counters.misses : counters.hits).increment();
    return value;
  }

  private @Nullable Object value(@Nullable CacheEntry entry, @Nullable Type type) {
    return entry instanceof ApplicationEntry ours ? ours.value(type, json) : null;
  }

  private @Nullable Object find(String key, @Nullable Type type) {
    if (!isShared() || isChanged(key)) {
      return value(cache.memoryReader().get(key), type);
    }
    CacheEntry found = cache.reader().get(key);
    if (found instanceof ApplicationEntry entry && entry.isFromElsewhere() && isChanged(key)) {
      if (cache.peek(key) == found) {
        cache.drop(key); // it has taken the place of what was set meanwhile
      }
      return null;
    }
    return value(found, type);
  }

  private boolean isChanged(String key) {
    return changed.getIfPresent(key) != null;
  }

  /** What a caller that wants a value does. */
  sealed interface Begun {}

  /** It has the value, or shares what another caller has loaded. */
  record Found(@Nullable Object value) implements Begun {}

  /** It loads; the load is null where others are not to have what it loads. */
  record Loading(Loads.@Nullable Load load) implements Begun {}

  /** Another caller loads: see {@link #stage}. */
  record Awaited(Loads.Load load) implements Begun {}

  /**
   * Begins to load what is not there; waits for another caller that loads the same.
   *
   * @param key one that is not in this process, as {@link #getInMemory} has said
   */
  Begun load(String key, @Nullable Type type) {
    Begun begun = begin(key, type, Thread.currentThread());
    if (!(begun instanceof Awaited awaited)) {
      return begun;
    }
    Loads.Outcome outcome = loads.await(awaited.load());
    if (outcome.loaded() && (outcome.value() == null || Types.hold(outcome.value(), type))) {
      counters.collapsed.increment();
      return new Found(outcome.value());
    }
    counters.alone.increment();
    return new Loading(null);
  }

  /** The same without waiting. */
  Begun begin(String key, @Nullable Type type, @Nullable Thread thread) {
    Loads.Boarding boarding = loads.board(key, cache.mark(), thread);
    Loads.Load load = boarding.load();
    if (load == null) {
      counters.alone.increment();
      return new Loading(null);
    }
    if (!boarding.leads()) {
      return new Awaited(load);
    }
    boolean done = false;
    try {
      Object value = find(key, type); // the one who loads looks for all, in L2 too
      counted(value);
      done = true;
      if (value != null) {
        loads.end(load, value, null);
        return new Found(value);
      }
      return new Loading(load);
    } finally {
      if (!done) {
        loads.fail(load, new IllegalStateException("the look-up failed"));
      }
    }
  }

  /** What another caller loads; null where too many wait. */
  @Nullable CompletableFuture<@Nullable Object> stage(Loads.Load load) {
    return loads.stage(load);
  }

  /** Ends a load with its value, which is stored unless it is null. */
  void loaded(String key, Loads.@Nullable Load load, @Nullable Object value, Terms terms) {
    counters.loads.increment();
    if (load == null) {
      return;
    }
    boolean done = false;
    try {
      ApplicationEntry entry = value == null ? null : entry(key, value, terms);
      loads.end(load, value, entry == null ? null : () -> store(key, entry, load.mark()));
      done = true;
    } finally {
      if (!done) {
        loads.fail(load, new IllegalStateException("the value could not be stored"));
      }
    }
  }

  /** Ends a load that has failed. */
  void failed(Loads.@Nullable Load load, Throwable thrown) {
    counters.loads.increment();
    counters.failedLoads.increment();
    if (load != null) {
      loads.fail(load, thrown);
    }
  }

  /** Stores a value in place of what was there. */
  void set(String key, Object value, Terms terms) {
    ApplicationEntry entry = entry(key, value, terms);
    if (entry == null) {
      delete(key);
      return;
    }
    TieredCache.Mark mark = cache.mark();
    change(key, () -> store(key, entry, mark));
  }

  /** Removes what is under a key. */
  void delete(String key) {
    TieredCache.Mark mark = cache.mark();
    change(key, () -> replace(key, mark));
  }

  private void change(String key, Runnable change) {
    if (isShared()) {
      changed.put(key, true);
    }
    loads.supersede(key, change);
  }

  private void replace(String key, TieredCache.Mark mark) {
    long now = clock.millis();
    cache.replace(key, ApplicationEntry.nothing(now, now + DELETED_MILLIS), mark);
  }

  private void store(String key, ApplicationEntry entry, TieredCache.Mark mark) {
    boolean stored;
    if (entry.hasBytes() || !isShared()) {
      stored = cache.put(key, entry, mark);
    } else {
      counters.keptLocal.increment();
      replace(key, mark);
      stored = cache.putInMemory(key, entry, mark);
    }
    if (stored) {
      counters.sets.increment();
    }
  }

  /** An entry of a value; null where it is not to be stored. */
  private @Nullable ApplicationEntry entry(String key, Object value, Terms terms) {
    long ttl = terms.ttlMillis() == null ? defaultTtlMillis : terms.ttlMillis();
    if (ttl <= 0) {
      return null;
    }
    if (!ApplicationKeys.fit(key, terms.tags()) || !Types.hold(value, terms.type())) {
      counters.refused.increment();
      return null;
    }
    ValueForm.Encoded encoded = isShared() ? ValueForm.encode(value, terms.type(), json) : null;
    long now = clock.millis();
    long expires = ttl > Long.MAX_VALUE / 2 ? Long.MAX_VALUE / 2 : now + ttl;
    return new ApplicationEntry(value, encoded, terms.tags(), now, expires);
  }

  /** Removes from this process. Returns how many entries. */
  long invalidateMemory(Invalidation what) {
    return cache.invalidateMemory(what).entries();
  }

  /** Removes from L2; waits for it. Returns how many entries. */
  long invalidateRedis(Invalidation what) {
    return cache.invalidateRedis(what).entries();
  }

  /** Entries held in this process. */
  long entries() {
    return cache.memoryStatistics().entries();
  }

  /** Entries dropped for want of room. */
  long evictions() {
    return cache.memoryStatistics().evictions();
  }

  /** Loads under way. */
  int loadsUnderWay() {
    return loads.size();
  }

  /** Drops what is held in this process. */
  void clear() {
    cache.dropFromMemory(Invalidation.EVERYTHING);
  }
}
