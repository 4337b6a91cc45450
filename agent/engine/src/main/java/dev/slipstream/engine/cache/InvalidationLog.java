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

  private final Deque<Timed> invalidations = new ArrayDeque<>();
  private long forgotten;
  private volatile long position;

  private record Timed(Invalidation invalidation, long millis, long position) {}

  /**
   * The latest changes of what one cache's entries are made of: those of a busy cache take no place
   * from another's. Under the log's lock.
   */
  static final class Changes {
    private final Map<String, Long> positions = new LinkedHashMap<>();
    private long forgotten;

    private void record(String resource, long position) {
      positions.remove(resource);
      positions.put(resource, position);
      if (positions.size() > MOST_CHANGES) {
        String eldest = positions.keySet().iterator().next();
        Long at = positions.remove(eldest);
        forgotten = Math.max(forgotten, at == null ? 0 : at);
      }
    }

    private boolean isSince(long since, String resource) {
      Long changed = positions.get(resource);
      return since < forgotten || (changed != null && changed > since);
    }
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
