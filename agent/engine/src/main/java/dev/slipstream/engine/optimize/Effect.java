package dev.slipstream.engine.optimize;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Figures before and after an activation, and what follows from them.
 *
 * <p>A difference counts where it is larger than a tenth of what was, than the metric's own noise,
 * and than twice the standard error of the difference of the two means.
 *
 * @param before means of the samples before it; a metric that was not measured is missing
 * @param after likewise
 * @param why the verdict in numbers
 * @param isInVain whether what the rule is for did not get better, whatever else there was
 */
record Effect(
    Map<Metric, Double> before,
    Map<Metric, Double> after,
    Verdict verdict,
    String why,
    boolean isInVain) {
  private static final Set<Metric> ALWAYS =
      EnumSet.of(Metric.P95, Metric.CPU, Metric.ERROR_RATE, Metric.HIT_RATE);
  private static final double LEAST_SHARE = 0.1;
  private static final double STANDARD_ERRORS = 2;
  private static final double LEAST_LOAD = 0.7;

  Effect {
    before = Map.copyOf(before);
    after = Map.copyOf(after);
  }

  /** Nothing that could be compared. */
  static Effect unknown(String why) {
    return new Effect(Map.of(), Map.of(), Verdict.UNKNOWN, why, false);
  }

  /**
   * Compares samples from before and after.
   *
   * @param alongside the rule that may have changed them, too; null for none
   */
  static Effect of(
      OptimizerRule rule,
      String subject,
      List<Measurements> before,
      List<Measurements> after,
      @Nullable String alongside) {
    Metric counted = rule.counted();
    Set<Metric> shown = EnumSet.copyOf(ALWAYS);
    shown.add(counted);
    Map<Metric, Double> was = new EnumMap<>(Metric.class);
    Map<Metric, Double> is = new EnumMap<>(Metric.class);
    for (Metric metric : shown) {
      put(was, metric, Mean.of(metric, subject, before));
      put(is, metric, Mean.of(metric, subject, after));
    }
    Judgement judgement = judge(rule, subject, before, after);
    boolean inVain =
        judgement.verdict() == Verdict.NO_EFFECT
            || (alongside != null && judgement.verdict() == Verdict.HARMED);
    if (alongside != null && judgement.verdict() != Verdict.NO_EFFECT) {
      judgement = judgement.besides(alongside);
    }
    return new Effect(was, is, judgement.verdict(), judgement.why(), inVain);
  }

  private static void put(Map<Metric, Double> means, Metric metric, @Nullable Mean mean) {
    if (mean != null) {
      means.put(metric, mean.value());
    }
  }

  private record Judgement(Verdict verdict, String why) {
    Judgement besides(String rule) {
      return verdict == Verdict.UNKNOWN
          ? this
          : new Judgement(Verdict.UNKNOWN, rule + " acted, too: " + why);
    }
  }

  private static Judgement judge(
      OptimizerRule rule, String subject, List<Measurements> before, List<Measurements> after) {
    Metric counted = rule.counted();
    Set<Metric> looked = EnumSet.of(counted);
    looked.addAll(rule.guarded());
    if (isInjected(looked, before) || isInjected(looked, after)) {
      return new Judgement(Verdict.UNKNOWN, "values were injected");
    }
    Change main = Change.of(counted, subject, before, after);
    if (main == null) {
      return new Judgement(Verdict.UNKNOWN, counted.text() + " was not measured before and after");
    }
    Change load = Change.of(Metric.REQUEST_RATE, subject, before, after);
    if (load != null && !load.isSimilar()) {
      return new Judgement(Verdict.UNKNOWN, "the load changed: " + load.text());
    }
    Change worse = null;
    for (Metric metric : rule.guarded()) {
      Change change = Change.of(metric, subject, before, after);
      if (change != null && change.isWorse()) {
        worse = change;
      }
    }
    if (main.isBetter()) {
      String price = worse == null ? "" : "; at the price of " + worse.text();
      return new Judgement(Verdict.HELPED, main.text() + price);
    }
    if (main.isWorse() && !rule.staysWithoutEffect()) {
      // To give memory back to a heap that fills all the same would end it.
      return new Judgement(Verdict.UNKNOWN, "the trouble grew meanwhile: " + main.text());
    }
    return worse == null
        ? new Judgement(Verdict.NO_EFFECT, main.text())
        : new Judgement(Verdict.HARMED, worse.text() + "; " + main.text());
  }

  private static boolean isInjected(Set<Metric> metrics, List<Measurements> samples) {
    return samples.stream()
        .anyMatch(sample -> sample.injected().stream().anyMatch(metrics::contains));
  }

  /** The mean of a metric with the square of its standard error. */
  private record Mean(double value, double squaredError) {
    static @Nullable Mean of(Metric metric, String subject, List<Measurements> samples) {
      double sum = 0;
      double squares = 0;
      int count = 0;
      for (Measurements sample : samples) {
        Double value = sample.value(metric, subject);
        if (value != null) {
          sum += value;
          squares += value * value;
          count++;
        }
      }
      if (count == 0) {
        return null;
      }
      double mean = sum / count;
      double variance =
          count < 2 ? 0 : Math.max(0, (squares - count * mean * mean) / (count - 1.0));
      return new Mean(mean, variance / count);
    }
  }

  private record Change(Metric metric, Mean was, Mean is) {
    static @Nullable Change of(
        Metric metric, String subject, List<Measurements> before, List<Measurements> after) {
      Mean was = Mean.of(metric, subject, before);
      Mean is = Mean.of(metric, subject, after);
      return was == null || is == null ? null : new Change(metric, was, is);
    }

    /** How much worse it got; negative where it got better. */
    private double worsening() {
      double difference = is.value() - was.value();
      return metric.moreIsBetter() ? -difference : difference;
    }

    private double margin() {
      double error = STANDARD_ERRORS * Math.sqrt(was.squaredError() + is.squaredError());
      return Math.max(metric.noise(), Math.max(LEAST_SHARE * Math.abs(was.value()), error));
    }

    boolean isWorse() {
      return worsening() > margin();
    }

    boolean isBetter() {
      return worsening() < -margin();
    }

    boolean isSimilar() {
      double less = Math.min(was.value(), is.value());
      double more = Math.max(was.value(), is.value());
      return more - less <= metric.noise() || less >= LEAST_LOAD * more;
    }

    String text() {
      return metric.text()
          + " from "
          + metric.format(was.value())
          + " to "
          + metric.format(is.value());
    }
  }
}
