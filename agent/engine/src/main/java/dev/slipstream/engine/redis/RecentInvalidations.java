package dev.slipstream.engine.redis;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * The invalidations of the last {@link #KEPT}, made here or heard from other gateways.
 *
 * <p>A server that takes another's place may lack them, since replicas follow asynchronously and
 * snapshots are older still. Over {@value #GREATEST_COUNT} tags and patterns the oldest are
 * forgotten, and until their time is over everything counts as invalidated. Thread-safe.
 */
final class RecentInvalidations {
  static final int GREATEST_COUNT = 1_000;
  static final Duration KEPT = Duration.ofMinutes(2);

  private final LongSupplier nanoTicker;
  private final ArrayDeque<Made> made = new ArrayDeque<>();
  private final ArrayDeque<Changed> keys = new ArrayDeque<>();
  private int count;
  private boolean forgetful;
  private long forgottenNanos;

  private record Made(long nanos, List<String> tags, List<String> patterns) {
    int size() {
      return tags.size() + patterns.size();
    }
  }

  private record Changed(long nanos, String key) {}

  RecentInvalidations(LongSupplier nanoTicker) {
    this.nanoTicker = nanoTicker;
  }

  synchronized void add(Collection<String> tags, Collection<String> patterns) {
    if (tags.isEmpty() && patterns.isEmpty()) {
      return;
    }
    Made one = new Made(nanoTicker.getAsLong(), List.copyOf(tags), List.copyOf(patterns));
    made.addLast(one);
    count += one.size();
    while (count > GREATEST_COUNT) {
      Made oldest = made.removeFirst();
      count -= oldest.size();
      forgetful = true;
      forgottenNanos = oldest.nanos();
    }
    trim();
  }

  /**
   * The same for entries that were replaced under their keys. There may be very many: the oldest
   * are forgotten without further ado, since a replica lacks at most the last of them.
   */
  synchronized void addKeys(Collection<String> changed) {
    for (String key : changed) {
      keys.addLast(new Changed(nanoTicker.getAsLong(), key));
    }
    while (keys.size() > GREATEST_COUNT) {
      keys.removeFirst();
    }
    trim();
  }

  /**
   * Adds all of them to what a group of entries has to make up for.
   *
   * @param own whether a key is in the group
   */
  synchronized void addTo(PendingInvalidations pending, Predicate<String> own) {
    trim();
    if (forgetful) {
      pending.addEverything();
    }
    pending.addKeys(keys.stream().map(Changed::key).filter(own).toList());
    made.forEach(one -> pending.add(one.tags(), one.patterns()));
  }

  /** How many are kept. */
  synchronized int size() {
    return made.size() + keys.size();
  }

  private void trim() {
    while (!made.isEmpty() && isOver(made.getFirst().nanos())) {
      count -= made.removeFirst().size();
    }
    while (!keys.isEmpty() && isOver(keys.getFirst().nanos())) {
      keys.removeFirst();
    }
    forgetful = forgetful && !isOver(forgottenNanos);
  }

  private boolean isOver(long nanos) {
    return nanoTicker.getAsLong() - nanos > KEPT.toNanos();
  }
}
