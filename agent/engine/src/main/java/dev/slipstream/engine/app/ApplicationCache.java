package dev.slipstream.engine.app;

import dev.slipstream.engine.cache.CacheEntry;
import dev.slipstream.engine.cache.Invalidation;
import dev.slipstream.engine.cache.TieredCache;
import dev.slipstream.engine.redis.Written;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The caches of one application, that is of one class loader: what they hold in this process, and
 * the way to L2. Thread-safe.
 */
final class ApplicationCache {
  private static final long DELETED_MILLIS = Duration.ofMinutes(5).toMillis();

  private final TieredCache cache;
  private final Json json;
  private final Loads loads;
  private final Counters counters;
  private final InstantSource clock;
  private final long defaultTtlMillis;

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
    return value(cache.reader().get(key), type);
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
  Begun load(String key, Terms terms) {
    Begun begun = begin(key, terms, Thread.currentThread());
    if (!(begun instanceof Awaited awaited)) {
      return begun;
    }
    Loads.Outcome outcome = loads.await(awaited.load());
    if (outcome.loaded()
        && (outcome.value() == null || Types.hold(outcome.value(), terms.type()))) {
      counters.collapsed.increment();
      return new Found(outcome.value());
    }
    counters.alone.increment();
    return new Loading(null);
  }

  /** The same without waiting. */
  Begun begin(String key, Terms terms, @Nullable Thread thread) {
    Loads.Boarding boarding = loads.board(key, terms.tags(), thread);
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
      Object value = find(key, terms.type()); // the one who loads looks for all, in L2 too
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
    loaded(key, load, value, terms, false);
  }

  /**
   * The same.
   *
   * @param through whether it goes to L2 before what nobody waits for
   * @return what the caller may {@link #await}
   */
  Written loaded(
      String key, Loads.@Nullable Load load, @Nullable Object value, Terms terms, boolean through) {
    counters.loads.increment();
    Writing writing = new Writing();
    if (load == null) {
      return writing.written;
    }
    boolean done = false;
    try {
      ApplicationEntry entry = value == null ? null : entry(key, value, terms);
      loads.end(
          load,
          value,
          entry == null
              ? null
              : () -> writing.begun(store(key, entry, load.mark(), through), counters));
      done = true;
      return writing.written;
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

  /** Stores a value in place of what was there. Returns what the caller may {@link #await}. */
  Written set(String key, Object value, Terms terms) {
    ApplicationEntry entry = entry(key, value, terms);
    if (entry == null) {
      return delete(key);
    }
    boolean local = isShared() && !entry.hasBytes();
    if (local) {
      counters.keptLocal.increment();
    }
    Writing writing = new Writing();
    loads.supersede(
        key, () -> writing.begun(cache.set(key, entry, local ? nothing() : entry), counters));
    return writing.written;
  }

  /** Removes what is under a key. Returns what the caller may {@link #await}. */
  Written delete(String key) {
    Writing writing = new Writing();
    loads.supersede(key, () -> writing.written = cache.replace(key, nothing(), cache.mark()));
    return writing.written;
  }

  /** What is written under the lock of a key, to be awaited outside of it. */
  private static final class Writing {
    private Written written = Written.NEVER;

    private void begun(@Nullable Written stored, Counters counters) {
      if (stored != null) {
        written = stored;
        counters.sets.increment();
      }
    }
  }

  /** Waits until L2 has it, no longer than a request may. */
  boolean await(Written written) {
    return cache.await(written);
  }

  private ApplicationEntry nothing() {
    long now = clock.millis();
    return ApplicationEntry.nothing(now, now + DELETED_MILLIS);
  }

  private @Nullable Written store(
      String key, ApplicationEntry entry, TieredCache.Mark mark, boolean through) {
    boolean local = isShared() && !entry.hasBytes();
    if (local) {
      counters.keptLocal.increment();
    }
    if (through && !local) {
      return cache.putFirst(key, entry, mark);
    }
    boolean stored = local ? cache.putInMemory(key, entry, mark) : cache.put(key, entry, mark);
    return stored ? Written.NEVER : null;
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

  /**
   * Removes from every L1 of the process, and from L2 on another thread.
   *
   * @param redisToo is told how many entries of L2 that were, as far as that is known: 0 where too
   *     many wait for an answer, and this one is joined to others that nobody waits for
   * @return how many entries of L1
   */
  long invalidate(
      Invalidation what, TieredCache.Attempts counted, Executor joined, LongConsumer redisToo) {
    return cache
        .invalidate(what, counted, joined, removed -> redisToo.accept(removed.entries()))
        .entries();
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
