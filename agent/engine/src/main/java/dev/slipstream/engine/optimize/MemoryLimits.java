package dev.slipstream.engine.optimize;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * How much L1 may hold while rules want it smaller: the least that any of them wants. Not
 * thread-safe.
 */
final class MemoryLimits {
  private static final double LEAST_SHARE = 0.25;
  private static final double SMALLEST_CUT = 0.25;
  private static final double STEP = 0.05;
  private static final double MEGABYTE = 1 << 20;

  /** L1, as far as it can be made smaller. */
  interface Tier {
    /** The bytes that they may take as it was set. */
    long maxBytes();

    /** Lets it hold no more than so many bytes from now on; what is over that is dropped. */
    void limit(long bytes);

    /** Drops all entries. Returns how many there were. */
    long clear();
  }

  private final Tier tier;
  private final Map<Object, Long> wanted = new HashMap<>();

  MemoryLimits(Tier tier) {
    this.tier = tier;
  }

  /**
   * Lets L1 hold a share of its maximum: less by a quarter of what the level allows at the
   * threshold, by all of that at full severity. What it holds now says nothing: a cache that was
   * just flushed may fill again.
   */
  Action cut(Reading reading, Level level) {
    return new Shrunk(level.largestCut(), reading.severity());
  }

  /** Empties L1, and lets it hold half of its maximum. */
  Action empty() {
    Object owner = new Object();
    long dropped = tier.clear();
    long bytes = tier.maxBytes() / 2;
    want(owner, bytes);
    return Action.of(
        "L1 emptied (" + dropped + " entries), maximum halved to " + megabytes(bytes),
        () -> release(owner));
  }

  private final class Shrunk implements Action {
    private final double largestCut;
    private double share;

    Shrunk(double largestCut, double severity) {
      this.largestCut = largestCut;
      this.share = share(severity);
      want(this, limit());
    }

    private double share(double severity) {
      return largestCut * (SMALLEST_CUT + (1 - SMALLEST_CUT) * severity);
    }

    private long limit() {
      long least = (long) (tier.maxBytes() * LEAST_SHARE);
      return Math.max(least, (long) (tier.maxBytes() * (1 - share)));
    }

    @Override
    public void adjust(Reading reading) {
      double next = share(reading.severity());
      if (Math.abs(next - share) >= STEP) {
        share = next;
        want(this, limit());
      }
    }

    @Override
    public String what() {
      return String.format(
          Locale.ROOT,
          "L1 cut by %.0f %% of %s, to %s",
          share * 100,
          megabytes(tier.maxBytes()),
          megabytes(limit()));
    }

    @Override
    public void undo() {
      release(this);
    }
  }

  private void want(Object owner, long bytes) {
    Long before = wanted.put(owner, bytes);
    try {
      apply();
    } catch (RuntimeException | Error e) {
      if (before == null) {
        wanted.remove(owner); // its action does not come to be: nobody would undo it
      }
      throw e;
    }
  }

  private void release(Object owner) {
    wanted.remove(owner);
    apply();
  }

  private void apply() {
    long least = tier.maxBytes();
    for (long bytes : wanted.values()) {
      least = Math.min(least, bytes);
    }
    tier.limit(least);
  }

  static String megabytes(long bytes) {
    return String.format(Locale.ROOT, "%.1f MB", bytes / MEGABYTE);
  }
}
