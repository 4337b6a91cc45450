package dev.slipstream.console.performance;

import dev.slipstream.config.jmx.ObjectNames;
import dev.slipstream.config.jmx.OptimizerMXBean;
import dev.slipstream.console.merge.Sums;
import dev.slipstream.console.targets.AgentBeans;
import java.io.IOException;
import java.util.List;
import java.util.function.Function;
import javax.management.JMException;
import org.jspecify.annotations.Nullable;

/**
 * The rules of some gateways' optimizers; {@code mixed} where gateways differ.
 *
 * @param level the level that was set
 * @param levelInForce that, or what adaptive has come to
 * @param levelReason why
 * @param mode act, observe or off
 */
public record OptimizerRules(
    List<RuleFigures> rules,
    @Nullable String level,
    @Nullable String levelInForce,
    @Nullable String levelReason,
    @Nullable String mode) {

  /** Those of one gateway. */
  record Part(
      List<RuleFigures> rules, String level, String levelInForce, String levelReason, String mode) {

    static Part from(String target, AgentBeans beans) throws IOException, JMException {
      OptimizerMXBean optimizer =
          beans.read(
              ObjectNames.OPTIMIZER,
              OptimizerMXBean.class,
              "Level",
              "LevelInForce",
              "LevelReason",
              "Mode");
      return new Part(
          RuleFigures.from(target, beans),
          optimizer.getLevel(),
          optimizer.getLevelInForce(),
          optimizer.getLevelReason(),
          optimizer.getMode());
    }
  }

  static OptimizerRules of(List<Part> parts) {
    return new OptimizerRules(
        parts.stream().flatMap(part -> part.rules().stream()).toList(),
        common(parts, Part::level),
        common(parts, Part::levelInForce),
        common(parts, Part::levelReason),
        common(parts, Part::mode));
  }

  private static @Nullable String common(List<Part> parts, Function<Part, String> text) {
    return Sums.common(parts.stream().map(text).toList());
  }
}
