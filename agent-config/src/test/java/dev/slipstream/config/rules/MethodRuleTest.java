package dev.slipstream.config.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules for methods in a rules file. */
class MethodRuleTest {
  private static ParsedRules parse(String rule) {
    return RulesFile.parse("r.yaml", "cached_methods: [{" + rule + "}]");
  }

  @Test
  void parse_everyKey() {
    ParsedRules parsed =
        parse(
            "method: 'com.example.Users#find(java.lang.String)', ttl: 10m, namespace: users,"
                + " tags: [users, 'user:{0}'], key: 'user:{0}', enabled: false");
    assertThat(parsed.problems()).isEmpty();
    assertThat(parsed.methods())
        .containsExactly(
            new MethodRule(
                new MethodName("com.example.Users", "find", List.of("java.lang.String")),
                Duration.ofMinutes(10),
                "users",
                List.of("users", "user:{0}"),
                "user:{0}",
                false));
  }

  @Test
  void parse_methodAlone_hasDefaults() {
    MethodRule rule = parse("method: com.example.Users#find").methods().get(0);
    assertThat(rule)
        .isEqualTo(
            new MethodRule(
                new MethodName("com.example.Users", "find", null),
                null,
                "methods",
                List.of(),
                "",
                true));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          com.example.Users#find            | find(
          Users#find()                      | find()
          a.B$C#d(int,long[],java.util.List)| d(I[JLjava/util/List;)
          a.B#c( a.D$E[][] , boolean )      | c([[La/D$E;Z)
          """)
  void member_asInAClassFile(String method, String member) throws Exception {
    assertThat(MethodName.parse(method).member()).isEqualTo(member);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "method: com.example.Users",
        "method: com.example.Users#find(int",
        "method: 'com.example.Users#find(int,)'",
        "method: 'com.example.Users#find(int int)'",
        "method: 'com.example.Users#<init>()'",
        "ttl: 10m",
        "method: a.B#c, pattern: /a",
        "method: a.B#c, namespace: ''",
        "method: a.B#c, ttl: 0",
        "method: a.B#c}, {method: a.B#c"
      })
  void parse_whatIsWrong_isAProblemWithItsPosition(String rule) {
    ParsedRules parsed = parse(rule);
    assertThat(parsed.problems()).hasSize(1);
    assertThat(parsed.problems().get(0).message()).startsWith("r.yaml:1:");
    assertThat(parsed.methods()).isEmpty();
  }
}
