package dev.slipstream.engine.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipstream.engine.cache.KeyPattern;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApplicationKeysTest {
  private final ApplicationKeys keys = new ApplicationKeys("apigw");

  @ParameterizedTest
  @CsvSource({
    "users, user:1, apigw:users:user:1",
    "a:b, c, apigw:a%3Ab:c",
    "a, b:c, apigw:a:b:c",
    "a%3Ab, c, apigw:a%253Ab:c",
    "http_responses, GET:/, apigw:%68ttp_responses:GET:/",
    "_inv, x, apigw:%5Finv:x",
    "a{b}*?, x, apigw:a%7Bb%7D%2A%3F:x"
  })
  void of_nameAndKey(String cache, String key, String whole) {
    assertThat(keys.of(cache, key)).isEqualTo(whole);
  }

  @Test
  void patterns_areOfOneCacheAlone() {
    KeyPattern pattern = new KeyPattern(keys.patterns("users", List.of("user:*")).get(0));
    assertThat(pattern.matches(keys.of("users", "user:1"))).isTrue();
    assertThat(pattern.matches(keys.of("others", "user:1"))).isFalse();
    assertThat(new KeyPattern("user:*").matches(keys.of("users", "user:1"))).isTrue();
  }

  @Test
  void resourceOf_responses_isNotThisCaches() {
    assertThat(keys.resourceOf("apigw:http_responses:GET:/:::")).isNull();
    assertThat(keys.resourceOf("apigw:http_responses2:x")).isEqualTo("apigw:http_responses2:x");
    assertThat(keys.resourceOf(keys.of("http_responses", "x"))).isNotNull();
  }

  @Test
  void fit_whatBothTiersTake() {
    assertThat(ApplicationKeys.fit("k", List.of("a", "b"))).isTrue();
    assertThat(ApplicationKeys.fit("k".repeat(16_385), List.of())).isFalse();
    assertThat(ApplicationKeys.fit("k", List.of("a\nb"))).isFalse();
    assertThat(ApplicationKeys.fit("k", List.of("t".repeat(257)))).isFalse();
    assertThat(ApplicationKeys.fit("k", Collections.nCopies(65, "t"))).isFalse();
  }
}
