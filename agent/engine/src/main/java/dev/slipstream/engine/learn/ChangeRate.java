package dev.slipstream.engine.learn;

/**
 * How often an answer changes, as far as evidence tells. Pure.
 *
 * <p>Changes are taken for a Poisson process: an answer that is fetched again after {@code d} has
 * changed with the probability 1 − e^(−λd). The rate is where the likelihood of what was seen is
 * greatest (Cho and Garcia-Molina, Estimating Frequency of Change, ACM TOIT 3(3), 2003, for
 * irregular intervals), with a prior: as if {@code priorChanges} had been seen in the time that the
 * prior rate takes for them. So λ solves
 *
 * <pre>(prior + told)/λ + Σ changed d/(e^(λd) − 1) = prior time + Σ unchanged d</pre>
 *
 * <p>whose left side falls as λ grows. A plain share of changed answers would not tell two changes
 * from one, and be wrong by the more, the longer the intervals are.
 *
 * @param perMilli changes in a millisecond
 * @param lowPerMilli the lower end of an interval that has the true rate in 95 of 100 cases, as far
 *     as the model holds
 * @param highPerMilli its upper end
 */
record ChangeRate(double perMilli, double lowPerMilli, double highPerMilli) {
  private static final int BISECTIONS = 60;
  private static final double NORMAL_95 = 1.96;
  private static final double CAUTION = 1;

  /**
   * Estimates.
   *
   * @param priorPerMilli the rate that is assumed without evidence
   * @param priorChanges how many changes that assumption counts for
   */
  static ChangeRate of(ChangeEvidence evidence, double priorPerMilli, double priorChanges) {
    double known = priorChanges + evidence.told();
    double quiet = priorChanges / priorPerMilli + evidence.quietMillis();
    double low = known / quiet; // the left side is at least known/λ
    double high = (known + evidence.changes()) / quiet; // and at most (known + changed)/λ
    double low2 = Math.log(low);
    double high2 = Math.log(high) + 1e-9;
    for (int i = 0; i < BISECTIONS && high2 - low2 > 1e-6; i++) {
      double middle = (low2 + high2) / 2;
      if (left(evidence, known, Math.exp(middle)) > quiet) {
        low2 = middle;
      } else {
        high2 = middle;
      }
    }
    double rate = Math.exp((low2 + high2) / 2);
    double spread = Math.exp(NORMAL_95 / Math.sqrt(information(evidence, known, rate)));
    return new ChangeRate(rate, rate / spread, rate * spread);
  }

  private static double left(ChangeEvidence evidence, double known, double rate) {
    double sum = known / rate;
    for (int bin = 0; bin < ChangeEvidence.BINS; bin++) {
      double weight = evidence.changed(bin);
      if (weight > 0) {
        double interval = evidence.intervalMillis(bin);
        sum += weight * interval / Math.expm1(rate * interval);
      }
    }
    return sum;
  }

  /** Fisher's, of the logarithm of the rate: how sharp the likelihood's peak is. */
  private static double information(ChangeEvidence evidence, double known, double rate) {
    double sum = known;
    for (int bin = 0; bin < ChangeEvidence.BINS; bin++) {
      double weight = evidence.changed(bin);
      if (weight > 0) {
        double x = rate * evidence.intervalMillis(bin);
        // x² e^x / (e^x − 1)², written so that it neither overflows nor loses digits
        double half = x < 1e-6 ? 1 : (x / 2) / Math.sinh(Math.min(x / 2, 300));
        sum += weight * half * half;
      }
    }
    return sum;
  }

  /**
   * The rate that lifetimes are made for: a standard error above the likeliest, so that thin
   * evidence makes them shorter.
   */
  double cautiousPerMilli() {
    return perMilli * Math.pow(highPerMilli / perMilli, CAUTION / NORMAL_95);
  }

  /** Changes in an hour. */
  double perHour() {
    return perMilli * 3_600_000;
  }
}
