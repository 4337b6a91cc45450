package dev.slipstream.console.performance;

import dev.slipstream.console.targets.AgentBeans;
import java.io.IOException;
import java.util.List;
import javax.management.JMException;

/** What one gateway says about how it does. */
record Reading(
    String target,
    OptimizerReading optimizer,
    List<RuleFigures> rules,
    SystemReading system,
    EndpointsReading endpoints) {

  /**
   * Reads it, one round trip a bean.
   *
   * @param merging whether it is put together with other gateways
   */
  static Reading of(String target, AgentBeans beans, boolean merging)
      throws IOException, JMException {
    return new Reading(
        target,
        OptimizerReading.from(beans),
        RuleFigures.from(target, beans),
        SystemReading.from(beans),
        EndpointsReading.ofTotal(beans, merging));
  }
}
