package dev.slipstream.config.jmx;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One rule of the optimizer. */
@Description("A rule of the optimizer")
public interface RuleMXBean {
  @Description("The rule's name")
  String getName();

  @Description("Whether it may act; settable: false undoes what it did, true ends a suspension")
  boolean isEnabled();

  void setEnabled(boolean enabled);

  @Description("Value beyond which it enters, in ThresholdUnit; settable")
  double getThreshold();

  void setThreshold(double threshold);

  @Description("Value beyond which it leaves, in ThresholdUnit")
  double getLeaveThreshold();

  @Description("What the threshold is in")
  String getThresholdUnit();

  @Description("First level that has the rule: conservative, balanced or aggressive")
  String getFromLevel();

  @Description("out, in, cooling_down, disabled, suspended, not_in_level or off")
  String getState();

  @Description("What it would do, or does")
  String getIntent();

  @Description("Subjects it is active for now: the gateway, or endpoints")
  int getActiveCount();

  @Description("Times it has entered since the start")
  long getEntered();

  @Description("Times it has left since the start")
  long getLeft();

  @Description("Times it has entered in the last hour")
  int getEnteredLastHour();

  @Description("Time it was active in all, in milliseconds; what is only observed does not count")
  long getActiveMillis();

  @Description("Errors of its own since the start")
  long getErrors();

  @Description("Why it is suspended; empty while it is not")
  String getSuspendedReason();

  @Description("Why it entered last, in numbers; empty before")
  String getLastReason();

  @Description("The verdict on its last activation that was measured; empty before")
  String getLastVerdict();

  @Description("That verdict in numbers; empty before")
  String getLastEffect();

  @Description("Activations that were judged since the start, by verdict")
  Map<String, Long> getVerdicts();

  @Description("When it entered last, in ms since 1970; absent before")
  @Nullable Long getLastEnteredAtMillis();
}
