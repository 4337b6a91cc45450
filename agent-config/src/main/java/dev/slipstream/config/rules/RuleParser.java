package dev.slipstream.config.rules;

import dev.slipstream.config.InvalidValueException;
import dev.slipstream.config.NamePatterns;
import dev.slipstream.config.Problem;
import dev.slipstream.config.Problems;
import dev.slipstream.config.ValueType;
import dev.slipstream.config.yaml.YamlFile;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Reads one rule of a rules file. */
final class RuleParser {

  private static final int LONGEST_LIST = 100;
  private static final List<String> READ = List.of("GET", "HEAD");
  private static final List<String> READ_AND_POST = List.of("GET", "HEAD", "POST");

  private final String fileName;
  private final MappingNode node;
  private final Problems problems;
  private final Map<RuleKey, Node> nodes = new EnumMap<>(RuleKey.class);
  private boolean failed;

  RuleParser(String fileName, MappingNode node, Problems problems) {
    this.fileName = fileName;
    this.node = node;
    this.problems = problems;
  }

  /**
   * Returns the rule, or null after a problem.
   *
   * @param names the names of the rules so far; this one's is added
   */
  @Nullable CacheRule parse(Set<String> names) {
    readKeys();
    String name = required(RuleKey.NAME, RuleTypes.NAME);
    PathPattern pattern = required(RuleKey.PATTERN, RuleTypes.PATTERN);
    boolean cachePost = flag(RuleKey.CACHE_POST, false);
    List<String> methods =
        list(RuleKey.METHODS, RuleTypes.METHOD, cachePost ? READ_AND_POST : READ);
    Duration ttl = optional(RuleKey.TTL, RuleTypes.TTL);
    List<Integer> statuses = list(RuleKey.STATUSES, RuleTypes.STATUS, List.of(200));
    List<String> varyHeaders = list(RuleKey.VARY_HEADERS, RuleTypes.FIELD_NAME, List.of());
    boolean cacheAuthenticated = flag(RuleKey.CACHE_AUTHENTICATED, false);
    boolean ignoreCredentials = flag(RuleKey.IGNORE_CREDENTIALS, false);
    boolean neverStale = flag(RuleKey.NEVER_STALE, false);
    List<InvalidationTrigger> invalidateOn =
        list(RuleKey.INVALIDATE_ON, RuleTypes.TRIGGER, List.of());
    List<String> tags = list(RuleKey.TAGS, RuleTypes.TAG, List.of());
    OriginPolicy origin = optional(RuleKey.ORIGIN, RuleTypes.ORIGIN);
    List<String> ignoreQuery = list(RuleKey.IGNORE_QUERY, RuleTypes.NAME_PATTERN, List.of());
    List<String> cookies = list(RuleKey.HARMLESS_COOKIES, RuleTypes.NAME_PATTERN, List.of());
    Integer maxBody = optional(RuleKey.MAX_BODY, RuleTypes.MAX_BODY);
    boolean enabled = flag(RuleKey.ENABLED, true);

    checkName(name, names);
    checkPost(methods, cachePost);
    checkCredentials(cacheAuthenticated, ignoreCredentials);
    if (failed || name == null || pattern == null) {
      return null;
    }
    return new CacheRule(
        name,
        pattern,
        methods,
        ttl,
        statuses,
        varyHeaders,
        cachePost,
        cacheAuthenticated,
        ignoreCredentials,
        neverStale,
        invalidateOn,
        tags,
        origin == null ? OriginPolicy.RESPECT : origin,
        new NamePatterns(ignoreQuery),
        new NamePatterns(cookies),
        maxBody,
        enabled);
  }

  private void readKeys() {
    for (NodeTuple entry : node.getValue()) {
      Node keyNode = entry.getKeyNode();
      String name = keyNode instanceof ScalarNode scalar ? scalar.getValue() : "";
      RuleKey key = RuleKey.find(name);
      if (key == null) {
        failed = true;
        problems.add(
            Problem.unknownName(
                YamlFile.position(fileName, keyNode),
                "key",
                name,
                RuleKey.NAMES,
                RulesParser.REJECTED));
      } else if (nodes.putIfAbsent(key, entry.getValueNode()) != null) {
        problem(keyNode, name + ": the key is given twice", "each key once in a rule");
      }
    }
  }

  private void checkName(@Nullable String name, Set<String> names) {
    if (name != null && !names.add(name)) {
      problem(
          RuleKey.NAME,
          Problem.quote(name) + " is the name of another rule",
          "a name of its own for each rule");
    }
  }

  private void checkPost(List<String> methods, boolean cachePost) {
    if (methods.contains("POST") != cachePost) {
      problem(
          cachePost ? RuleKey.CACHE_POST : RuleKey.METHODS,
          cachePost ? "true without POST in methods" : "POST without cache_post: true",
          "both or neither");
    }
  }

  private void checkCredentials(boolean cacheAuthenticated, boolean ignoreCredentials) {
    if (cacheAuthenticated && ignoreCredentials) {
      problem(
          RuleKey.IGNORE_CREDENTIALS,
          "true beside cache_authenticated: true",
          "one of the two: an answer for each identity, or one for everyone");
    }
  }

  private <T> @Nullable T required(RuleKey key, ValueType<T> type) {
    if (!nodes.containsKey(key)) {
      problem(key, "is missing", type.accepted());
    }
    return optional(key, type);
  }

  private boolean flag(RuleKey key, boolean absent) {
    Boolean value = optional(key, RuleTypes.FLAG);
    return value == null ? absent : value;
  }

  private <T> @Nullable T optional(RuleKey key, ValueType<T> type) {
    Node value = nodes.get(key);
    return value == null ? null : scalar(key, value, type);
  }

  private <T> List<T> list(RuleKey key, ValueType<T> type, List<T> absent) {
    Node value = nodes.get(key);
    if (value == null) {
      return absent;
    }
    if (!(value instanceof SequenceNode sequence)) {
      problem(value, key + ": is not a list", "a list, such as [a, b], of " + type.accepted());
      return absent;
    }
    int length = sequence.getValue().size();
    if (length > LONGEST_LIST || (length == 0 && !absent.isEmpty())) {
      problem(value, key + ": has " + length + " entries", "1 to " + LONGEST_LIST + " entries");
      return absent;
    }
    List<T> items = new ArrayList<>();
    for (Node itemNode : sequence.getValue()) {
      T item = scalar(key, itemNode, type);
      if (item != null && !items.contains(item)) {
        items.add(item);
      }
    }
    return items;
  }

  private <T> @Nullable T scalar(RuleKey key, Node value, ValueType<T> type) {
    if (!(value instanceof ScalarNode scalar)) {
      String kind = value instanceof SequenceNode ? "a list" : "a map";
      problem(value, key + ": is " + kind + ", not one value", type.accepted());
      return null;
    }
    if (value.getTag().equals(Tag.NULL)) {
      problem(value, key + ": has no value", type.accepted());
      return null;
    }
    try {
      return type.parse(scalar.getValue());
    } catch (InvalidValueException e) {
      String text = Problem.quote(scalar.getValue());
      problem(value, key + ": " + text + " " + e.what(), type.accepted());
      return null;
    }
  }

  /** Reports a problem of a key's value, or of the rule where it lacks the key. */
  private void problem(RuleKey key, String what, String accepted) {
    problem(nodes.getOrDefault(key, node), key + ": " + what, accepted);
  }

  private void problem(Node at, String what, String accepted) {
    failed = true;
    problems.add(
        new Problem(YamlFile.position(fileName, at), what, accepted, RulesParser.REJECTED));
  }
}
