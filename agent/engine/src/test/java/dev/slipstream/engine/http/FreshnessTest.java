package dev.slipstream.engine.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipstream.config.rules.CacheRule;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FreshnessTest {
  private static final long NOW = Instant.parse("2026-03-01T12:00:00Z").toEpochMilli();
  private static final Duration DEFAULT_TTL = Duration.ofHours(1);
  private static final CacheRule TEN_SECONDS = TestGateway.rule("pattern: /a, ttl: 10s");
  private static final CacheRule NO_TTL = TestGateway.rule("pattern: /a");
  private static final CacheRule OVERRIDE =
      TestGateway.rule("pattern: /a, ttl: 10s, origin: override");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "s-maxage=1, max-age=2 | 1",
        "max-age=2, s-maxage=1 | 1",
        "s-maxage=0, max-age=2 | 0",
        "s-maxage=x, max-age=2 | 0",
        "max-age=2             | 2",
        "max-age=0             | 0",
        "max-age=-5            | 0",
        "max-age               | 0",
        "public                | 3",
      })
  void lifetimeMillis_sMaxageThenMaxAgeThenExpires(String cacheControl, long seconds) {
    assertThat(
            lifetime(
                null,
                "Cache-Control",
                cacheControl,
                "Date",
                HttpDate.format(NOW),
                "Expires",
                HttpDate.format(NOW + 3_000)))
        .isEqualTo(seconds * 1_000);
  }

  @Test
  void lifetimeMillis_nothingStated_isTheRules() {
    assertThat(lifetime(TEN_SECONDS)).isEqualTo(10_000);
    assertThat(lifetime(NO_TTL)).isEqualTo(DEFAULT_TTL.toMillis());
    assertThat(lifetime(null)).isEqualTo(Freshness.UNSTATED);
    assertThat(lifetime(null, "Last-Modified", HttpDate.format(NOW - 86_400_000)))
        .isEqualTo(Freshness.UNSTATED);
  }

  @Test
  void lifetimeMillis_stated_winsOverTheRule() {
    assertThat(lifetime(TEN_SECONDS, "Cache-Control", "max-age=2")).isEqualTo(2_000);
    assertThat(lifetime(TEN_SECONDS, "Cache-Control", "max-age=0")).isZero();
    assertThat(lifetime(TEN_SECONDS, "Expires", HttpDate.format(NOW + 7_000))).isEqualTo(7_000);
  }

  @Test
  void lifetimeMillis_override_winsOverWhatIsStated() {
    assertThat(lifetime(OVERRIDE, "Cache-Control", "max-age=2, s-maxage=3")).isEqualTo(10_000);
    assertThat(lifetime(OVERRIDE, "Expires", "0")).isEqualTo(10_000);
  }

  @Test
  void lifetimeMillis_statusTheRuleDoesNotCover_isAsWithoutIt() {
    ResponseHead notFound = TestGateway.head(404);
    ResponseHead stated = TestGateway.head(404, "Cache-Control", "max-age=2");

    assertThat(Freshness.lifetimeMillis(notFound, CacheControl.NONE, TEN_SECONDS, DEFAULT_TTL, NOW))
        .isEqualTo(Freshness.UNSTATED);
    assertThat(
            Freshness.lifetimeMillis(
                stated,
                CacheControl.parse(stated.fields().all("Cache-Control")),
                OVERRIDE,
                DEFAULT_TTL,
                NOW))
        .isEqualTo(2_000);
    assertThat(
            Freshness.lifetimeMillis(
                notFound,
                CacheControl.NONE,
                TestGateway.rule("pattern: /a, ttl: 10s, statuses: [404]"),
                DEFAULT_TTL,
                NOW))
        .isEqualTo(10_000);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "", "tomorrow", "Sun, 06 Nov 1994 08:49:37 CET"})
  void lifetimeMillis_invalidExpires_isStale(String expires) {
    assertThat(lifetime(TEN_SECONDS, "Expires", expires)).isZero();
  }

  @Test
  void lifetimeMillis_expires_countsFromDate() {
    String inAMinute = HttpDate.format(NOW + 60_000);

    assertThat(lifetime(null, "Expires", inAMinute, "Date", HttpDate.format(NOW + 20_000)))
        .isEqualTo(40_000);
    assertThat(lifetime(null, "Expires", inAMinute)).isEqualTo(60_000);
    assertThat(lifetime(null, "Expires", inAMinute, "Date", "garbage")).isEqualTo(60_000);
    assertThat(lifetime(null, "Expires", inAMinute, "Date", HttpDate.format(NOW + 90_000)))
        .isZero();
  }

  @Test
  void lifetimeMillis_greatestMaxAge_doesNotOverflow() {
    assertThat(lifetime(null, "Cache-Control", "max-age=99999999999999999999"))
        .isEqualTo(Integer.MAX_VALUE * 1_000L);
  }

  @Test
  void initialAgeMillis_isTheGreaterOfDateAndAge() {
    String tenSecondsAgo = HttpDate.format(NOW - 10_000);

    assertThat(age(0)).isZero();
    assertThat(age(0, "Date", tenSecondsAgo)).isEqualTo(10_000);
    assertThat(age(0, "Date", HttpDate.format(NOW + 10_000))).isZero();
    assertThat(age(0, "Date", "garbage")).isZero();
    assertThat(age(0, "Date", tenSecondsAgo, "Age", "3")).isEqualTo(10_000);
    assertThat(age(0, "Date", tenSecondsAgo, "Age", " 30 ")).isEqualTo(30_000);
    assertThat(age(0, "Age", "-30")).isZero();
    assertThat(age(0, "Age", "old")).isZero();
  }

  @Test
  void initialAgeMillis_ageGrewWhileTheAnswerWasMade() {
    assertThat(age(2_500, "Age", "3")).isEqualTo(5_500);
    assertThat(age(-2_500, "Age", "3")).isEqualTo(3_000);
    assertThat(age(2_500)).isZero();
  }

  private static long lifetime(CacheRule rule, String... fields) {
    ResponseHead head = TestGateway.head(200, fields);
    CacheControl stated = CacheControl.parse(head.fields().all("Cache-Control"));
    return Freshness.lifetimeMillis(head, stated, rule, DEFAULT_TTL, NOW);
  }

  private static long age(long delayMillis, String... fields) {
    return Freshness.initialAgeMillis(Fields.of(fields), NOW - delayMillis, NOW);
  }
}
