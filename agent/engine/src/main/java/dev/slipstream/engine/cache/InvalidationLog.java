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
 * <p>It holds {@value #MOST_INVALIDATIONS} of them and {@value #MOST_CHANGES} changes; an answer
 * that is older than all of them counts as concerned.
 */
final class InvalidationLog {
  private static final int MOST_INVALIDATIONS = 4_096;
  private static final int MOST_CHANGES = 10_000;

  private final Deque<Timed> invalidations = new ArrayDeque<>();
  private final Map<String, Long> changes = new LinkedHashMap<>();
  private long forgotten;
  private volatile long position;

  private record Timed(Invalidation invalidation, long millis, long position) {}

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
  synchronized void recordChange(String resource) {
    position++;
    changes.remove(resource);
    changes.put(resource, position);
    if (changes.size() > MOST_CHANGES) {
      String eldest = changes.keySet().iterator().next();
      Long at = changes.remove(eldest);
      forgotten = Math.max(forgotten, at == null ? 0 : at);
    }
  }

  /**
   * Whether an entry is concerned by one of the invalidations and changes since a position.
   *
   * @param resource what the entry was made of
   */
  boolean concernsSince(long since, String key, String resource, Collection<String> tags) {
    return position != since && anySince(since, key, resource, tags, null);
  }

  /** The same, of all but one invalidation. */
  boolean concernsSince(
      long since, String key, String resource, Collection<String> tags, Invalidation but) {
    return position != since && anySince(since, key, resource, tags, but);
  }

  @SuppressWarnings("ReferenceEquality") // another that says the same is another
  private synchronized boolean anySince(
      long since,
      String key,
      String resource,
      Collection<String> tags,
      @Nullable Invalidation but) {
    Long changed = changes.get(resource);
    if (since < forgotten || (changed != null && changed > since)) {
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
