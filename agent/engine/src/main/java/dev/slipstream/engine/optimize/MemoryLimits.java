package dev.slipstream.engine.optimize;

import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How much L1 may hold: the least that any rule wants. Not thread-safe.
 *
 * <p>What a rule leaves to it is given back in steps, a tenth of the maximum each minute while
 * there is no trouble, each ten minutes where memory is neither short nor at ease. Where trouble
 * comes again within an hour, L1 is what fills the memory: then no more is given back than what it
 * could hold when the trouble was over the last time, until there was none for an hour.
 */
final class MemoryLimits implements Optimizer.Remains {
  private static final double LEAST_SHARE = 0.25;
  private static final double SMALLEST_CUT = 0.25;
  private static final double STEP = 0.05;
  private static final double GIVEN_BACK = 0.1;
  private static final double NEARLY_FULL = 0.5;
  private static final long STEP_MILLIS = Duration.ofMinutes(1).toMillis();
  private static final long HESITANT_STEP_MILLIS = Duration.ofMinutes(10).toMillis();
  private static final long REMEMBERED_MILLIS = Duration.ofHours(1).toMillis();
  private static final double MEGABYTE = 1 << 20;

  /** L1, as far as it can be made smaller. */
  interface Tier {
    /** The bytes that they may take as it was set. */
    long maxBytes();

    /** The bytes that they take now. */
    long heldBytes();

    /** Lets it hold no more than so many bytes from now on; what is over that is dropped. */
    void limit(long bytes);

    /** Drops all entries. Returns how many there were. */
    long clear();
  }

  private final Tier tier;
  private final Threshold memory;
  private final Threshold collections;
  private final Map<Object, Long> wanted = new HashMap<>();
  private long inForce;
  private long givenBack;
  private long ceiling;
  private long good;
  private @Nullable Long leftAtMillis;
  private long steppedAtMillis;
  private Measurements latest = Measurements.at(0).build();
  private long nowMillis;

  /**
   * Makes the limits of a tier.
   *
   * @param memory from where it is short, and where there is no trouble
   * @param collections the same of the time that they take
   */
  MemoryLimits(Tier tier, Threshold memory, Threshold collections) {
    this.tier = tier;
    this.memory = memory;
    this.collections = collections;
    this.inForce = tier.maxBytes();
    this.givenBack = inForce;
    this.ceiling = inForce;
    this.good = inForce;
  }

  @Override
  public void sample(Measurements measured) {
    latest = measured;
    nowMillis = measured.atMillis();
    if (!isRemembered()) {
      ceiling = tier.maxBytes();
    }
    Position now = memory.position(measured.value(Metric.MEMORY));
    Position gc = collections.position(measured.value(Metric.GC_TIME));
    boolean over = now == Position.OVER || gc == Position.OVER;
    boolean calm = now == Position.UNDER && gc == Position.UNDER;
    long step = calm ? STEP_MILLIS : HESITANT_STEP_MILLIS;
    if (!over && givenBack < ceiling && nowMillis - steppedAtMillis >= step) {
      steppedAtMillis = nowMillis;
      givenBack = Math.min(ceiling, givenBack + (long) (tier.maxBytes() * GIVEN_BACK));
      apply();
    }
  }

  @Override
  public void end() {
    leftAtMillis = null;
    ceiling = tier.maxBytes();
    if (givenBack < ceiling) {
      givenBack = ceiling;
      apply();
    }
  }

  /** Whether memory is half way from short to full: what it gets back may end the application. */
  private boolean isNearlyFull() {
    return memory.severity(latest.value(Metric.MEMORY), 100) >= NEARLY_FULL;
  }

  private boolean isRemembered() {
    return leftAtMillis != null && nowMillis - leftAtMillis < REMEMBERED_MILLIS;
  }

  /**
   * Lets L1 hold less than it does: by a quarter of what the level allows at the threshold, by all
   * of that at full severity, but a quarter of its maximum in any case. A share of the maximum
   * would take nothing from a cache that is not full.
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
    return new Action() {
      private boolean left;

      @Override
      public String what() {
        return "L1 emptied (" + dropped + " entries), maximum halved to " + megabytes(bytes);
      }

      @Override
      public void leave() {
        left = true;
      }

      @Override
      public void inVain() {
        left = isNearlyFull();
      }

      @Override
      public void undo() {
        release(owner, left);
      }
    };
  }

  private final class Shrunk implements Action {
    private final double largestCut;
    private final long heldBytes;
    private double share;
    private long changedAtMillis;
    private boolean left;

    Shrunk(double largestCut, double severity) {
      this.largestCut = largestCut;
      this.heldBytes = Math.min(tier.maxBytes(), tier.heldBytes());
      this.share = share(severity);
      this.changedAtMillis = nowMillis;
      want(this, limit());
    }

    private double share(double severity) {
      return largestCut * (SMALLEST_CUT + (1 - SMALLEST_CUT) * severity);
    }

    private long limit() {
      long least = (long) (tier.maxBytes() * LEAST_SHARE);
      return Math.max(least, (long) (heldBytes * (1 - share)));
    }

    /** More at once; less in steps, since what is given back fills the memory again. */
    @Override
    public void adjust(Reading reading) {
      double next = share(reading.severity());
      boolean less = share - next >= STEP && nowMillis - changedAtMillis >= STEP_MILLIS;
      if (less || next - share >= STEP) {
        share = Math.max(next, share - GIVEN_BACK);
        changedAtMillis = nowMillis;
        want(this, limit());
      }
    }

    @Override
    public String what() {
      return String.format(
          Locale.ROOT,
          "L1 cut by %.0f %% of %s, to %s",
          share * 100,
          megabytes(heldBytes),
          megabytes(limit()));
    }

    @Override
    public void leave() {
      left = true;
    }

    @Override
    public void inVain() {
      left = isNearlyFull();
    }

    @Override
    public void undo() {
      release(this, left);
    }
  }

  private void want(Object owner, long bytes) {
    if (wanted.isEmpty() && isRemembered()) {
      ceiling = good;
    }
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

  private void release(Object owner, boolean inSteps) {
    if (wanted.remove(owner) != null && inSteps) {
      givenBack = Math.min(givenBack, inForce);
      steppedAtMillis = nowMillis;
      good = inForce;
      leftAtMillis = nowMillis;
    }
    apply();
  }

  private void apply() {
    long least = givenBack;
    for (long bytes : wanted.values()) {
      least = Math.min(least, bytes);
    }
    tier.limit(least);
    inForce = least;
  }

  static String megabytes(long bytes) {
    return String.format(Locale.ROOT, "%.1f MB", bytes / MEGABYTE);
  }
}
