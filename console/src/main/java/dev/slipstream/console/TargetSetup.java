package dev.slipstream.console;

import dev.slipstream.console.targets.ConfiguredTargets;
import dev.slipstream.console.targets.LocalTargets;
import dev.slipstream.console.targets.Question;
import dev.slipstream.console.targets.Targets;
import java.time.InstantSource;

/** The gateways that the options come to. */
final class TargetSetup {
  private TargetSetup() {}

  static Targets of(Options options, Question<?> look, InstantSource clock) {
    return options.targets().isEmpty()
        ? new LocalTargets(look, clock)
        : new ConfiguredTargets(options.targets(), look, clock);
  }
}
