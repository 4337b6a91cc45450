package dev.slipstream.console.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipstream.console.cache.Invalidation;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads the body of an invalidation. */
final class InvalidationBody {
  private static final Set<String> MEMBERS =
      Set.of("tags", "patterns", "keys", "match", "level", "reason", "soft", "dry_run");
  private static final int MOST_VALUES = 1_000;
  private static final int LONGEST_VALUE = 1_024;

  private InvalidationBody() {}

  /**
   * Reads it.
   *
   * @throws ProblemException if it is not what is accepted
   */
  static Invalidation parse(byte[] body) {
    JsonBody root = JsonBody.of(body, MEMBERS);
    List<String> tags = strings(root, "tags");
    List<String> patterns = strings(root, "patterns");
    List<String> keys = strings(root, "keys");
    if (tags.isEmpty() && patterns.isEmpty() && keys.isEmpty()) {
      throw ProblemException.invalid("neither tags, patterns nor keys name anything to invalidate");
    }
    String level = oneOf(root, "level", "all", "l1", "l2", "all");
    boolean soft = flag(root, "soft");
    if (soft && !level.equals("all")) {
      throw ProblemException.invalid("soft is of level \"all\" alone");
    }
    return new Invalidation(
        tags,
        patterns,
        keys,
        oneOf(root, "match", "any", "any", "all"),
        level,
        soft,
        flag(root, "dry_run"),
        optional(root, "reason", ""));
  }

  private static boolean flag(JsonBody root, String name) {
    Boolean value = root.flag(name);
    return value != null && value;
  }

  private static String optional(JsonBody root, String name, String otherwise) {
    JsonNode value = root.member(name);
    return value == null ? otherwise : string(name, value);
  }

  private static String oneOf(JsonBody root, String name, String otherwise, String... accepted) {
    String text = optional(root, name, otherwise);
    if (!List.of(accepted).contains(text)) {
      throw ProblemException.invalid(
          name + " \"" + text + "\" is none of " + String.join(", ", accepted));
    }
    return text;
  }

  private static List<String> strings(JsonBody root, String name) {
    JsonNode array = root.member(name);
    if (array == null) {
      return List.of();
    }
    if (!array.isArray()) {
      throw ProblemException.invalid(name + " is no array of strings");
    }
    if (array.size() > MOST_VALUES) {
      throw ProblemException.invalid(name + " has more than " + MOST_VALUES + " values");
    }
    List<String> values = new ArrayList<>();
    for (JsonNode value : array) {
      String text = string("a value of " + name, value);
      if (text.isBlank()) {
        throw ProblemException.invalid("a value of " + name + " is empty");
      }
      values.add(text);
    }
    return values;
  }

  private static String string(String what, JsonNode value) {
    if (!value.isTextual()) {
      throw ProblemException.invalid(what + " is no string");
    }
    return Texts.checked(what, value.textValue(), LONGEST_VALUE);
  }
}
