package dev.slipstream.engine.optimize;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * What is done about one kind of trouble: what it looks at, and what it does. When it does that,
 * and whether it helped, is not its business. Called by one thread.
 */
interface OptimizerRule {
  /** Lower case with underscores. */
  String name();

  /** The bound that an operator may set. */
  Threshold threshold();

  /** What it sees now, one reading for each subject; a subject that is missing does well. */
  List<Reading> readings(Measurements measured);

  /**
   * Does what there is to do.
   *
   * @param limits how far it may go
   */
  Action act(Reading reading, Level limits);

  /** What it would do, in words. */
  String intent();

  /** The figure that should get better. */
  Metric counted();

  /** The figures that must not get worse. */
  default Set<Metric> guarded() {
    return Set.of(Metric.P95, Metric.ERROR_RATE);
  }

  /** Whose figures tell whether it helped: the subject's own, unless it is there for others. */
  default String measuredBy(String subject) {
    return subject;
  }

  /** How long after an action figures still show what was before it. */
  default Duration settles() {
    return Duration.ZERO;
  }

  /** Whether it is asked each 500 ms, not each monitoring interval. */
  default boolean isFast() {
    return false;
  }

  /** Whether what had no effect goes on: not where it costs memory that might be used. */
  default boolean staysWithoutEffect() {
    return counted() != Metric.MEMORY && counted() != Metric.GC_TIME;
  }

  /** Whether it protects the application by refusing: not to be ended by what others did. */
  default boolean isProtective() {
    return false;
  }

  /** How many samples it takes to enter and to leave. */
  default Trigger.Timing timing() {
    return isFast() ? Trigger.Timing.FAST : Trigger.Timing.STEADY;
  }
}
