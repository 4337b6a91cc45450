package dev.slipstream.engine.learn;

/**
 * A freshness lifetime that follows what is wanted: down at once, up to twice as much in a step. A
 * step lasts as long as the lifetime it began with, so that no growth builds on one that nobody has
 * lived through yet. Not thread-safe; times are milliseconds.
 */
final class TtlStep {
  private static final int MOST_GROWTH = 2;

  private long ttl;
  private long grownAt;

  TtlStep(long first, long now) {
    this.ttl = first;
    this.grownAt = now;
  }

  long millis() {
    return ttl;
  }

  /** Takes a step towards what is wanted, within bounds. */
  void towards(double wanted, long shortest, long longest, long now) {
    long bounded = (long) Math.max((double) shortest, Math.min((double) longest, wanted));
    if (bounded <= ttl) {
      ttl = bounded;
    } else if (now - grownAt >= ttl) {
      grownAt = now;
      ttl = Math.max(shortest, Math.min(bounded, ttl * MOST_GROWTH));
    } else {
      ttl = Math.max(shortest, ttl);
    }
  }
}
