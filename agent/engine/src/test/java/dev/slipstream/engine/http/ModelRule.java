package dev.slipstream.engine.http;

import dev.slipstream.config.rules.RuleSet;
import dev.slipstream.config.rules.RulesFile;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A cache rule as the model understands it. Seconds are negative where the rule does not say.
 *
 * @param prefix the beginning of its paths
 * @param ttlOf404 the lifetime of a 404; the rule is not for it where this is negative
 * @param own whether each identity has its own answers
 * @param everyone whether credentials do not matter
 * @param vary the field that chooses the variant, or empty
 * @param changedBy the target to which a POST makes the rule's entries invalid, or empty
 * @param more what else is written in its YAML
 */
record ModelRule(
    String name,
    String prefix,
    int ttl,
    int ttlOf404,
    boolean override,
    boolean own,
    boolean everyone,
    int whileRevalidate,
    int ifError,
    boolean neverStale,
    String vary,
    boolean ignoresUtm,
    String changedBy,
    String more) {

  private static final ModelRule OWN =
      new ModelRule("a", "/a/", 60, -1, false, true, false, -1, -1, false, "", false, "", "");
  private static final ModelRule STALE =
      new ModelRule(
          "c", "/c/", 100, -1, false, false, false, 30, 200, false, "", false, "", "tags: [c]");
  private static final ModelRule FORCED =
      new ModelRule(
          "a", "/a/", 120, -1, true, false, false, -1, -1, false, "X-Device", false, "", "");
  private static final ModelRule PREVIEW =
      new ModelRule(
          "b",
          "/b/",
          50,
          -1,
          false,
          false,
          false,
          -1,
          -1,
          false,
          "",
          true,
          "",
          "bypass: [\"header:X-Preview\"]");
  private static final ModelRule ALL =
      new ModelRule("all", "/", 40, -1, false, true, false, -1, -1, true, "", false, "", "");
  private static final ModelRule EVERYONE =
      new ModelRule("b", "/b/", 60, -1, false, false, true, -1, -1, false, "", true, "/c/1", "");
  private static final ModelRule BY_LANGUAGE =
      new ModelRule(
          "a", "/a/", 30, 10, false, true, false, -1, 20, false, "Accept-Language", false, "", "");

  /** What the operator changes between. */
  static final List<List<ModelRule>> SETS =
      List.of(
          List.of(),
          List.of(OWN, STALE),
          List.of(FORCED, PREVIEW),
          List.of(ALL),
          List.of(BY_LANGUAGE, EVERYONE, STALE));

  static @Nullable ModelRule match(List<ModelRule> rules, String path) {
    for (ModelRule rule : rules) {
      if (path.startsWith(rule.prefix)) {
        return rule;
      }
    }
    return null;
  }

  boolean covers(int status) {
    return status == 200 || (status == 404 && ttlOf404 >= 0);
  }

  long ttlMillis(int status) {
    return 1000L * (status == 404 ? ttlOf404 : ttl);
  }

  static RuleSet parsed(List<ModelRule> rules) {
    String text =
        rules.isEmpty()
            ? "rules: []"
            : rules.stream().map(ModelRule::text).collect(Collectors.joining("", "rules:\n", ""));
    var parsed = RulesFile.parse("model", text);
    if (!parsed.problems().isEmpty() || parsed.rules().rules().size() != rules.size()) {
      throw new IllegalStateException(parsed.problems() + text);
    }
    return parsed.rules();
  }

  private String text() {
    StringBuilder text = new StringBuilder("  - name: " + name);
    line(text, "pattern: \"" + prefix + (prefix.equals("/") ? "**\"" : "*\""));
    line(text, "ttl: " + ttl + "s");
    line(text, ttlOf404 < 0 ? "" : "ttl_by_status: {404: " + ttlOf404 + "s}");
    line(text, override ? "origin: override" : "");
    line(text, own ? "cache_authenticated: true" : "");
    line(text, everyone ? "ignore_credentials: true" : "");
    line(text, whileRevalidate < 0 ? "" : "stale_while_revalidate: " + whileRevalidate + "s");
    line(text, ifError < 0 ? "" : "stale_if_error: " + ifError + "s");
    line(text, neverStale ? "never_stale: true" : "");
    line(text, vary.isEmpty() ? "" : "vary_headers: [" + vary + "]");
    line(text, ignoresUtm ? "ignore_query: [\"utm_*\"]" : "");
    line(text, changedBy.isEmpty() ? "" : "invalidate_on: [\"POST " + changedBy + "\"]");
    line(text, more);
    return text.append('\n').toString();
  }

  private static void line(StringBuilder text, String line) {
    if (!line.isEmpty()) {
      text.append("\n    ").append(line);
    }
  }
}
