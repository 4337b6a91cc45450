package dev.slipstream.engine.optimize;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * How much L1 may hold while rules want it smaller: the least that any of them wants. Not
 * thread-safe.
 */
final class MemoryLimits {
  private static final double LEAST_SHARE = 0.05;
  private static final double SMALLEST_CUT = 0.25;
  private static final double STEP = 0.05;
  private static final double MEGABYTE = 1 << 20;

  /** L1, as far as it can be made smaller. */
  interface Tier {
    /** The bytes that its entries take. */
    long usedBytes();

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
   * Drops a share of what L1 holds, and lets it hold no more than is left: a quarter of what the
   * level allows at the threshold, all of it at full severity.
   */
  Action shrink(Reading reading, Level level) {
    return new Shrunk(tier.usedBytes(), level.largestCut(), reading.severity());
  }

  /** Lets L1 hold a share of its maximum. */
  Action cut(Reading reading, Level level) {
    return new Shrunk(tier.maxBytes(), level.largestCut(), reading.severity());
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
    private final long ofBytes;
    private final double largestCut;
    private double share;

    Shrunk(long ofBytes, double largestCut, double severity) {
      this.ofBytes = ofBytes;
      this.largestCut = largestCut;
      this.share = share(severity);
      want(this, limit());
    }

    private double share(double severity) {
      return largestCut * (SMALLEST_CUT + (1 - SMALLEST_CUT) * severity);
    }

    private long limit() {
      long least = (long) (tier.maxBytes() * LEAST_SHARE);
      return Math.max(least, (long) (ofBytes * (1 - share)));
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
          megabytes(ofBytes),
          megabytes(limit()));
    }

    @Override
    public void undo() {
      release(this);
    }
  }

  private void want(Object owner, long bytes) {
    wanted.put(owner, bytes);
    apply();
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
