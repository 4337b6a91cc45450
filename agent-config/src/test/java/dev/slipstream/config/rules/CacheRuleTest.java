package dev.slipstream.config.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipstream.config.NamePatterns;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CacheRuleTest {

  private static final Duration SECOND = Duration.ofSeconds(1);

  @Test
  void new_addsTheStatusesWithALifetimeOfTheirOwn() throws Exception {
    CacheRule rule = rule(Map.of(404, SECOND, 200, SECOND), null, null, false);

    assertThat(rule.statuses()).containsExactly(200, 404);
  }

  @Test
  void new_withALifetimeThatIsNotPositive() {
    assertThatThrownBy(() -> rule(Map.of(404, Duration.ZERO), null, null, false))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> rule(Map.of(404, SECOND.negated()), null, null, false))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void new_withANegativeStaleness() {
    assertThatThrownBy(() -> rule(Map.of(), SECOND.negated(), null, false))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> rule(Map.of(), null, SECOND.negated(), false))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void new_neverStaleAndStaleForATime() throws Exception {
    assertThatThrownBy(() -> rule(Map.of(), SECOND, null, true))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> rule(Map.of(), null, SECOND, true))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(rule(Map.of(), Duration.ZERO, Duration.ZERO, true).neverStale()).isTrue();
  }

  private static CacheRule rule(
      Map<Integer, Duration> ttlByStatus,
      Duration staleWhileRevalidate,
      Duration staleIfError,
      boolean neverStale)
      throws Exception {
    return new CacheRule(
        "a",
        PathPattern.parse("/a"),
        List.of("GET"),
        RuleMode.SERVE,
        null,
        ttlByStatus,
        List.of(200),
        List.of(),
        false,
        false,
        false,
        staleWhileRevalidate,
        staleIfError,
        neverStale,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        OriginPolicy.RESPECT,
        NamePatterns.NONE,
        false,
        NamePatterns.NONE,
        null,
        false,
        ServePlace.SERVLET,
        false,
        Priority.DEFAULT,
        null,
        null,
        true);
  }
}
