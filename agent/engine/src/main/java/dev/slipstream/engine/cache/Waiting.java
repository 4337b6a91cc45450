package dev.slipstream.engine.cache;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Invalidations of L2 that nobody waits for, joined to one as long as the one before is carried
 * out: a walk through L2 takes longer than the request that wants it. Thread-safe.
 *
 * <p>Over {@value #MOST} they become one of everything.
 */
final class Waiting {
  static final int MOST = 1_000;

  private final Set<Invalidation> invalidations = new LinkedHashSet<>();
  private boolean running;

  /** Adds one. Returns whether the caller is to see to it that {@link #moveTo} is called. */
  synchronized boolean add(Invalidation invalidation) {
    if (invalidations.size() >= MOST) {
      invalidations.clear();
      invalidations.add(Invalidation.EVERYTHING);
    } else {
      invalidations.add(invalidation);
    }
    boolean first = !running;
    running = true;
    return first;
  }

  /** Whether one that waits concerns an entry. */
  synchronized boolean concerns(String key, List<String> tags) {
    for (Invalidation invalidation : invalidations) {
      if (invalidation.concerns(key, tags)) {
        return true;
      }
    }
    return false;
  }

  /** Takes all that wait as one, which from now on is among those under way. */
  synchronized Invalidation moveTo(Collection<Invalidation> underWay) {
    Set<String> tags = new LinkedHashSet<>();
    List<Set<String>> together = new ArrayList<>();
    List<KeyPattern> patterns = new ArrayList<>();
    for (Invalidation invalidation : invalidations) {
      tags.addAll(invalidation.tags());
      together.addAll(invalidation.together());
      patterns.addAll(invalidation.patterns());
    }
    invalidations.clear();
    Invalidation all = new Invalidation(tags, together, patterns);
    underWay.add(all);
    return all;
  }

  /** Ends one turn. Returns whether the caller is to see to another. */
  synchronized boolean again() {
    running = !invalidations.isEmpty();
    return running;
  }
}
