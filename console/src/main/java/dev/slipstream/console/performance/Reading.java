package dev.slipstream.console.performance;

import dev.slipstream.console.targets.AgentBeans;
import java.io.IOException;
import java.util.List;
import javax.management.JMException;

/** What one gateway says about how it does. */
public record Reading(
    String target,
    OptimizerReading optimizer,
    List<RuleFigures> rules,
    SystemReading system,
    EndpointsReading endpoints) {

  /** Copies the list. */
  public Reading {
    rules = List.copyOf(rules);
  }

  /**
   * Reads it with all endpoints together, one round trip a bean.
   *
   * @param merging whether it is put together with other gateways
   */
  public static Reading of(String target, AgentBeans beans, boolean merging)
      throws IOException, JMException {
    return of(target, beans, EndpointsReading.ofTotal(beans, merging));
  }

  private static Reading of(String target, AgentBeans beans, EndpointsReading endpoints)
      throws IOException, JMException {
    return new Reading(
        target,
        OptimizerReading.from(beans),
        RuleFigures.from(target, beans),
        SystemReading.from(beans),
        endpoints);
  }
}
