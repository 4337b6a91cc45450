package dev.slipstream.console.performance;

import dev.slipstream.config.jmx.ObjectNames;
import dev.slipstream.config.jmx.RuleMXBean;
import dev.slipstream.console.merge.Wire;
import dev.slipstream.console.targets.AgentBeans;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.management.JMException;
import org.jspecify.annotations.Nullable;

/**
 * A rule of a gateway's optimizer.
 *
 * @param threshold value beyond which it enters, in {@code unit}
 * @param leaveThreshold value beyond which it leaves
 * @param fromLevel first level that has it
 * @param state out, in, cooling_down, disabled, suspended, not_in_level or off
 * @param intent what it would do, or does
 * @param active subjects it is active for now
 * @param entered times it has entered since the start
 * @param activeMs time it was active in all, in milliseconds
 * @param suspendedReason null while it is not suspended
 * @param lastReason why it entered last; null before, as are the following
 */
public record RuleFigures(
    String target,
    String name,
    boolean enabled,
    double threshold,
    double leaveThreshold,
    String unit,
    String fromLevel,
    String state,
    String intent,
    int active,
    long entered,
    int enteredLastHour,
    long activeMs,
    @Nullable String suspendedReason,
    @Nullable String lastReason,
    @Nullable String lastVerdict,
    @Nullable String lastEffect,
    @Nullable String lastEnteredAt) {

  /** Reads all rules of a gateway. */
  static List<RuleFigures> from(String target, AgentBeans beans) throws IOException, JMException {
    List<RuleFigures> rules = new ArrayList<>();
    for (String name : beans.names(ObjectNames.rule("*"))) {
      rules.add(of(target, beans.read(ObjectNames.rule(name), RuleMXBean.class)));
    }
    return rules;
  }

  private static RuleFigures of(String target, RuleMXBean rule) {
    return new RuleFigures(
        target,
        rule.getName(),
        rule.isEnabled(),
        rule.getThreshold(),
        rule.getLeaveThreshold(),
        rule.getThresholdUnit(),
        rule.getFromLevel(),
        rule.getState(),
        rule.getIntent(),
        rule.getActiveCount(),
        rule.getEntered(),
        rule.getEnteredLastHour(),
        rule.getActiveMillis(),
        Wire.text(rule.getSuspendedReason()),
        Wire.text(rule.getLastReason()),
        Wire.text(rule.getLastVerdict()),
        Wire.text(rule.getLastEffect()),
        Wire.at(rule.getLastEnteredAtMillis()));
  }
}
