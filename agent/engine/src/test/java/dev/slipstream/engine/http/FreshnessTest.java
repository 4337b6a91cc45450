package dev.slipstream.engine.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipstream.config.rules.CacheRule;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
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
        "max-age=1.5           | 0",
        "max-age               | 0",
        "max-age=2, max-age=9  | 2",
        "public                | 3",
      })
  void freshMillis_sMaxageThenMaxAgeThenExpires(String cacheControl, long seconds) {
    assertThat(
            fresh(
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
  void freshMillis_nothingStated_isTheRules() {
    assertThat(fresh(TEN_SECONDS)).isEqualTo(10_000);
    assertThat(fresh(NO_TTL)).isEqualTo(DEFAULT_TTL.toMillis());
    assertThat(fresh(null)).isEqualTo(Freshness.UNSTATED);
  }

  @Test
  void freshMillis_stated_winsOverTheRule() {
    assertThat(fresh(TEN_SECONDS, "Cache-Control", "max-age=2")).isEqualTo(2_000);
    assertThat(fresh(TEN_SECONDS, "Cache-Control", "max-age=0")).isZero();
    assertThat(fresh(TEN_SECONDS, "Expires", HttpDate.format(NOW + 7_000))).isEqualTo(7_000);
  }

  @Test
  void freshMillis_override_winsOverWhatIsStated() {
    assertThat(fresh(OVERRIDE, "Cache-Control", "max-age=2, s-maxage=3")).isEqualTo(10_000);
    assertThat(fresh(OVERRIDE, "Expires", "0")).isEqualTo(10_000);
    assertThat(fresh(OVERRIDE, "Slipstream-Cache-Control", "max-age=2")).isEqualTo(10_000);
  }

  @Test
  void freshMillis_ttlOfTheStatus_winsOverTheRulesOwn() {
    CacheRule rule = TestGateway.rule("pattern: /a, ttl: 10s, ttl_by_status: {404: 3s}");

    assertThat(fresh(404, rule)).isEqualTo(3_000);
    assertThat(fresh(200, rule)).isEqualTo(10_000);
  }

  @Test
  void freshMillis_statusTheRuleDoesNotCover_isAsWithoutIt() {
    assertThat(fresh(404, TEN_SECONDS)).isEqualTo(Freshness.UNSTATED);
    assertThat(fresh(404, OVERRIDE, "Cache-Control", "max-age=2")).isEqualTo(2_000);
    assertThat(fresh(404, TestGateway.rule("pattern: /a, ttl: 10s, statuses: [404]")))
        .isEqualTo(10_000);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "", "tomorrow", "Sun, 06 Nov 1994 08:49:37 CET"})
  void freshMillis_invalidExpires_isStale(String expires) {
    assertThat(fresh(TEN_SECONDS, "Expires", expires)).isZero();
  }

  @Test
  void freshMillis_expires_countsFromDate() {
    String inAMinute = HttpDate.format(NOW + 60_000);

    assertThat(fresh(null, "Expires", inAMinute, "Date", HttpDate.format(NOW + 20_000)))
        .isEqualTo(40_000);
    assertThat(fresh(null, "Expires", inAMinute)).isEqualTo(60_000);
    assertThat(fresh(null, "Expires", inAMinute, "Date", "garbage")).isEqualTo(60_000);
    assertThat(fresh(null, "Expires", inAMinute, "Date", HttpDate.format(NOW + 90_000))).isZero();
  }

  @Test
  void freshMillis_greatestMaxAge_doesNotOverflow() {
    assertThat(fresh(null, "Cache-Control", "max-age=99999999999999999999"))
        .isEqualTo(Integer.MAX_VALUE * 1_000L);
  }

  /** RFC 9213 §2.2: of Cache-Control and Expires nothing counts beside a targeted field. */
  @Test
  void freshMillis_targetedField_isAllThatCounts() {
    String[] targeted = {
      "Slipstream-Cache-Control", "max-age=5", "Cache-Control", "s-maxage=2, no-store"
    };

    assertThat(fresh(null, targeted)).isEqualTo(5_000);
    assertThat(fresh(TEN_SECONDS, targeted)).isEqualTo(5_000);
    assertThat(
            fresh(
                null,
                "Slipstream-Cache-Control",
                "public",
                "Cache-Control",
                "max-age=2",
                "Expires",
                HttpDate.format(NOW + 7_000)))
        .isEqualTo(Freshness.UNSTATED);
    assertThat(
            fresh(
                null,
                "Slipstream-Cache-Control",
                "max-age=\"5\"; , broken",
                "Cache-Control",
                "max-age=2"))
        .isEqualTo(2_000);
  }

  @ParameterizedTest
  @CsvSource({
    "200, true",
    "203, true",
    "204, true",
    "206, true",
    "300, true",
    "301, true",
    "308, true",
    "404, true",
    "405, true",
    "410, true",
    "414, true",
    "501, true",
    "201, false",
    "202, false",
    "302, false",
    "303, false",
    "307, false",
    "400, false",
    "403, false",
    "500, false",
    "502, false",
    "503, false",
    "504, false",
    "599, false",
  })
  void freshMillis_heuristic_ofStatusesThatAllowIt(int status, boolean allowed) {
    String anHourAgo = HttpDate.format(NOW - 3_600_000);

    assertThat(fresh(status, null, "Last-Modified", anHourAgo))
        .isEqualTo(allowed ? 360_000 : Freshness.UNSTATED);
    assertThat(fresh(status, null, "Last-Modified", anHourAgo, "Cache-Control", "public"))
        .isEqualTo(360_000);
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "10, 1", "600, 60", "36000, 3600", "36010, 3600", "99999999, 3600"})
  void freshMillis_heuristic_isATenthAndAnHourAtMost(long secondsAgo, long seconds) {
    assertThat(fresh(null, "Last-Modified", HttpDate.format(NOW - secondsAgo * 1_000)))
        .isEqualTo(seconds * 1_000);
  }

  @Test
  void freshMillis_heuristic_countsFromDate() {
    assertThat(
            fresh(
                null,
                "Date",
                HttpDate.format(NOW - 60_000),
                "Last-Modified",
                HttpDate.format(NOW - 160_000)))
        .isEqualTo(10_000);
    assertThat(fresh(null, "Last-Modified", HttpDate.format(NOW + 60_000))).isZero();
    assertThat(fresh(null, "Last-Modified", "yesterday")).isEqualTo(Freshness.UNSTATED);
  }

  @Test
  void freshMillis_heuristic_isTheLastResort() {
    String anHourAgo = HttpDate.format(NOW - 3_600_000);

    assertThat(fresh(TEN_SECONDS, "Last-Modified", anHourAgo)).isEqualTo(10_000);
    assertThat(fresh(null, "Last-Modified", anHourAgo, "Cache-Control", "max-age=0")).isZero();
    assertThat(fresh(null, "Last-Modified", anHourAgo, "Expires", "0")).isZero();
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
  }

  /** RFC 9111 §5.1: the first member counts, and what is no number is ignored. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "0         | 0",
        "30        | 30",
        "' 30 '    | 30",
        "007       | 7",
        "30, 5     | 30",
        "30,       | 30",
        "30 , x    | 30",
        "x, 30     | 0",
        "', 30'    | 0",
        "''        | 0",
        "-30       | 0",
        "+30       | 0",
        "30.5      | 0",
        "30;x      | 0",
        "3 0       | 0",
        "old       | 0",
        "\u0663    | 0",
        "99999999999999999999 | 2147483647",
      })
  void initialAgeMillis_age(String age, long seconds) {
    assertThat(age(0, "Age", age)).isEqualTo(seconds * 1_000);
  }

  @Test
  void initialAgeMillis_severalAges_theFirstCounts() {
    assertThat(age(0, "Age", "3", "Age", "30")).isEqualTo(3_000);
  }

  @Test
  void initialAgeMillis_ageGrewWhileTheAnswerWasMade() {
    assertThat(age(2_500, "Age", "3")).isEqualTo(5_500);
    assertThat(age(-2_500, "Age", "3")).isEqualTo(3_000);
    assertThat(age(2_500)).isZero();
    assertThat(age(2_500, "Age", "old")).isZero();
  }

  private static long fresh(CacheRule rule, String... fields) {
    return fresh(200, rule, fields);
  }

  private static long fresh(int status, CacheRule rule, String... fields) {
    ResponseHead head = TestGateway.head(status, fields);
    Stated stated = Stated.of(head.fields(), List.of("Slipstream-Cache-Control"));
    return Freshness.lifetime(head, stated, rule, DEFAULT_TTL, Duration.ZERO, null, NOW)
        .freshMillis();
  }

  private static long age(long delayMillis, String... fields) {
    return Freshness.initialAgeMillis(Fields.of(fields), NOW - delayMillis, NOW);
  }
}
