package dev.slipstream.engine.optimize;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a rule is at one moment.
 *
 * @param name its name
 * @param enabled whether it may act
 * @param threshold beyond which it enters
 * @param leaveThreshold beyond which it leaves
 * @param thresholdUnit what these are in
 * @param fromLevel the first level that has it
 * @param state whether it is in
 * @param intent what it would do
 * @param active subjects it is active for
 * @param entered times it has entered
 * @param left times it has left
 * @param enteredLastHour those of the last hour
 * @param activeMillis how long it was active
 * @param errors errors of its own
 * @param suspendedReason why it is suspended; empty while it is not
 * @param lastReason why it entered last; empty before
 * @param lastVerdict the verdict on its last activation that was measured; empty before
 * @param lastEffect that in numbers
 * @param verdicts activations that were judged, by verdict
 * @param lastEnteredAtMillis when it entered last, in milliseconds since 1970; null before
 */
public record RuleState(
    String name,
    boolean enabled,
    double threshold,
    double leaveThreshold,
    String thresholdUnit,
    String fromLevel,
    String state,
    String intent,
    int active,
    long entered,
    long left,
    int enteredLastHour,
    long activeMillis,
    long errors,
    String suspendedReason,
    String lastReason,
    String lastVerdict,
    String lastEffect,
    Map<String, Long> verdicts,
    @Nullable Long lastEnteredAtMillis) {

  /** Whether a rule is in. */
  private enum State {
    OUT,
    IN,
    COOLING_DOWN,
    DISABLED,
    SUSPENDED,
    NOT_IN_LEVEL,
    OFF
  }

  static RuleState of(RuleRun run, Level level, boolean off, long now) {
    Threshold threshold = run.rule().threshold();
    Activation last = run.last();
    Effect effect = run.lastEffect();
    return new RuleState(
        run.rule().name(),
        run.isEnabled(),
        threshold.enter(),
        threshold.leave(),
        threshold.unit(),
        run.from().text(),
        state(run, level, off, now).name().toLowerCase(Locale.ROOT),
        run.rule().intent(),
        run.active(),
        run.entered(),
        run.left(),
        run.enteredLastHour(now),
        run.activeMillis(now),
        run.errorCount(),
        run.suspendedWhy(),
        last == null ? "" : last.reason(),
        effect == null ? "" : effect.verdict().text(),
        effect == null ? "" : effect.why(),
        run.judged(),
        last == null ? null : (Long) last.beganAtMillis());
  }

  private static State state(RuleRun run, Level level, boolean off, long now) {
    if (off) {
      return State.OFF;
    }
    if (!run.isEnabled()) {
      return State.DISABLED;
    }
    if (!run.suspendedWhy().isEmpty()) {
      return State.SUSPENDED;
    }
    if (!level.has(run.from())) {
      return State.NOT_IN_LEVEL;
    }
    return run.active() > 0 ? State.IN : run.isCooling(now) ? State.COOLING_DOWN : State.OUT;
  }
}
