package dev.slipstream.engine.app;

import dev.slipstream.engine.cache.TieredCache;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Loads of the same value at the same time: one of the callers loads, the others get what it has
 * loaded. Thread-safe.
 *
 * <p>Threads wait for a bounded time, and a bounded number of callers in all. Only a load that is
 * still the one under way when it ends is stored: neither one that took too long, nor one in whose
 * time the key was set, deleted or invalidated.
 */
final class Loads {
  private final ConcurrentHashMap<String, Load> underWay = new ConcurrentHashMap<>();
  private final TieredCache cache;
  private final Places places;
  private final long longestWaitMillis;

  /**
   * Makes what has no loads under way.
   *
   * @param cache says what was invalidated meanwhile
   * @param places how many may wait at one time
   */
  Loads(TieredCache cache, Places places, long longestWaitMillis) {
    this.cache = cache;
    this.places = places;
    this.longestWaitMillis = longestWaitMillis;
  }

  /**
   * Joins the callers that want a value.
   *
   * @param tags what the value is invalidated by
   * @param thread the thread that loads, or null where it is not known; it does not wait for itself
   */
  Boarding board(String key, List<String> tags, @Nullable Thread thread) {
    Load mine = new Load(key, tags, cache.mark(), thread);
    Load boarded =
        underWay.compute(
            key, (same, other) -> other == null || isOver(other, mine.mark) ? mine : other);
    boolean leads = boarded == mine;
    boolean inItself = !leads && thread != null && boarded.thread == thread;
    return inItself ? Boarding.ALONE : new Boarding(boarded, leads);
  }

  /**
   * What a caller does.
   *
   * @param load the load under way; null where the caller loads by itself and nothing is stored
   * @param leads whether the caller is the one who loads, and has to end it; else it may wait
   */
  record Boarding(@Nullable Load load, boolean leads) {
    static final Boarding ALONE = new Boarding(null, false);
  }

  /** Whether nobody should wait for it: it may never end, or is invalid already. */
  private boolean isOver(Load load, TieredCache.Mark now) {
    return now.millis() - load.mark.millis() >= longestWaitMillis
        || cache.isInvalidatedSince(load.mark, load.key, load.tags);
  }

  /** What others have loaded; empty where it failed, took too long, or too many wait. */
  Outcome await(Load load) {
    Places.Place place = place();
    if (place == null) {
      return Outcome.NONE;
    }
    try {
      return new Outcome(true, load.outcome.get(longestWaitMillis, TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Outcome.NONE;
    } catch (ExecutionException | TimeoutException e) {
      return Outcome.NONE;
    } finally {
      place.giveBack();
    }
  }

  private Places.@Nullable Place place() {
    long now = cache.mark().millis();
    return places.take(now, now + longestWaitMillis);
  }

  /**
   * What a caller has waited for.
   *
   * @param loaded whether there is a value, be it null
   * @param value the value
   */
  record Outcome(boolean loaded, @Nullable Object value) {
    static final Outcome NONE = new Outcome(false, null);
  }

  /**
   * A stage of what others load, their failure included; null where too many wait. It is completed
   * on the common pool: what the application hangs on it would run on whichever thread has loaded.
   * A load that does not end keeps its callers waiting, and their places no longer than others.
   */
  @Nullable CompletableFuture<@Nullable Object> stage(Load load) {
    Places.Place place = place();
    if (place == null) {
      return null;
    }
    CompletableFuture<@Nullable Object> stage = new CompletableFuture<>();
    CompletableFuture<?> unused =
        load.outcome.whenCompleteAsync(
            (value, thrown) -> {
              place.giveBack();
              if (thrown == null) {
                stage.complete(value);
              } else {
                stage.completeExceptionally(thrown);
              }
            });
    return stage;
  }

  /** Ends a load: what stores its value runs where it is the one under way. */
  void end(Load load, @Nullable Object value, @Nullable Runnable store) {
    try {
      underWay.computeIfPresent(
          load.key,
          (same, current) -> {
            if (current != load) {
              return current;
            }
            if (store != null) {
              store.run();
            }
            return null;
          });
    } finally {
      underWay.remove(load.key, load); // also where storing has failed
      load.outcome.complete(value);
    }
  }

  /** Ends a load that has failed. */
  void fail(Load load, Throwable thrown) {
    underWay.remove(load.key, load);
    load.outcome.completeExceptionally(thrown);
  }

  /** Changes what is under a key: a load that is under way is not stored after it. */
  void supersede(String key, Runnable change) {
    underWay.compute(
        key,
        (same, current) -> {
          change.run();
          return null;
        });
  }

  /** Loads under way that others could wait for. */
  int size() {
    return underWay.size();
  }

  /** One load under way. */
  static final class Load {
    private final String key;
    private final List<String> tags;
    private final TieredCache.Mark mark;
    private volatile @Nullable Thread thread;
    private final CompletableFuture<@Nullable Object> outcome = new CompletableFuture<>();

    private Load(String key, List<String> tags, TieredCache.Mark mark, @Nullable Thread thread) {
      this.key = key;
      this.tags = tags;
      this.mark = mark;
      this.thread = thread;
    }

    /** The thread goes on to other things while the value is being made. */
    void leavesThread() {
      thread = null;
    }

    /** When it began. */
    TieredCache.Mark mark() {
      return mark;
    }
  }
}
