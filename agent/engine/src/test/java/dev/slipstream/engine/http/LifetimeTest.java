package dev.slipstream.engine.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipstream.config.rules.CacheRule;
import dev.slipstream.engine.MutableClock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** For how long a response may be used once it is stale (RFC 5861, RFC 9111 §4.2.4). */
class LifetimeTest {
  private static final Duration SETTING = Duration.ofSeconds(60);
  private static final CacheRule STALE =
      TestGateway.rule("pattern: /a, stale_while_revalidate: 3s, stale_if_error: 4s");
  private static final CacheRule NO_STALE =
      TestGateway.rule("pattern: /a, stale_while_revalidate: 0s, stale_if_error: 0s");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "max-age=1                             |  0 | 60 | false",
        "max-age=1, stale-while-revalidate=7   |  7 | 60 | false",
        "max-age=1, stale-if-error=8           |  0 |  8 | true",
        "max-age=1, stale-if-error=0           |  0 |  0 | true",
        "stale-while-revalidate=7, stale-if-error=8 | 7 | 8 | true",
        "max-age=1, stale-while-revalidate=x   |  0 | 60 | false",
        "max-age=1, stale-while-revalidate     |  0 | 60 | false",
        "max-age=1, stale-if-error=x           |  0 |  0 | true",
      })
  void lifetime_staleTimes_areTheResponsesElseTheSettings(
      String cacheControl, long whileRevalidate, long ifError, boolean anyError) {
    Lifetime lifetime = lifetime(null, cacheControl);

    assertThat(lifetime.staleWhileRevalidateMillis()).isEqualTo(whileRevalidate * 1_000);
    assertThat(lifetime.staleIfErrorMillis()).isEqualTo(ifError * 1_000);
    assertThat(lifetime.anyError()).isEqualTo(anyError);
    assertThat(lifetime.staleAllowed()).isTrue();
    assertThat(lifetime.alwaysValidated()).isFalse();
  }

  @Test
  void lifetime_staleTimesOfTheRule_winOverTheResponses() {
    String stated = "max-age=1, stale-while-revalidate=7, stale-if-error=8";

    assertThat(lifetime(STALE, stated))
        .isEqualTo(new Lifetime(1_000, 3_000, 4_000, true, false, true));
    assertThat(lifetime(STALE, "max-age=1"))
        .isEqualTo(new Lifetime(1_000, 3_000, 4_000, true, false, true));
    assertThat(lifetime(NO_STALE, stated)).isEqualTo(new Lifetime(1_000, 0, 0, true, false, true));
    assertThat(lifetime(TestGateway.rule("pattern: /a"), stated))
        .isEqualTo(new Lifetime(1_000, 7_000, 8_000, true, false, true));
  }

  /** RFC 9111 §4.2.4: neither a rule nor the request can allow what these directives forbid. */
  @ParameterizedTest
  @ValueSource(strings = {"must-revalidate", "proxy-revalidate", "s-maxage=1", "no-cache"})
  void lifetime_directiveThatForbidsStale(String directive) {
    String stated = directive + ", max-age=1, stale-while-revalidate=7, stale-if-error=8";

    for (CacheRule rule : new CacheRule[] {null, STALE}) {
      assertThat(lifetime(rule, stated))
          .isEqualTo(new Lifetime(1_000, 0, 0, false, directive.equals("no-cache"), false));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"no-cache=\"Set-Cookie\"", "no-cache=X", "immutable", "private=\"X\""})
  void lifetime_directiveThatDoesNotForbidStale(String directive) {
    assertThat(lifetime(null, directive + ", max-age=1"))
        .isEqualTo(new Lifetime(1_000, 0, 60_000, false, false, true));
  }

  @Test
  void lifetime_neverStaleOfTheRule_forbidsIt() {
    CacheRule never = TestGateway.rule("pattern: /a, never_stale: true");

    assertThat(lifetime(never, "max-age=1, stale-while-revalidate=7, stale-if-error=8"))
        .isEqualTo(new Lifetime(1_000, 0, 0, false, false, false));
  }

  @Test
  void lifetime_noCache_isValidatedBeforeEachUse() {
    assertThat(lifetime(null, "no-cache").alwaysValidated()).isTrue();
    assertThat(lifetime(null, "no-cache=\"(\"").alwaysValidated()).isTrue();
    assertThat(lifetime(null, "no-cache=\"X\", no-cache").alwaysValidated()).isTrue();
  }

  @Test
  void longestStaleMillis_isTheLongerOfTheTwo() {
    assertThat(lifetime(null, "max-age=1").longestStaleMillis()).isEqualTo(60_000);
    assertThat(lifetime(null, "stale-while-revalidate=70").longestStaleMillis()).isEqualTo(70_000);
    assertThat(lifetime(null, "stale-if-error=8").longestStaleMillis()).isEqualTo(8_000);
  }

  @Test
  void orStale_ofNothingStated_isStaleAtOnce() {
    Lifetime unstated = new Lifetime(Freshness.UNSTATED, 1, 2, true, true, true);

    assertThat(unstated.isStated()).isFalse();
    assertThat(unstated.orStale()).isEqualTo(new Lifetime(0, 1, 2, true, true, true));
    assertThat(Lifetime.fresh(5).orStale()).isEqualTo(Lifetime.fresh(5));
    assertThat(Lifetime.fresh(0).isStated()).isTrue();
  }

  private static Lifetime lifetime(CacheRule rule, String cacheControl) {
    ResponseHead head = TestGateway.head(200, "Cache-Control", cacheControl);
    return Freshness.lifetime(
        head,
        Stated.of(head.fields(), List.of()),
        rule,
        Duration.ofHours(1),
        SETTING,
        null,
        MutableClock.START_MILLIS);
  }
}
