package dev.slipstream.it.shared;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What clients of several gateways did and got, and the check that nothing in it is staler than
 * allowed.
 *
 * <p>Every key has a version at the origin that only rises. An invalidation follows the write of a
 * version; a read that began after its end, by more than the bound, must not return an earlier one.
 * What overlaps an invalidation may return either, as in Herlihy and Wing, "Linearizability"
 * (1990). All times are of one clock, in nanoseconds. Thread-safe.
 */
final class History {
  private final Map<String, List<Read>> reads = new HashMap<>();
  private final Map<String, List<Invalidation>> invalidations = new HashMap<>();

  /**
   * An answer that a client got.
   *
   * @param version the version in it
   * @param begunNanos before the request was sent
   * @param endedNanos after the answer was there
   * @param gateway who was asked
   */
  record Read(String key, int version, long begunNanos, long endedNanos, int gateway) {}

  /**
   * An invalidation that was confirmed.
   *
   * @param version the version that was written before it began, or within it
   * @param begunNanos before it was asked for
   * @param endedNanos after it was confirmed
   * @param gateway who was asked
   * @param way how it was asked for
   */
  record Invalidation(
      String key, int version, long begunNanos, long endedNanos, int gateway, String way) {}

  /**
   * A read that returned what had been invalidated before.
   *
   * @param invalidation the first that it should have seen the effect of
   * @param late how long after that one's end the read began
   */
  record StaleRead(Read read, Invalidation invalidation, Duration late) {
    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "%s: gateway %d answered version %d, %d ms after version %d was confirmed by gateway %d"
              + " (%s)",
          read.key,
          read.gateway,
          read.version,
          late.toMillis(),
          invalidation.version,
          invalidation.gateway,
          invalidation.way);
    }
  }

  synchronized void add(Read read) {
    reads.computeIfAbsent(read.key, key -> new ArrayList<>()).add(read);
  }

  synchronized void add(Invalidation invalidation) {
    invalidations.computeIfAbsent(invalidation.key, key -> new ArrayList<>()).add(invalidation);
  }

  synchronized int readCount() {
    return reads.values().stream().mapToInt(List::size).sum();
  }

  synchronized int invalidationCount() {
    return invalidations.values().stream().mapToInt(List::size).sum();
  }

  /** What the invalidations took, each from its beginning to its end. */
  synchronized List<Duration> invalidationTimes() {
    return invalidations.values().stream()
        .flatMap(List::stream)
        .map(one -> Duration.ofNanos(one.endedNanos - one.begunNanos))
        .toList();
  }

  /**
   * The reads that began more than the bound after an invalidation and returned what was before.
   */
  List<StaleRead> violations(Duration bound) {
    return staleReads().stream().filter(stale -> stale.late.compareTo(bound) > 0).toList();
  }

  /** The reads that began after the end of an invalidation and returned what was before. */
  synchronized List<StaleRead> staleReads() {
    List<StaleRead> stale = new ArrayList<>();
    invalidations.forEach(
        (key, ofKey) -> {
          List<Invalidation> byEnd = new ArrayList<>(ofKey);
          byEnd.sort(Comparator.comparingLong(Invalidation::endedNanos));
          for (Read read : reads.getOrDefault(key, List.of())) {
            for (Invalidation invalidation : byEnd) {
              if (invalidation.endedNanos - read.begunNanos >= 0) {
                break;
              }
              if (read.version < invalidation.version) {
                long late = read.begunNanos - invalidation.endedNanos;
                stale.add(new StaleRead(read, invalidation, Duration.ofNanos(late)));
                break;
              }
            }
          }
        });
    return stale;
  }

  /**
   * For each invalidation the time from its beginning to the end of the last read, of another
   * gateway, that returned what was before; zero where none did after it had begun.
   */
  synchronized List<Duration> timesToLastStaleAnswer() {
    List<Duration> times = new ArrayList<>();
    invalidations.forEach(
        (key, ofKey) -> {
          List<Read> ofOthers = reads.getOrDefault(key, List.of());
          for (Invalidation invalidation : ofKey) {
            long last =
                ofOthers.stream()
                    .filter(read -> read.gateway != invalidation.gateway)
                    .filter(read -> read.version < invalidation.version)
                    .mapToLong(read -> read.endedNanos - invalidation.begunNanos)
                    .max()
                    .orElse(0);
            times.add(Duration.ofNanos(Math.max(0, last)));
          }
        });
    times.sort(Comparator.naturalOrder());
    return times;
  }
}
