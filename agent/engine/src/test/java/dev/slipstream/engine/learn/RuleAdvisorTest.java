package dev.slipstream.engine.learn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipstream.config.jmx.ObservedEndpoint;
import dev.slipstream.config.rules.CacheRule;
import dev.slipstream.config.rules.ParsedRules;
import dev.slipstream.config.rules.RulesFile;
import dev.slipstream.engine.MutableClock;
import dev.slipstream.engine.profile.EndpointNames;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleAdvisorTest {
  private final MutableClock clock = new MutableClock();
  private final EndpointNames names = new EndpointNames();
  private final Learning learning =
      new Learning(true, Duration.ofMinutes(5), names, clock, () -> 0.5);

  /** So many requests, a second apart, for ten things in turn; each changes after a while. */
  private Refetch traffic(String path, int requests, int changesEverySeconds) {
    Refetch last = null;
    for (int i = 0; i < requests; i++) {
      String one = path.replace("{n}", Integer.toString(100 + i % 10));
      learning.asked("GET", one, one.hashCode(), Learning.Asked.MISS);
      last = learning.refetch("GET", one, null);
      byte[] body = ("v" + i / changesEverySeconds).getBytes(StandardCharsets.UTF_8);
      last.answered(one, 200, body, null);
      last.took(20_000_000, body.length);
      clock.advanceSeconds(1);
      learning.tick();
    }
    return last;
  }

  private static List<CacheRule> parsed(String advice) {
    ParsedRules rules = RulesFile.parse("advice", advice);
    assertThat(rules.problems()).as(advice).isEmpty();
    return rules.rules().rules();
  }

  @Test
  void trafficThatRepeats_getsARule() {
    traffic("/items/{n}", 2_000, 1_000);

    String advice = learning.advise(List.of());
    List<CacheRule> rules = parsed(advice);

    assertThat(rules).hasSize(1);
    CacheRule rule = rules.get(0);
    assertThat(rule.pattern().matches("/items/107")).isTrue();
    assertThat(rule.pattern().matches("/items/107/parts")).isFalse();
    assertThat(rule.ttl()).isBetween(Duration.ofSeconds(20), Duration.ofSeconds(200));
    assertThat(rule.adaptiveTtl()).isNotNull();
    assertThat(advice).contains("expected:", "time saved:", "changes:", "risk: none seen");
  }

  @Test
  void thinEvidence_getsNone() {
    traffic("/items/{n}", 40, 1_000);

    assertThat(parsed(learning.advise(List.of()))).isEmpty();
  }

  @Test
  void whatWasPrivate_getsNone_whateverElseWasSeen() {
    for (Risk risk : List.of(Risk.PRIVATE, Risk.IDENTITY_READ, Risk.SET_COOKIE, Risk.NO_STORE)) {
      traffic("/" + risk.name().toLowerCase(java.util.Locale.ROOT), 500, 1_000).risk(risk);
    }

    String advice = learning.advise(List.of());

    assertThat(parsed(advice)).isEmpty();
    assertThat(advice.lines().filter(line -> line.startsWith("# not proposed"))).hasSize(4);
  }

  @Test
  void caution_saysWhatSpeaksAgainstIt() {
    assertThat(learning.caution("GET /items", null)).isEqualTo(Caution.UNKNOWN);
    Refetch items = traffic("/items", 50, 10);
    assertThat(learning.caution("GET /items", null).against()).isNull();
    assertThat(learning.caution("GET /items", null).risks()).isEmpty();
    assertThat(
            learning
                .caution("GET /items", new ObservedEndpoint("GET /items", 500, 400, 0, 1, 0, 0))
                .against())
        .contains("another identity");
    items.risk(Risk.PRIVATE);
    assertThat(learning.caution("GET /items", null).against())
        .isEqualTo("1 answers said that they are private");
    traffic("/accounts/{n}", 50, 10);
    assertThat(learning.caution("GET /accounts/{id}", null).risks())
        .containsExactly("the path looks like personal data: make sure that all may see it");
  }

  @Test
  void whatWouldHaveLeaked_getsNone() {
    traffic("/items", 500, 1_000);

    String advice =
        learning.advise(List.of(new ObservedEndpoint("GET /items", 500, 400, 0, 1, 0, 0)));

    assertThat(parsed(advice)).isEmpty();
    assertThat(advice).contains("another identity");
  }

  @Test
  void whatChangesAllTheTime_getsNone() {
    traffic("/clock", 1_000, 1);

    assertThat(parsed(learning.advise(List.of()))).isEmpty();
  }

  @Test
  void whatARuleServes_getsNone() {
    CacheRule rule = parsed("rules: [{name: a, pattern: /items, ttl: 60}]").get(0);
    traffic("/items", 500, 1_000);
    assertThat(parsed(learning.advise(List.of()))).hasSize(1);

    assertThat(learning.refetch("GET", "/items", rule)).isNotNull();

    assertThat(parsed(learning.advise(List.of()))).isEmpty();
  }

  @Test
  void order_isOfThePathsNotOfTheTraffic() {
    traffic("/b", 300, 1_000);
    traffic("/a/{n}", 300, 1_000);
    traffic("/a/top", 300, 1_000);

    assertThat(parsed(learning.advise(List.of())))
        .extracting(rule -> rule.pattern().toString())
        .containsExactly("/a/top", "/a/*{,/}", "/b");
  }

  /** What a client sends must not become a part of the file that it is not. */
  @Test
  void strangePaths_breakNothing() {
    traffic("/a\n- name: evil", 500, 1_000);
    traffic("/a\"b", 500, 1_000);
    traffic("/a*b", 500, 1_000).risk(Risk.PRIVATE);
    traffic("/é\u2028x", 500, 1_000).risk(Risk.PRIVATE);

    assertThat(parsed(learning.advise(List.of()))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "/users/{id}, '/users/*{,/}'",
    "/users/{id}/orders, /users/*/orders",
    "/users/{id: [0-9]{3}}/x, /users/*/x",
    "/plain, /plain",
  })
  void templates_becomePatterns(String template, String pattern) {
    assertThat(RuleAdvisor.pattern(template)).isEqualTo(pattern);
  }
}
