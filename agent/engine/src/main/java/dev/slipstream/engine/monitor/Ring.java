package dev.slipstream.engine.monitor;

import java.time.Duration;
import java.util.Arrays;

/**
 * The newest values of a metric, one mean and one maximum for each step of time.
 *
 * <p>Steps are counted from 1970, and a step's place is its number modulo the size: nothing has to
 * be kept but the number of the newest. A step in which nothing was measured is NaN. Four bytes a
 * number: 7 digits are more than anybody reads from a chart.
 */
final class Ring {
  private final long stepMillis;
  private final float[] means;
  private final float[] maxima;
  private long newest = Long.MIN_VALUE;
  private double sum;
  private int count;

  Ring(Duration step, int size) {
    this.stepMillis = step.toMillis();
    this.means = new float[size];
    this.maxima = new float[size];
    forgetAll();
  }

  Duration span() {
    return Duration.ofMillis(stepMillis * means.length);
  }

  /** Bytes of its numbers. */
  int bytes() {
    return 2 * Float.BYTES * means.length;
  }

  /** Takes a value. Where the clock was set back, the time that comes again is forgotten. */
  void add(long millis, double value) {
    long step = Math.floorDiv(millis, stepMillis);
    if (step != newest) {
      moveTo(step);
    }
    int place = place(step);
    sum += value;
    count++;
    means[place] = (float) (sum / count);
    maxima[place] = count == 1 ? (float) value : Math.max(maxima[place], (float) value);
  }

  private void moveTo(long step) {
    if (newest == Long.MIN_VALUE || Math.abs(step - newest) >= means.length) {
      forgetAll();
    } else {
      for (long i = Math.min(step, newest + 1); i <= Math.max(step, newest); i++) {
        means[place(i)] = Float.NaN;
      }
    }
    newest = step;
    sum = 0;
    count = 0;
  }

  private void forgetAll() {
    Arrays.fill(means, Float.NaN);
  }

  /** What there is after one time, and until another. */
  Series between(long afterMillis, long untilMillis) {
    int length = newest == Long.MIN_VALUE ? 0 : means.length;
    long[] millis = new long[length];
    double[] mean = new double[length];
    double[] maximum = new double[length];
    int points = 0;
    for (long step = newest - length + 1; length > 0 && step <= newest; step++) {
      long at = step * stepMillis;
      int place = place(step);
      if (!Float.isNaN(means[place]) && at > afterMillis && at <= untilMillis) {
        millis[points] = at;
        mean[points] = means[place];
        maximum[points] = maxima[place];
        points++;
      }
    }
    return new Series(
        Duration.ofMillis(stepMillis),
        Arrays.copyOf(millis, points),
        Arrays.copyOf(mean, points),
        Arrays.copyOf(maximum, points));
  }

  private int place(long step) {
    return (int) Math.floorMod(step, (long) means.length);
  }
}
