package dev.slipstream.engine.cache;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The latest invalidations that this process knows of, so that what was made before one of them is
 * not stored after it. Thread-safe.
 *
 * <p>It holds {@value #MOST_INVALIDATIONS} of them, and {@value #MOST_CHANGES} changes of each
 * cache; what is older than all of them counts as concerned.
 */
final class InvalidationLog {
  private static final int MOST_INVALIDATIONS = 4_096;
  private static final int MOST_CHANGES = 10_000;
  private static final int MOST_TAGS = 10_000;
  private static final int MOST_LOOKED_THROUGH = 100;

  private final Deque<Timed> invalidations = new ArrayDeque<>();
  private final Deque<Timed> broad = new ArrayDeque<>(); // those that no single tag tells
  private final Latest tags = new Latest(MOST_TAGS);
  private long forgotten;
  private volatile long position;

  private record Timed(Invalidation invalidation, long millis, long position) {}

  /** Names, each with the last position it came at. Under the log's lock. */
  private static class Latest {
    private final int most;
    private final Map<String, Long> positions = new LinkedHashMap<>();
    private long forgotten;

    private Latest(int most) {
      this.most = most;
    }

    void record(String name, long position) {
      positions.remove(name);
      positions.put(name, position);
      if (positions.size() > most) {
        String eldest = positions.keySet().iterator().next();
        Long at = positions.remove(eldest);
        forgetUpTo(at == null ? 0 : at);
      }
    }

    void forgetUpTo(long position) {
      forgotten = Math.max(forgotten, position);
    }

    boolean isSince(long since, String name) {
      Long last = positions.get(name);
      return since < forgotten || (last != null && last > since);
    }
  }

  /**
   * The latest changes of what one cache's entries are made of: those of a busy cache take no place
   * from another's. Under the log's lock.
   */
  static final class Changes extends Latest {
    Changes() {
      super(MOST_CHANGES);
    }
  }

  /** Begins the changes of a cache, which knows nothing of those before. */
  synchronized void begin(Changes changes) {
    changes.forgetUpTo(position);
  }

  /** How many invalidations and changes there have been. */
  long position() {
    return position;
  }

  synchronized void record(Invalidation invalidation, long nowMillis) {
    position++;
    invalidations.addFirst(new Timed(invalidation, nowMillis, position));
    if (invalidations.size() > MOST_INVALIDATIONS) {
      forgotten = Math.max(forgotten, invalidations.removeLast().position());
    }
    invalidation.tags().forEach(tag -> tags.record(tag, position));
    if (!invalidation.together().isEmpty() || !invalidation.patterns().isEmpty()) {
      broad.addFirst(invalidations.getFirst());
      if (broad.size() > MOST_LOOKED_THROUGH) {
        broad.removeLast();
      }
    }
  }

  /**
   * Whether an entry is known not to be concerned by any of the invalidations and changes since a
   * position. Costs little, however long ago that is; of much that has come since, it does not say.
   */
  boolean isUntouchedSince(
      long since, Changes changes, String key, String resource, Collection<String> tagsOfEntry) {
    if (position == since) {
      return true;
    }
    synchronized (this) {
      if (changes.isSince(since, resource)
          || tags.forgotten > since
          || tagsOfEntry.stream().anyMatch(tag -> tags.isSince(since, tag))) {
        return false;
      }
      int seen = 0;
      for (Timed timed : broad) {
        if (timed.position() <= since) {
          return true;
        }
        if (++seen == MOST_LOOKED_THROUGH || timed.invalidation().concerns(key, tagsOfEntry)) {
          return false;
        }
      }
      return true;
    }
  }

  /** Notes that what is made of some resource has changed. */
  synchronized void recordChange(Changes changes, String resource) {
    position++;
    changes.record(resource, position);
  }

  /**
   * Whether an entry is concerned by one of the invalidations and changes since a position.
   *
   * @param changes those of the entry's cache
   * @param resource what the entry was made of
   */
  boolean concernsSince(
      long since, Changes changes, String key, String resource, Collection<String> tags) {
    return concernsSince(since, changes, key, resource, tags, null);
  }

  /** The same, of all but one invalidation. */
  boolean concernsSince(
      long since,
      Changes changes,
      String key,
      String resource,
      Collection<String> tags,
      @Nullable Invalidation but) {
    if (position == since) {
      return false;
    }
    synchronized (this) {
      return changes.isSince(since, resource) || isInvalidatedSince(since, key, tags, but);
    }
  }

  /** Whether an entry is concerned by one of the invalidations alone since a position. */
  synchronized boolean isInvalidatedSince(long since, String key, Collection<String> tags) {
    return isInvalidatedSince(since, key, tags, null);
  }

  @SuppressWarnings("ReferenceEquality") // another that says the same is another
  private boolean isInvalidatedSince(
      long since, String key, Collection<String> tags, @Nullable Invalidation but) {
    if (since < forgotten) {
      return true;
    }
    for (Timed timed : invalidations) {
      if (timed.position() <= since) {
        return false;
      }
      if (timed.invalidation() != but && timed.invalidation().concerns(key, tags)) {
        return true;
      }
    }
    return false;
  }

  /** Whether an entry that was stored then is concerned by an invalidation that came later. */
  synchronized boolean concernsStoredAt(long millis, String key, Collection<String> tags) {
    for (Timed timed : invalidations) {
      if (timed.millis() < millis) {
        return false;
      }
      if (timed.invalidation().concerns(key, tags)) {
        return true;
      }
    }
    return false;
  }
}
