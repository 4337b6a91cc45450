package dev.slipstream.config.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class RuleSetTest {

  @Test
  void match_takesTheFirstEnabledRule() {
    RuleSet rules =
        rules(
            """
            rules:
              - {name: off, pattern: /users/*, enabled: false}
              - {name: first, pattern: /users/7}
              - {name: second, pattern: /users/*}
            """);

    assertThat(name(rules.match("GET", "/users/7"))).isEqualTo("first");
    assertThat(name(rules.match("GET", "/users/8"))).isEqualTo("second");
    assertThat(rules.match("POST", "/users/8")).isNull();
    assertThat(rules.match("GET", "/orders")).isNull();
  }

  @Test
  void followedBy_keepsTheOwnRuleOfThatName() {
    RuleSet own = rules("rules: [{name: health, pattern: /api/v1/health*, enabled: false}]");

    RuleSet all = own.followedBy(RulesFile.defaults());

    assertThat(all.match("GET", "/api/v1/health")).isNull();
    assertThat(name(all.match("GET", "/docs"))).isEqualTo("documentation");
  }

  @Test
  void hasPriorities_whereAnEnabledRuleHasAnother() {
    String off = "{name: off, pattern: /a, priority: critical, enabled: false}";
    String usual = "{name: usual, pattern: /b, priority: default}";
    String last = "{name: last, pattern: /c, priority: sheddable}";

    assertThat(rules("rules: [" + off + ", " + usual + "]").hasPriorities()).isFalse();
    assertThat(rules("rules: [" + usual + ", " + last + "]").hasPriorities()).isTrue();
  }

  @Test
  void invalidatedBy_findsEveryRule() {
    RuleSet rules =
        rules(
            """
            rules:
              - {name: a, pattern: /users/*, invalidate_on: ["POST /users/**", /admin]}
              - {name: b, pattern: /teams/*, invalidate_on: [/users/*]}
              - {name: c, pattern: /off, invalidate_on: [/users/*], enabled: false}
            """);

    assertThat(names(rules.invalidatedBy("POST", "/users/7"))).containsExactly("a", "b");
    assertThat(names(rules.invalidatedBy("DELETE", "/users/7"))).containsExactly("b");
    assertThat(names(rules.invalidatedBy("PUT", "/admin"))).containsExactly("a");
    assertThat(rules.invalidatedBy("GET", "/users/7")).isEmpty();
  }

  @Test
  void coversStatus_ofTheRule() {
    CacheRule rule = rules("rules: [{name: a, pattern: /a, statuses: [404]}]").rules().get(0);

    assertThat(rule.coversStatus(404)).isTrue();
    assertThat(rule.coversStatus(200)).isFalse();
  }

  @Test
  void coversStatus_thatHasALifetimeOfItsOwn() {
    CacheRule rule =
        rules("rules: [{name: a, pattern: /a, ttl: 1m, ttl_by_status: {404: 10s, 503: 1s}}]")
            .rules()
            .get(0);

    assertThat(rule.coversStatus(200)).isTrue();
    assertThat(rule.coversStatus(404)).isTrue();
    assertThat(rule.coversStatus(503)).isTrue();
    assertThat(rule.coversStatus(500)).isFalse();
  }

  @Test
  void ttlFor_ofAStatusComesBeforeTheRules() {
    RuleSet rules =
        rules(
            """
            rules:
              - {name: a, pattern: /a, ttl: 1m, ttl_by_status: {404: 10s}}
              - {name: b, pattern: /b, ttl_by_status: {404: 10s}}
            """);

    assertThat(rules.rules().get(0).ttlFor(404)).isEqualTo(Duration.ofSeconds(10));
    assertThat(rules.rules().get(0).ttlFor(200)).isEqualTo(Duration.ofMinutes(1));
    assertThat(rules.rules().get(1).ttlFor(200)).isNull();
  }

  @Test
  void new_withANameTwice() {
    CacheRule rule = rules("rules: [{name: a, pattern: /a}]").rules().get(0);

    assertThatThrownBy(() -> new RuleSet(List.of(rule, rule)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void match_amongAHundredRulesAllocatesNothing() {
    StringBuilder text = new StringBuilder("rules:\n");
    for (int i = 0; i < 100; i++) {
      text.append("  - {name: r").append(i).append(", pattern: '/api/v1/**/x").append(i);
      text.append("', statuses: [404]}\n");
    }
    RuleSet rules = rules(text.toString());
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long thread = Thread.currentThread().getId();
    matchOften(rules);

    long before = threads.getThreadAllocatedBytes(thread);
    int matches = matchOften(rules);
    long allocated = threads.getThreadAllocatedBytes(thread) - before;

    assertThat(matches).isEqualTo(2_000);
    assertThat(allocated).isLessThan(10_000);
  }

  private static int matchOften(RuleSet rules) {
    int matches = 0;
    for (int i = 0; i < 2_000; i++) {
      CacheRule rule = rules.match("GET", "/api/v1/users/7/orders/x99");
      matches += rule != null && rule.coversStatus(404) ? 1 : 0;
      matches += rules.match("GET", "/other") == null ? 0 : 1;
      matches += rules.invalidatedBy("POST", "/api/v1/users").size();
    }
    return matches;
  }

  private static RuleSet rules(String text) {
    ParsedRules parsed = RulesFile.parse("r.yaml", text);
    assertThat(parsed.problems()).isEmpty();
    return parsed.rules();
  }

  private static String name(CacheRule rule) {
    return rule == null ? null : rule.name();
  }

  private static List<String> names(List<CacheRule> rules) {
    return rules.stream().map(CacheRule::name).toList();
  }
}
