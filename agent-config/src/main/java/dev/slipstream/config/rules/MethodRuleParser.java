package dev.slipstream.config.rules;

import dev.slipstream.config.InvalidValueException;
import dev.slipstream.config.Problem;
import dev.slipstream.config.Problems;
import dev.slipstream.config.ValueType;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;

/** Reads one rule for a method of a rules file. */
final class MethodRuleParser {
  private static final ValueType<MethodName> METHOD =
      ValueType.of(
          "a method such as com.example.Users#find, or with the types of its parameters,"
              + " com.example.Users#find(java.lang.String,int)",
          MethodName::parse);
  private static final ValueType<String> TEXT =
      ValueType.of("1 to 256 characters, none of them a control character", MethodRuleParser::text);

  private final RuleNodes<MethodRuleKey> nodes;

  MethodRuleParser(String fileName, MappingNode node, Problems problems) {
    this.nodes = new RuleNodes<>(MethodRuleKey.class, fileName, node, problems);
  }

  /**
   * Returns the rule, or null after a problem.
   *
   * @param methods the methods of the rules so far; this one's is added
   */
  @Nullable MethodRule parse(Set<MethodName> methods) {
    MethodName method = nodes.required(MethodRuleKey.METHOD, METHOD);
    Duration ttl = nodes.optional(MethodRuleKey.TTL, RuleTypes.TTL);
    String namespace = nodes.optional(MethodRuleKey.NAMESPACE, TEXT, "methods");
    List<String> tags = nodes.list(MethodRuleKey.TAGS, TEXT, List.of());
    String key = nodes.optional(MethodRuleKey.KEY, TEXT, "");
    boolean enabled = nodes.optional(MethodRuleKey.ENABLED, RuleTypes.FLAG, true);
    if (method != null && !methods.add(method)) {
      nodes.problem(
          MethodRuleKey.METHOD,
          Problem.quote(method.toString()) + " has another rule",
          "one rule for each method");
    }
    return nodes.failed() || method == null
        ? null
        : new MethodRule(method, ttl, namespace, tags, key, enabled);
  }

  private static String text(String text) throws InvalidValueException {
    if (text.isBlank() || text.length() > 256 || text.chars().anyMatch(Character::isISOControl)) {
      throw new InvalidValueException("is empty, too long or has control characters");
    }
    return text;
  }
}
