package dev.slipstream.engine.management;

import dev.slipstream.config.jmx.RuleMXBean;
import dev.slipstream.engine.optimize.Optimizer;
import dev.slipstream.engine.optimize.RuleState;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A rule of the optimizer, for JMX. */
final class RuleMBean implements RuleMXBean {
  private final Optimizer optimizer;
  private final String name;

  RuleMBean(Optimizer optimizer, String name) {
    this.optimizer = optimizer;
    this.name = name;
  }

  private RuleState state() {
    return optimizer.ruleState(name);
  }

  @Override
  public String getName() {
    return name;
  }

  @Override
  public boolean isEnabled() {
    return state().enabled();
  }

  @Override
  public void setEnabled(boolean enabled) {
    optimizer.setEnabled(name, enabled);
  }

  @Override
  public double getThreshold() {
    return state().threshold();
  }

  @Override
  public void setThreshold(double threshold) {
    optimizer.setThreshold(name, threshold);
  }

  @Override
  public double getLeaveThreshold() {
    return state().leaveThreshold();
  }

  @Override
  public String getThresholdUnit() {
    return state().thresholdUnit();
  }

  @Override
  public String getFromLevel() {
    return state().fromLevel();
  }

  @Override
  public String getState() {
    return state().state();
  }

  @Override
  public String getIntent() {
    return state().intent();
  }

  @Override
  public int getActiveCount() {
    return state().active();
  }

  @Override
  public long getEntered() {
    return state().entered();
  }

  @Override
  public long getLeft() {
    return state().left();
  }

  @Override
  public int getEnteredLastHour() {
    return state().enteredLastHour();
  }

  @Override
  public long getActiveMillis() {
    return state().activeMillis();
  }

  @Override
  public long getErrors() {
    return state().errors();
  }

  @Override
  public String getSuspendedReason() {
    return state().suspendedReason();
  }

  @Override
  public String getLastReason() {
    return state().lastReason();
  }

  @Override
  public String getLastVerdict() {
    return state().lastVerdict();
  }

  @Override
  public String getLastEffect() {
    return state().lastEffect();
  }

  @Override
  public Map<String, Long> getVerdicts() {
    return state().verdicts();
  }

  @Override
  public @Nullable Long getLastEnteredAtMillis() {
    return state().lastEnteredAtMillis();
  }
}
