package dev.slipstream.agent;

import dev.slipstream.config.Settings;
import dev.slipstream.config.rules.MethodRule;
import dev.slipstream.config.rules.RulesFile;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The methods that rules name, as the transformer takes them: by the internal name of their class.
 */
final class NamedResults {
  private NamedResults() {}

  /** Those of the operator's file; what is wrong in it is said by who reads its other rules. */
  static Map<String, Set<String>> read(Settings.Rules settings) {
    return Files.isRegularFile(settings.file())
        ? of(RulesFile.read(settings.file()).methods())
        : Map.of();
  }

  /**
   * Those of rules, the ones that are not enabled included: an annotation is woven all the same.
   */
  static Map<String, Set<String>> of(List<MethodRule> rules) {
    Map<String, Set<String>> methods = new HashMap<>();
    for (MethodRule rule : rules) {
      methods
          .computeIfAbsent(rule.method().className().replace('.', '/'), unused -> new HashSet<>())
          .add(rule.method().member());
    }
    return methods;
  }
}
