package dev.slipstream.engine.learn;

import java.util.Arrays;

/**
 * What was seen of answers when they were fetched again: changed or not, after how long. Not
 * thread-safe.
 *
 * <p>A change is seen some time after it happened, and several look like one: so the interval
 * counts, by its length in {@value #BINS} bins of an octave. Where nothing has changed, only the
 * sum of the intervals matters.
 *
 * <p>Each observation makes the earlier ones count a little less (by a {@value #MEMORY}th), so that
 * the evidence is about the last {@value #MEMORY} of them, whatever the source was like before.
 */
final class ChangeEvidence {
  /** How many observations count. */
  static final int MEMORY = 400;

  /** Up to 2^40 ms, 34 years. */
  static final int BINS = 40;

  private static final int LONGEST_DAYS = 30;
  private static final double LONGEST_MILLIS = LONGEST_DAYS * 86_400_000.0;
  private static final double KEPT = 1 - 1.0 / MEMORY;

  private final double[] changed = new double[BINS];
  private final double[] changedMillis = new double[BINS];
  private double told;
  private double unchanged;
  private double quietMillis;

  /** An answer was fetched again after an interval. */
  void add(long intervalMillis, boolean isChanged) {
    long millis = Math.max(1, intervalMillis);
    forget(KEPT);
    if (isChanged) {
      int bin = bin(millis);
      changed[bin]++;
      changedMillis[bin] += millis;
    } else {
      unchanged++;
      quietMillis += millis;
    }
  }

  /** It was told that an answer changed just now, which was fetched so long ago. */
  void addTold(long intervalMillis) {
    forget(KEPT);
    told++;
    quietMillis += Math.max(1, intervalMillis);
  }

  /** Makes all of it count less. */
  void forget(double kept) {
    for (int bin = 0; bin < BINS; bin++) {
      if (changed[bin] > 0) {
        changed[bin] *= kept;
        changedMillis[bin] *= kept;
      }
    }
    told *= kept;
    unchanged *= kept;
    quietMillis *= kept;
  }

  /** Adds what somebody else has seen: evidence adds up. */
  void add(ChangeEvidence other) {
    for (int bin = 0; bin < BINS; bin++) {
      changed[bin] += other.changed[bin];
      changedMillis[bin] += other.changedMillis[bin];
    }
    told += other.told;
    unchanged += other.unchanged;
    quietMillis += other.quietMillis;
  }

  /**
   * Lets it count no more than what can be seen: {@value #MEMORY} observations, and intervals of
   * {@value #LONGEST_DAYS} days at most. What others say is not trusted beyond that.
   */
  void bound() {
    double observations = observations();
    if (observations > MEMORY) {
      forget(MEMORY / observations);
    }
    quietMillis = Math.min(quietMillis, (told + unchanged) * LONGEST_MILLIS);
    for (int bin = 0; bin < BINS; bin++) {
      double shortest = Math.scalb(1.0, bin);
      changedMillis[bin] =
          Math.max(
              changed[bin] * shortest, Math.min(changed[bin] * 2 * shortest, changedMillis[bin]));
    }
  }

  ChangeEvidence copy() {
    ChangeEvidence copy = new ChangeEvidence();
    copy.add(this);
    return copy;
  }

  /** Observations, as they count now. */
  double observations() {
    return changes() + unchanged;
  }

  /** Observations that found a change or were told of one, as they count now. */
  double changes() {
    return Arrays.stream(changed).sum() + told;
  }

  /** Changes whose moment is known. */
  double told() {
    return told;
  }

  double unchanged() {
    return unchanged;
  }

  /** For how long answers were seen not to change, in milliseconds. */
  double quietMillis() {
    return quietMillis;
  }

  double changed(int bin) {
    return changed[bin];
  }

  /** The mean interval of a bin's changes, in milliseconds. */
  double intervalMillis(int bin) {
    return changedMillis[bin] / changed[bin];
  }

  /** Takes what was written of a bin. */
  void restore(int bin, double weight, double meanMillis) {
    changed[bin] += weight;
    changedMillis[bin] += weight * meanMillis;
  }

  /** Takes the rest of what was written. */
  void restore(double told, double unchanged, double quietMillis) {
    this.told += told;
    this.unchanged += unchanged;
    this.quietMillis += quietMillis;
  }

  private static int bin(long millis) {
    return Math.min(BINS - 1, Long.SIZE - 1 - Long.numberOfLeadingZeros(millis));
  }
}
