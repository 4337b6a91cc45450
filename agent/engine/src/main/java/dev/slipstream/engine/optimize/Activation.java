package dev.slipstream.engine.optimize;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A rule that has entered: why, what was done, until when, and what that brought. Under the
 * optimizer's lock.
 */
final class Activation {
  /** Samples that are not looked at, while what was done takes hold. */
  private static final int SETTLING = 1;

  /** Samples after it that are compared with as many before. */
  static final int MEASURED = 6;

  private static final int LEAST_MEASURED = 2;

  private final long number;
  private final OptimizerRule rule;
  private final String subject;
  private final String reason;
  private final boolean observed;
  private final Set<Metric> injected;
  private final long beganAtMillis;
  private final List<Measurements> before;
  private final List<Measurements> after = new ArrayList<>();
  private int seen;
  private @Nullable Action action;
  private String what;
  private @Nullable Effect effect;
  private @Nullable Long endedAtMillis;
  private String ending = "";

  /**
   * Begins one.
   *
   * @param observed whether nothing is done
   * @param before the latest samples
   */
  Activation(
      long number,
      OptimizerRule rule,
      Reading reading,
      boolean observed,
      Set<Metric> injected,
      List<Measurements> before,
      long nowMillis) {
    this.number = number;
    this.rule = rule;
    this.subject = reading.subject();
    this.reason = reading.because();
    this.observed = observed;
    this.injected = injected;
    this.before = List.copyOf(before);
    this.beganAtMillis = nowMillis;
    this.what = observed ? "observed only; would: " + rule.intent() : "";
    this.effect = observed ? Effect.unknown("nothing was done") : null;
  }

  void did(Action done) {
    action = done;
    what = done.what();
  }

  @Nullable Action action() {
    return action;
  }

  /**
   * Takes a sample. Returns the effect once it is known, the first time.
   *
   * @param all what else there was
   */
  @Nullable Effect measure(Measurements sample, Journal all) {
    if (effect != null) {
      return null;
    }
    seen++;
    if (seen > SETTLING && sample.atMillis() - beganAtMillis > rule.settles().toMillis()) {
      after.add(sample);
    }
    if (after.size() < MEASURED) {
      return null;
    }
    effect = compare(all);
    return effect;
  }

  private Effect compare(Journal all) {
    return Effect.of(rule, rule.measuredBy(subject), before, after, alongside(all));
  }

  /** What else may have changed the figures that are compared; null for nothing. */
  private @Nullable String alongside(Journal all) {
    long from = before.isEmpty() ? beganAtMillis : before.get(0).atMillis();
    long to = after.get(after.size() - 1).atMillis();
    for (Activation other : all.all()) {
      if (!other.observed
          && !other.rule().equals(rule())
          && other.concerns(rule.measuredBy(subject))
          && other.changesBetween(from, to)) {
        return other.rule();
      }
    }
    return null;
  }

  private boolean concerns(String measured) {
    return subject.equals(Measurements.GATEWAY)
        || measured.equals(Measurements.GATEWAY)
        || subject.equals(measured);
  }

  /** Whether it began or ended then; what refuses requests changes figures as long as it lasts. */
  private boolean changesBetween(long from, long to) {
    Long ended = endedAtMillis;
    if (rule.isProtective()) {
      return beganAtMillis <= to && (ended == null || ended >= from);
    }
    return (beganAtMillis >= from && beganAtMillis <= to)
        || (ended != null && ended >= from && ended <= to);
  }

  /** Ends it. Returns the effect where it becomes known by that. */
  @Nullable Effect end(String how, long nowMillis, Journal all) {
    endedAtMillis = nowMillis;
    ending = how;
    if (action != null) {
      what = action.what(); // a graded one may have gone further
    }
    action = null;
    if (effect != null) {
      return null;
    }
    effect =
        after.size() < LEAST_MEASURED
            ? Effect.unknown("ended before it could be measured")
            : compare(all);
    return effect;
  }

  long number() {
    return number;
  }

  String rule() {
    return rule.name();
  }

  /** The figure that should get better. */
  Metric counted() {
    return rule.counted();
  }

  String subject() {
    return subject;
  }

  /** Why it began, in numbers. */
  String reason() {
    return reason;
  }

  /** What was done, or would have been. */
  String what() {
    return action == null ? what : action.what();
  }

  boolean observed() {
    return observed;
  }

  /** The metrics that were made up when it began. */
  Set<Metric> injected() {
    return injected;
  }

  long beganAtMillis() {
    return beganAtMillis;
  }

  /** When it ended; null while it goes on. */
  @Nullable Long endedAtMillis() {
    return endedAtMillis;
  }

  /** How it ended; empty while it goes on. */
  String ending() {
    return ending;
  }

  /** What it brought; null while that is being measured. */
  @Nullable Effect effect() {
    return effect;
  }

  long lastedMillis(long nowMillis) {
    return (endedAtMillis == null ? nowMillis : endedAtMillis) - beganAtMillis;
  }
}
