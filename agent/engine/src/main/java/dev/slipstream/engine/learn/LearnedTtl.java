package dev.slipstream.engine.learn;

import org.jspecify.annotations.Nullable;

/**
 * The freshness lifetime of an endpoint's answers, learned from how often they change. Not
 * thread-safe; times are milliseconds.
 *
 * <p>There is one for each class of {@link Run}, with evidence of its own. A Poisson source makes
 * no difference between them, but few sources are one: an answer that changed just now is the more
 * likely to change again where changes come in bursts, and the less where they come by the clock
 * (docs/decisions/0023). Where no difference is seen, all are as the one for all answers.
 */
final class LearnedTtl {
  /** How much the assumption counts that the rule's own lifetime is right, in changes seen. */
  private static final double PRIOR_CHANGES = 0.5;

  /** The same of the assumption that the run makes no difference. */
  private static final double NO_DIFFERENCE_CHANGES = 3;

  /** Below so many changes it is not said that an endpoint is not worth caching. */
  private static final int LEAST_CHANGES = 10;

  /** The class that stands for all answers. */
  static final int ALL = 0;

  private final @Nullable ChangeEvidence[] own = new ChangeEvidence[Run.CLASSES];
  private final @Nullable TtlStep[] steps = new TtlStep[Run.CLASSES];
  private @Nullable ChangeEvidence @Nullable [] others;
  private @Nullable ChangeRate rate;
  private boolean isVolatile;

  /** An answer was fetched again, after a run. */
  void add(int run, long intervalMillis, boolean changed) {
    own(ALL).add(intervalMillis, changed);
    if (run != Run.UNKNOWN) {
      own(Run.classOf(run)).add(intervalMillis, changed);
    }
  }

  /** It was told that an answer has changed, after a run. */
  void addTold(int run, long intervalMillis) {
    own(ALL).addTold(intervalMillis);
    if (run != Run.UNKNOWN) {
      own(Run.classOf(run)).addTold(intervalMillis);
    }
  }

  /**
   * Learns from what was seen.
   *
   * @param budget the share of answers that may be stale now
   */
  void update(TtlLimits limits, double budget, long now) {
    ChangeEvidence all = evidence(ALL);
    if (all.observations() == 0) {
      return; // the rule's own lifetime counts: being cautious is for thin evidence
    }
    ChangeRate overall = ChangeRate.of(all, limits.assumedPerMilli(), PRIOR_CHANGES);
    rate = overall;
    isVolatile =
        all.changes() >= LEAST_CHANGES
            && TtlLimits.staleShare(overall.lowPerMilli(), (double) limits.shortestMillis())
                > budget;
    for (int runs = 0; runs < Run.CLASSES; runs++) {
      ChangeRate rated =
          runs == ALL
              ? overall
              : ChangeRate.of(evidence(runs), overall.perMilli(), NO_DIFFERENCE_CHANGES);
      double wanted = limits.wantedMillis(rated.cautiousPerMilli(), budget);
      TtlStep step = steps[runs];
      if (step == null) {
        // What others knew before this gateway's first answer needs no steps.
        double first = others == null ? (double) limits.firstMillis() : wanted;
        step = new TtlStep(limits.bounded(first), now);
        steps[runs] = step;
      }
      step.towards(wanted, limits.shortestMillis(), limits.longestMillis(), now);
    }
  }

  /** The lifetime of an answer after runs of a class, in milliseconds. */
  long millis(int runs, TtlLimits limits) {
    TtlStep step = steps[runs];
    return limits.bounded((double) (step == null ? limits.firstMillis() : step.millis()));
  }

  /** Whether even the shortest lifetime would make more answers stale than may be. */
  boolean isVolatile() {
    return isVolatile;
  }

  /** The rate of change as it was last estimated; null before that. */
  @Nullable ChangeRate rate() {
    return rate;
  }

  /** What was seen here, by the class of runs. */
  ChangeEvidence own(int runs) {
    ChangeEvidence there = own[runs];
    if (there == null) {
      there = new ChangeEvidence();
      own[runs] = there;
    }
    return there;
  }

  /** What was seen here and by others. */
  ChangeEvidence evidence(int runs) {
    ChangeEvidence theirs = others == null ? null : others[runs];
    if (theirs == null) {
      return own(runs);
    }
    ChangeEvidence all = own(runs).copy();
    all.add(theirs);
    return all;
  }

  /** Takes what others have seen, by the class of runs; null for nothing. */
  void others(@Nullable ChangeEvidence @Nullable [] theirs) {
    others = theirs;
  }
}
