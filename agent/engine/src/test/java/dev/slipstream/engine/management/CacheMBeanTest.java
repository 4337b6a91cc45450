package dev.slipstream.engine.management;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.entry;

import dev.slipstream.config.LogLevel;
import dev.slipstream.config.Settings;
import dev.slipstream.config.jmx.InvalidationReport;
import dev.slipstream.config.rules.RulesFile;
import dev.slipstream.engine.AgentLog;
import dev.slipstream.engine.MutableClock;
import dev.slipstream.engine.TestSettings;
import dev.slipstream.engine.cache.Coherence;
import dev.slipstream.engine.cache.MemoryTier;
import dev.slipstream.engine.cache.TieredCache;
import dev.slipstream.engine.codec.FrameCodec;
import dev.slipstream.engine.http.Decision;
import dev.slipstream.engine.http.Fields;
import dev.slipstream.engine.http.Fill;
import dev.slipstream.engine.http.HttpCache;
import dev.slipstream.engine.http.Inspection;
import dev.slipstream.engine.http.ReadSet;
import dev.slipstream.engine.http.ResponseHead;
import dev.slipstream.engine.http.TestRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Invalidation as operators ask for it, on L1 alone; Redis has a test of its own. */
class CacheMBeanTest {
  private static final String USER_1 =
      "apigw:http_responses:GET:/users/1::https://api.example.org:";
  private static final List<String> NONE = List.of();

  @TempDir private Path directory;
  private final MutableClock clock = new MutableClock();
  private HttpCache cache;
  private CacheMBean bean;

  @BeforeEach
  void store() {
    Settings settings = TestSettings.with();
    TieredCache tiers =
        HttpCache.tiers(
            settings,
            new MemoryTier(1 << 20, Duration.ofDays(1), clock),
            FrameCodec.of(settings.cache()),
            new Coherence(null, clock, System::nanoTime),
            clock);
    cache = new HttpCache(settings, tiers, clock, Runnable::run);
    cache.useRules(
        RulesFile.parse(
                "test",
                """
                rules:
                  - {name: users, pattern: "/users/*", ttl: 5m, tags: [users, people]}
                  - {name: teams, pattern: "/teams/*", ttl: 5m, tags: [teams, people]}
                """)
            .rules());
    bean =
        new CacheMBean(
            tiers,
            new Inspection(settings, clock),
            AgentLog.to(directory.resolve("log"), LogLevel.INFO, clock),
            clock);
    for (String path : List.of("/users/1", "/users/2", "/teams/1")) {
      Fill fill = cache.fill((Decision.Fetch) cache.decide(TestRequest.get(path)));
      fill.append((byte) 'x');
      fill.complete(
          ResponseHead.of(200, Fields.EMPTY, Fields.of("ETag", "\"1\"")), new ReadSet(), List.of());
      assertThat(isServed(path)).isTrue();
    }
  }

  private boolean isServed(String path) {
    return cache.decide(TestRequest.get(path)) instanceof Decision.Serve;
  }

  private InvalidationReport invalidate(
      List<String> tags, List<String> patterns, List<String> keys, String match, boolean dryRun) {
    return bean.invalidateWith(tags, patterns, keys, match, "all", false, dryRun, "a test");
  }

  @Test
  void invalidateWith_anyOfTheTags() throws Exception {
    InvalidationReport report =
        invalidate(List.of("users", "none"), List.of("*/teams/*"), NONE, "any", false);

    assertThat(report.entries()).isEqualTo(3);
    assertThat(report.byTags()).isEqualTo(2);
    assertThat(report.byPatterns()).isEqualTo(1);
    assertThat(report.byTag()).containsOnly(entry("users", 2L), entry("none", 0L));
    assertThat(report.byPattern()).containsOnly(entry("*/teams/*", 1L));
    assertThat(report.dryRun()).isFalse();
    assertThat(isServed("/users/1")).isFalse();
    assertThat(isServed("/teams/1")).isFalse();
    assertThat(Files.readString(directory.resolve("log")))
        .contains(
            "invalidation of tags [users, none], patterns [*/teams/*], keys [] in all (a test): 3");
  }

  @Test
  void invalidateWith_allOfTheTags() {
    InvalidationReport report = invalidate(List.of("people", "teams"), NONE, NONE, "all", false);

    assertThat(report.entries()).isEqualTo(1);
    assertThat(report.byTags()).isEqualTo(1);
    assertThat(report.byTag()).containsOnly(entry("people", 1L), entry("teams", 1L));
    assertThat(isServed("/users/1")).isTrue();
    assertThat(isServed("/teams/1")).isFalse();
  }

  @Test
  void invalidateWith_aKey() {
    InvalidationReport report = invalidate(NONE, NONE, List.of(USER_1), "any", false);

    assertThat(report.entries()).isEqualTo(1);
    assertThat(report.byPattern()).containsOnly(entry(USER_1, 1L));
    assertThat(isServed("/users/1")).isFalse();
    assertThat(isServed("/users/2")).isTrue();
  }

  @Test
  void invalidateWith_dryRun_removesNothing() {
    InvalidationReport report = invalidate(NONE, List.of("*"), NONE, "any", true);

    assertThat(report.entries()).isEqualTo(3);
    assertThat(report.l1Entries()).isEqualTo(3);
    assertThat(report.l2Entries()).isZero();
    assertThat(report.sample()).hasSize(3).contains(USER_1);
    assertThat(report.dryRun()).isTrue();
    assertThat(report.complete()).isTrue();
    assertThat(isServed("/users/1")).isTrue();
    assertThat(bean.getDeletes()).isZero();
  }

  @Test
  void invalidateWith_sampleIsBounded() {
    for (int i = 10; i < 60; i++) {
      Fill fill = cache.fill((Decision.Fetch) cache.decide(TestRequest.get("/users/" + i)));
      fill.append((byte) 'x');
      fill.complete(ResponseHead.of(200, Fields.EMPTY, Fields.EMPTY), new ReadSet(), List.of());
    }

    InvalidationReport report = invalidate(List.of("users"), NONE, NONE, "any", true);

    assertThat(report.entries()).isEqualTo(52);
    assertThat(report.sample()).hasSize(20).isSorted();
  }

  @Test
  void invalidateWith_soft_makesStale() {
    InvalidationReport report =
        bean.invalidateWith(List.of("users"), NONE, NONE, "any", "all", true, false, "a test");

    assertThat(report.entries()).isEqualTo(2);
    Decision decision = cache.decide(TestRequest.get("/users/1"));
    assertThat(decision).isInstanceOf(Decision.Fetch.class);
    assertThat(((Decision.Fetch) decision).validation()).as("it is confirmed").isNotNull();
  }

  @Test
  void invalidateWith_oneTier() {
    assertThat(
            bean.invalidateWith(List.of("users"), NONE, NONE, "any", "l2", false, false, "")
                .entries())
        .isZero();
    assertThat(isServed("/users/1")).isTrue();
    assertThat(
            bean.invalidateWith(List.of("users"), NONE, NONE, "any", "l1", false, false, "")
                .entries())
        .isEqualTo(2);
    assertThat(isServed("/users/1")).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "t  |   |    | both | all | false | match \"both\"; accepted: any, all",
        "t  |   |    | any  | L1  | false | level \"L1\"; accepted: l1, l2, all",
        "t  |   |    | any  | l1  | true  | soft is of level \"all\" alone",
        "   |   |    | any  | all | false | no tag, pattern or key is named",
        "`` |   |    | any  | all | false | a tag, pattern or key is empty, or has a line break",
        "   |   | k* | any  | all | false | a key has no \"*\" or \"?\": k*",
      })
  void invalidateWith_whatIsNotUnderstood(
      String tag,
      String pattern,
      String key,
      String match,
      String level,
      boolean soft,
      String message) {
    List<String> tags = tag == null ? NONE : List.of(tag);
    List<String> patterns = pattern == null ? NONE : List.of(pattern);
    List<String> keys = key == null ? NONE : List.of(key);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> bean.invalidateWith(tags, patterns, keys, match, level, soft, false, ""))
        .withMessage(message);
    assertThat(isServed("/users/1")).isTrue();
  }
}
