package dev.slipstream.engine.cache;

import dev.slipstream.engine.redis.Announcement;
import dev.slipstream.engine.redis.Confirmation;
import dev.slipstream.engine.redis.Deadline;
import dev.slipstream.engine.redis.HeldEntry;
import dev.slipstream.engine.redis.Listening;
import dev.slipstream.engine.redis.RedisTier;
import dev.slipstream.engine.redis.RedisValue;
import dev.slipstream.engine.redis.RemovalCount;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What keeps the caches of this process true to L2 and to the gateways that share it. Thread-safe.
 *
 * <p>An invalidation goes through here to every cache of the process, to L2 and, announced by it,
 * to the caches of the other gateways. An entry in L1 is used as it is while this gateway hears
 * their announcements; where one may have been missed, L2 confirms the entry first. Without L2 an
 * entry lives for as long as L1 keeps it: to lose L2 must not send all requests to the application.
 */
public final class Coherence implements AutoCloseable {
  /** For how long an entry is as good as just confirmed while nothing is heard. */
  private static final long CONFIRMED_NANOS = Duration.ofSeconds(2).toNanos();

  /** By how much an instant may be off that was turned from one clock's to the other's and back. */
  private static final long CLOCKS_DIFFER_MILLIS = 100;

  private final @Nullable RedisTier redis;
  private final InstantSource clock;
  private final LongSupplier nanoTicker;
  private final InvalidationLog log = new InvalidationLog();
  private final Waiting waiting = new Waiting();
  private final Queue<Invalidation> underWay = new ConcurrentLinkedQueue<>();
  private final ConcurrentMap<String, Integer> unsettled = new ConcurrentHashMap<>();
  private final List<WeakReference<TieredCache>> caches = new CopyOnWriteArrayList<>();
  private final LongAdder confirmed = new LongAdder();
  private final LongAdder notConfirmed = new LongAdder();

  /** Ties caches to an L2, which is not started yet; null where there is none. */
  public Coherence(@Nullable RedisTier redis, InstantSource clock, LongSupplier nanoTicker) {
    this.redis = redis;
    this.clock = clock;
    this.nanoTicker = nanoTicker;
    if (redis != null) {
      redis.onAnnouncement(this::heard);
      redis.heardUpTo(log::position);
    }
  }

  /** Takes a cache in, for as long as somebody else holds it. */
  void add(TieredCache cache) {
    caches.removeIf(reference -> reference.get() == null);
    caches.add(new WeakReference<>(cache));
    log.begin(cache.changes());
  }

  /** L2, or null where there is none. */
  public @Nullable RedisTier redis() {
    return redis;
  }

  TieredCache.Mark mark() {
    long position = log.position();
    long millis = clock.millis();
    if (redis == null) {
      return new TieredCache.Mark(position, millis, Held.Known.ALONE);
    }
    Listening listening = redis.listening();
    int generation = listening == null ? 0 : listening.generation();
    Held.Known known = new Held.Known(generation, millis, nanoTicker.getAsLong());
    return new TieredCache.Mark(position, millis, known);
  }

  boolean concernsSince(
      TieredCache.Mark mark,
      InvalidationLog.Changes changes,
      String key,
      String resource,
      Collection<String> tags) {
    return log.concernsSince(mark.position(), changes, key, resource, tags);
  }

  /** The same, of all but one invalidation. */
  boolean concernsSince(
      TieredCache.Mark mark,
      InvalidationLog.Changes changes,
      String key,
      String resource,
      Collection<String> tags,
      Invalidation but) {
    return log.concernsSince(mark.position(), changes, key, resource, tags, but);
  }

  /** Whether an entry is known to be untouched since a position of the log. */
  boolean isUntouchedSince(
      long position,
      InvalidationLog.Changes changes,
      String key,
      String resource,
      Collection<String> tags) {
    return log.isUntouchedSince(position, changes, key, resource, tags);
  }

  /**
   * What is known of an entry that was in L2 at a mark. What this gateway did not hear of may have
   * come at any time since the entry was begun, and is to be found out as soon as that is noticed.
   */
  Held.Known known(RedisValue value, TieredCache.Mark mark) {
    Held.Known now = mark.known();
    return value.confirmed()
        ? now
        : new Held.Known(
            now.generation(),
            value.begunAtMillis() - CLOCKS_DIFFER_MILLIS,
            now.nanos() - CONFIRMED_NANOS);
  }

  /** Whether an entry was invalidated since a mark; what else has changed does not count. */
  boolean isInvalidatedSince(TieredCache.Mark mark, String key, Collection<String> tags) {
    return log.isInvalidatedSince(mark.position(), key, tags);
  }

  boolean concernsStoredAt(long millis, String key, CacheEntry entry) {
    return log.concernsStoredAt(millis, key, entry.tags());
  }

  /** Whether an invalidation that concerns the entry has not reached L2 yet. */
  boolean isUnderWay(String key, CacheEntry entry) {
    if (waiting.concerns(key, entry.tags())) {
      return true;
    }
    return !underWay.isEmpty()
        && underWay.stream().anyMatch(invalidation -> invalidation.concerns(key, entry.tags()));
  }

  /** Whether L2 may not have heard yet that the resource has changed. */
  boolean isUnsettled(String resource) {
    return !unsettled.isEmpty() && unsettled.containsKey(resource);
  }

  /** Notes a change of which L2 is about to hear. Returns what is to run once it has. */
  Runnable unsettled(String resource) {
    unsettled.merge(resource, 1, Integer::sum);
    AtomicBoolean once = new AtomicBoolean();
    return () -> {
      if (!once.getAndSet(true)) {
        unsettled.computeIfPresent(resource, (same, count) -> count == 1 ? null : count - 1);
      }
    };
  }

  /** Whether an entry of L1 can be used without asking. */
  boolean isCurrent(Held held) {
    Listening listening = redis == null ? null : redis.listening();
    if (listening == null) {
      return true;
    }
    Held.Known known = held.known();
    long now = nanoTicker.getAsLong();
    return (known.generation() == listening.generation() && listening.isListening(now))
        || now - known.nanos() < CONFIRMED_NANOS;
  }

  /** What becomes of an entry of L1 that cannot be used without asking. */
  enum Verdict {
    /** It is used. */
    USE,
    /** It is dropped. */
    DROP,
    /** It is kept, and this time not used. */
    LEAVE
  }

  /** Asks L2 for an entry; while one thread does, it is as good as it was for the others. */
  Verdict confirm(String key, Held held, RedisTier tier, Deadline deadline) {
    if (!held.takeToConfirm()) {
      return held.isDoubtful() ? Verdict.LEAVE : Verdict.USE;
    }
    Held.Known now = mark().known();
    Held.Known known = held.known();
    boolean isConfirmed = false;
    try {
      Confirmation said =
          tier.confirm(
              new HeldEntry(
                  key, held.id(), held.begunAtMillis(), known.millis(), held.entry().tags()),
              deadline);
      if (said == Confirmation.VALID || said == Confirmation.UNKNOWN) {
        held.confirmed(now);
        isConfirmed = true;
        confirmed.increment();
        return Verdict.USE;
      }
      if (said == Confirmation.LOST) {
        return Verdict.USE;
      }
      notConfirmed.increment();
      held.doubt();
      return said == Confirmation.UNANSWERED ? Verdict.LEAVE : Verdict.DROP;
    } finally {
      if (!isConfirmed) {
        held.given();
      }
    }
  }

  /**
   * What an invalidation concerns now; waits for L2.
   *
   * @param inMemory whether L1 counts
   * @param inRedis whether L2 does
   * @param goesOn asked while L2 is looked through
   */
  Survey survey(
      Invalidation invalidation, boolean inMemory, boolean inRedis, BooleanSupplier goesOn) {
    Survey.Counting counting = new Survey.Counting(invalidation);
    if (inMemory) {
      Map<String, CacheEntry> concerned = new HashMap<>();
      caches().forEach(cache -> concerned.putAll(cache.concernedBy(invalidation)));
      counting.inMemory(concerned);
    }
    boolean complete = true;
    if (inRedis && redis != null) {
      Predicate<String> keysOfInterest =
          invalidation.isOfKeys() ? invalidation::matches : key -> true;
      complete =
          redis.find(keysOfInterest, goesOn, found -> counting.inRedis(found.key(), found.tags()));
    }
    return counting.done(complete);
  }

  /**
   * Lists entries of the caches of this process in the order of their keys.
   *
   * @param pattern which keys; null for all
   * @param goesOn asked while L2 is looked through
   */
  Listings list(
      @Nullable KeyPattern pattern,
      boolean inMemory,
      boolean inRedis,
      int limit,
      BooleanSupplier goesOn) {
    Listing.Collecting collecting = new Listing.Collecting(pattern, limit, clock.millis());
    if (inMemory) {
      caches().forEach(cache -> cache.forEachInMemory(collecting::inMemory));
    }
    boolean complete =
        !inRedis || redis == null || redis.find(collecting::wants, goesOn, collecting::inRedis);
    return new Listings(collecting.inOrder(), complete);
  }

  /** What an L1 of this process has under a key, or null; neither counted nor a use of it. */
  @Nullable CacheEntry peek(String key) {
    for (TieredCache cache : caches()) {
      CacheEntry entry = cache.peek(key);
      if (entry != null) {
        return entry;
      }
    }
    return null;
  }

  /** Drops from L1 of every cache, and nothing else. Returns what that was. */
  Removed dropFromMemory(Invalidation invalidation) {
    Removed removed = Removed.NOTHING;
    for (TieredCache cache : caches()) {
      removed = removed.plus(cache.dropFromMemory(invalidation));
    }
    return removed;
  }

  /** Removes from L1 of every cache. Returns what that was. */
  Removed invalidateMemory(Invalidation invalidation) {
    log.record(invalidation, clock.millis());
    Removed removed = Removed.NOTHING;
    for (TieredCache cache : caches()) {
      removed = removed.plus(cache.dropInvalidated(invalidation));
    }
    return removed;
  }

  /**
   * Removes from L2, and from L1 what came from there meanwhile.
   *
   * @param kind what the other gateways are told; null for nothing
   */
  Removed invalidateRedis(Invalidation invalidation, Announcement.@Nullable Kind kind) {
    if (redis == null) {
      return Removed.NOTHING;
    }
    RemovalCount count = redis.invalidate(invalidation.tags(), invalidation.globs(), kind);
    if (kind != null) {
      invalidateMemory(invalidation);
    }
    return new Removed(count.entries(), count.byTags(), count.byPatterns());
  }

  /**
   * What an invalidation removed.
   *
   * @param memory from L1
   * @param redis from L2
   */
  public record Outcome(Removed memory, Removed redis) {}

  /** Removes from every L1 and from L2. */
  Outcome invalidate(Invalidation invalidation, Announcement.Kind kind) {
    underWay.add(invalidation);
    try {
      return new Outcome(invalidateMemory(invalidation), invalidateRedis(invalidation, kind));
    } finally {
      underWay.remove(invalidation);
    }
  }

  /**
   * The same, for L2 on another thread; until then, nothing of it comes from L2.
   *
   * @param counted removes from L2 and counts
   * @param joined does where the first cannot, as {@link #invalidateBehind} does
   * @param redisToo is told what was removed from L2, where there is one; of what is joined,
   *     nothing
   * @return what was removed from L1
   */
  Removed invalidate(
      Invalidation invalidation,
      TieredCache.Attempts counted,
      Executor joined,
      Consumer<Removed> redisToo) {
    if (redis == null) {
      return invalidateMemory(invalidation);
    }
    underWay.add(invalidation);
    Removed removed = invalidateMemory(invalidation);
    counted.run(
        () -> {
          Removed there = invalidateRedis(invalidation, Announcement.Kind.INVALIDATED);
          underWay.remove(invalidation);
          redisToo.accept(there);
        },
        () -> {
          join(invalidation, joined);
          underWay.remove(invalidation);
          redisToo.accept(Removed.NOTHING);
        });
    return removed;
  }

  /**
   * Removes from every L1, and from L2 later, together with others that wait for that; until then,
   * nothing of it comes from L2.
   */
  void invalidateBehind(Invalidation invalidation, Executor background) {
    if (redis == null) {
      invalidateMemory(invalidation);
      return;
    }
    underWay.add(invalidation);
    invalidateMemory(invalidation);
    join(invalidation, background);
    underWay.remove(invalidation);
  }

  private void join(Invalidation invalidation, Executor background) {
    if (waiting.add(invalidation)) {
      background.execute(() -> carryOut(background));
    }
  }

  private void carryOut(Executor background) {
    Invalidation all = waiting.moveTo(underWay);
    try {
      invalidateRedis(all, Announcement.Kind.INVALIDATED);
    } finally {
      underWay.remove(all);
      if (waiting.again()) {
        background.execute(() -> carryOut(background));
      }
    }
  }

  /** Makes stale what an invalidation concerns in every L1, and removes it from L2. */
  Outcome makeStale(Invalidation invalidation) {
    List<Runnable> after = caches().stream().map(cache -> cache.staleAfter(invalidation)).toList();
    Outcome outcome = invalidate(invalidation, Announcement.Kind.MADE_STALE);
    after.forEach(Runnable::run);
    return outcome;
  }

  private void heard(Announcement announcement) {
    Invalidation invalidation = Invalidation.of(announcement.tags(), announcement.patterns());
    switch (announcement.kind()) {
      case INVALIDATED -> invalidateMemory(invalidation);
      case MADE_STALE -> {
        List<Runnable> after =
            caches().stream().map(cache -> cache.staleInMemoryAfter(invalidation)).toList();
        invalidateMemory(invalidation);
        after.forEach(Runnable::run);
      }
      case CHANGED ->
          caches().forEach(cache -> announcement.keys().forEach(key -> changed(key, cache)));
    }
  }

  /** Drops what a cache's L1 has under a key, and remembers that what it is made of has changed. */
  void changed(String key, TieredCache cache) {
    String resource = cache.resourceOf(key);
    if (resource != null) {
      log.recordChange(cache.changes(), resource);
      cache.tellInvalidated(key);
      cache.dropAll(key);
    }
  }

  /** The same in every cache of the process. */
  void changed(String key) {
    caches().forEach(cache -> changed(key, cache));
  }

  private List<TieredCache> caches() {
    return caches.stream().flatMap(reference -> Stream.ofNullable(reference.get())).toList();
  }

  /** Entries of L1 that L2 confirmed since the start. */
  public long confirmed() {
    return confirmed.sum();
  }

  /** Entries of L1 that L2 did not confirm since the start. */
  public long notConfirmed() {
    return notConfirmed.sum();
  }

  /** Empties every L1 and lets L2 go, where what is stored stays. */
  @Override
  public void close() {
    if (redis != null) {
      redis.close();
    }
    caches().forEach(TieredCache::clear);
  }
}
