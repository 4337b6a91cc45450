package dev.slipstream.config.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class RuleTextTest {
  @Test
  void of_blocks_withoutWhatSurroundsThem() {
    Map<String, RuleText> rules =
        RuleText.of(
            """
            # Rules.
            rules:
              - name: a
                pattern: /a
                # within
                ttl: 5m

              # about b
              - pattern: "/b/𝄞"
                name: b
            cached_methods: []
            """);

    assertThat(rules)
        .containsOnlyKeys("a", "b")
        .containsEntry("a", new RuleText(3, "name: a\npattern: /a\n# within\nttl: 5m"))
        .containsEntry("b", new RuleText(9, "pattern: \"/b/𝄞\"\nname: b"));
  }

  @Test
  void of_flows_isJustThem() {
    assertThat(RuleText.of("rules: [{name: 𝄞, pattern: /a}, {name: b,\n  pattern: /b}] # end"))
        .containsEntry("𝄞", new RuleText(1, "{name: 𝄞, pattern: /a}"))
        .containsEntry("b", new RuleText(1, "{name: b,\npattern: /b}"));
  }

  @Test
  void of_defaults_isEachOfThem() {
    Map<String, RuleText> rules = RuleText.of(RulesFile.defaultText());

    for (CacheRule rule : RulesFile.defaults().rules()) {
      RuleText text = rules.get(rule.name());
      ParsedRules parsed =
          RulesFile.parse("again", "rules:\n- " + text.yaml().replace("\n", "\n  "));
      assertThat(parsed.problems()).isEmpty();
      assertThat(parsed.rules().rules()).containsExactly(rule);
    }
  }

  @Test
  void of_whatIsNoRules_isNothing() {
    assertThat(RuleText.of("")).isEmpty();
    assertThat(RuleText.of("rules: [")).isEmpty();
    assertThat(RuleText.of("[a]")).isEmpty();
  }

  @Test
  void passedOver_saysWhyEachIsNotTheOne() {
    RuleSet rules =
        RulesFile.parse(
                "test",
                """
                rules:
                  - {name: off, pattern: /a, enabled: false}
                  - {name: post, pattern: /a, methods: [POST], cache_post: true}
                  - {name: other, pattern: /b}
                  - {name: one, pattern: /a}
                  - {name: late, pattern: /a}
                """)
            .rules();

    assertThat(rules.passedOver("GET", "/a"))
        .containsExactly(
            "off: enabled: false",
            "post: the method is none of POST",
            "other: the path is not of /b");
    assertThat(rules.passedOver("GET", "/c")).hasSize(5);
  }
}
