package dev.slipstream.console;

import dev.slipstream.console.targets.CombinedTargets;
import dev.slipstream.console.targets.ConfiguredTarget;
import dev.slipstream.console.targets.ConfiguredTargets;
import dev.slipstream.console.targets.DiscoveredTargets;
import dev.slipstream.console.targets.Discovery;
import dev.slipstream.console.targets.JmxAccess;
import dev.slipstream.console.targets.LocalTargets;
import dev.slipstream.console.targets.Question;
import dev.slipstream.console.targets.Targets;
import dev.slipstream.console.targets.TargetsFile;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The gateways that the options come to. */
final class TargetSetup {
  private static final int MOST_TARGETS = 64;

  private TargetSetup() {}

  /**
   * Those that are named; if none is, those of this machine and user.
   *
   * @throws IllegalArgumentException if two have one name, or there are too many
   * @throws IOException if the file that names them is not understood
   */
  static Targets of(Options options, Question<?> look, InstantSource clock) throws IOException {
    List<ConfiguredTarget> named = new ArrayList<>();
    options.targets().forEach(address -> named.add(new ConfiguredTarget(address, JmxAccess.OPEN)));
    List<Targets> sources = new ArrayList<>();
    if (options.config() != null) {
      TargetsFile file = TargetsFile.read(options.config());
      named.addAll(file.targets());
      requireDistinct(file.discoveries().stream().map(Discovery::prefix).toList());
      for (Discovery discovery : file.discoveries()) {
        sources.add(new DiscoveredTargets(discovery, look, clock));
      }
    }
    requireDistinct(named.stream().map(target -> target.address().name()).toList());
    if (!named.isEmpty()) {
      sources.add(new ConfiguredTargets(named, look, clock));
    }
    return sources.isEmpty() ? new LocalTargets(look, clock) : new CombinedTargets(sources);
  }

  private static void requireDistinct(List<String> names) {
    Set<String> seen = new HashSet<>();
    for (String name : names) {
      if (!seen.add(name)) {
        throw new IllegalArgumentException("two targets are called \"" + name + "\"");
      }
    }
    if (names.size() > MOST_TARGETS) {
      throw new IllegalArgumentException("more than " + MOST_TARGETS + " targets");
    }
  }
}
