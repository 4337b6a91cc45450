package dev.slipstream.engine.management;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.slipstream.config.LogLevel;
import dev.slipstream.config.Settings;
import dev.slipstream.config.jmx.EntryReport;
import dev.slipstream.config.jmx.EntrySummary;
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
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Entries as operators find and see them, in L1; L2 has tests with a Redis. */
class InspectionTest {
  private static final String ORIGIN = ":https://api.example.org";

  @TempDir private Path directory;
  private final MutableClock clock = new MutableClock();
  private HttpCache cache;

  private CacheMBean bean(String... more) {
    Settings settings = TestSettings.with(more);
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
                  - {name: own, pattern: "/own/*", ttl: 5m, cache_authenticated: true}
                  - {name: keyed, pattern: "/keyed", ttl: 5m, vary_headers: [X-Api-Key, Accept],
                     ignore_credentials: true}
                  - {name: users, pattern: "/users/*", ttl: 5m, tags: [users]}
                """)
            .rules());
    return new CacheMBean(
        tiers,
        new Inspection(settings, clock),
        AgentLog.to(directory.resolve("log"), LogLevel.INFO, clock),
        clock);
  }

  private void store(TestRequest request, String body, String... fields) {
    Fill fill = cache.fill((Decision.Fetch) cache.decide(request));
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    fill.append(bytes, 0, bytes.length);
    fill.complete(ResponseHead.of(200, Fields.EMPTY, Fields.of(fields)), new ReadSet(), List.of());
    assertThat(cache.decide(request)).isInstanceOf(Decision.Serve.class);
  }

  private static String key(String path) {
    return "apigw:http_responses:GET:" + path + ":" + ORIGIN + ":";
  }

  @Test
  void search_listsByKey() {
    CacheMBean bean = bean();
    for (String path : List.of("/users/3", "/users/1", "/users/2")) {
      store(TestRequest.get(path), "x");
    }
    clock.advanceSeconds(2);

    List<EntrySummary> two = bean.search("GET:/users/*", "l1", 2).keys();
    assertThat(two).extracting(EntrySummary::key).containsExactly(key("/users/1"), key("/users/2"));
    EntrySummary first = two.get(0);
    assertThat(first.l1()).isTrue();
    assertThat(first.l2()).isFalse();
    assertThat(first.ageMillis()).isEqualTo(2_000);
    assertThat(first.ttlMillis()).isBetween(298_000L, 400_000L);
    assertThat(first.sizeBytes()).isPositive();
    assertThat(first.tags()).contains("users");
    assertThat(bean.search("", "all", 10).keys()).hasSize(3);
    assertThat(bean.search("*/3:*", "all", 10).keys()).hasSize(1);
    assertThat(bean.search("*", "l2", 10).keys()).isEmpty();
    assertThat(bean.search("*", "all", 10).complete()).isTrue();
  }

  @Test
  void search_outOfBounds_saysWhatIsAccepted() {
    CacheMBean bean = bean();
    assertThatIllegalArgumentException().isThrownBy(() -> bean.search("*", "l3", 1));
    assertThatIllegalArgumentException().isThrownBy(() -> bean.search("*", "l1", 0));
    assertThatIllegalArgumentException().isThrownBy(() -> bean.search("*", "l1", 10_001));
  }

  @Test
  void inspect_saysAllButSecretsAndBodies() {
    CacheMBean bean = bean();
    store(
        TestRequest.get("/users/1"),
        "{\"a\": 1}",
        "Content-Type",
        "application/json",
        "X-Session-Token",
        "s3cret",
        "X-Other",
        "plain");
    clock.advanceSeconds(10);

    EntryReport report = Objects.requireNonNull(bean.inspect(key("/users/1")));
    assertThat(report.status()).isEqualTo(200);
    assertThat(report.freshness()).isEqualTo("fresh");
    assertThat(report.ageMillis()).isEqualTo(10_000);
    assertThat(report.freshMillis()).isEqualTo(290_000);
    assertThat(report.bodyBytes()).isEqualTo(8);
    assertThat(report.contentType()).isEqualTo("application/json");
    assertThat(report.rule()).isEqualTo("users");
    assertThat(report.fields())
        .containsEntry("X-Session-Token", "***")
        .containsEntry("X-Other", "plain");
    assertThat(report.bodyExcerpt()).isNull();

    clock.advanceSeconds(295);
    assertThat(Objects.requireNonNull(bean.inspect(key("/users/1"))).freshness())
        .isEqualTo("stale");
    assertThat(bean.inspect(key("/users/2"))).isNull();
  }

  @Test
  void inspect_masksWhatChoosesTheAnswer_whereThatIsSecret() {
    CacheMBean bean = bean("management_show_bodies=true");
    store(
        TestRequest.get("/keyed").field("X-Api-Key", "s3cret").field("Accept", "a/b, c:d"),
        "private",
        "Content-Type",
        "text/plain");

    String key = bean.search("*", "l1", 1).keys().get(0).key();
    EntryReport report = Objects.requireNonNull(bean.inspect(key));
    assertThat(report.variant())
        .containsEntry("x-api-key", "***")
        .containsEntry("accept", "a/b,c:d");
    assertThat(report.bodyExcerpt()).isNull();
  }

  @Test
  void inspect_whereBodiesAreShown_showsTheBeginningOfTexts_ofNoIdentity() {
    CacheMBean bean = bean("management_show_bodies=true");
    store(TestRequest.get("/users/1"), "ä".repeat(5_000), "Content-Type", "text/plain");
    store(TestRequest.get("/users/2"), "\0\1", "Content-Type", "image/png");
    store(
        TestRequest.get("/own/1").field("Authorization", "Basic x"),
        "mine",
        "Content-Type",
        "text/plain");

    assertThat(Objects.requireNonNull(bean.inspect(key("/users/1"))).bodyExcerpt())
        .isEqualTo("ä".repeat(4_096));
    assertThat(Objects.requireNonNull(bean.inspect(key("/users/2"))).bodyExcerpt()).isNull();
    String own = bean.search("GET:/own/*", "l1", 1).keys().get(0).key();
    EntryReport report = Objects.requireNonNull(bean.inspect(own));
    assertThat(report.variant()).containsEntry("(id)", "***");
    assertThat(report.bodyExcerpt()).isNull();
  }
}
