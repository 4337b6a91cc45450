package dev.slipstream.engine.management;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.slipstream.config.LogLevel;
import dev.slipstream.config.Settings;
import dev.slipstream.config.jmx.RuleReport;
import dev.slipstream.config.jmx.RuleTest;
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
import dev.slipstream.engine.http.ReadSet;
import dev.slipstream.engine.http.ResponseHead;
import dev.slipstream.engine.http.RuleReloader;
import dev.slipstream.engine.http.TestRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RulesMBeanTest {
  private static final String RULES =
      """
      rules:
        - name: reports
          pattern: /reports/**
          ttl: 5m
          tags: [reports]
          bypass: [cookie:preview]
        # About users.
        - {name: users, pattern: "/users/*", vary_headers: [Accept-Language]}
        - name: off
          pattern: /**
          enabled: false
        - {name: pass, pattern: "/live/*", mode: pass}
        - {name: public, pattern: "/public/*", serve_at: entry}
      """;

  @TempDir private Path directory;
  private final MutableClock clock = new MutableClock();
  private final Settings settings = TestSettings.with();
  private final TieredCache tiers =
      HttpCache.tiers(
          settings,
          new MemoryTier(1 << 20, Duration.ofDays(1), clock),
          FrameCodec.of(settings.cache()),
          new Coherence(null, clock, System::nanoTime),
          clock);
  private final HttpCache cache = new HttpCache(settings, tiers, clock, Runnable::run);
  private Path file;
  private RulesMBean bean;

  @BeforeEach
  void write() throws IOException {
    file = directory.resolve("rules.yaml");
    Files.writeString(file, RULES);
    AgentLog log = AgentLog.to(directory.resolve("log"), LogLevel.INFO, clock);
    RuleReloader reloader =
        new RuleReloader(new Settings.Rules(file, true, false), cache, methods -> {}, log, clock);
    reloader.poll();
    bean = new RulesMBean(reloader, cache, Duration.ofHours(1), log);
  }

  @Test
  void rules_areAsWritten_inOrder() {
    List<RuleReport> rules = bean.getRules();

    assertThat(rules)
        .extracting(RuleReport::name)
        .containsExactly("reports", "users", "off", "pass", "public");
    RuleReport reports = rules.get(0);
    assertThat(reports.order()).isEqualTo(1);
    assertThat(reports.line()).isEqualTo(2);
    assertThat(reports.ttlSeconds()).isEqualTo(300.0);
    assertThat(reports.methods()).containsExactly("GET", "HEAD");
    assertThat(reports.yaml())
        .isEqualTo(
            """
            name: reports
            pattern: /reports/**
            ttl: 5m
            tags: [reports]
            bypass: [cookie:preview]""");
    assertThat(rules.get(1).yaml())
        .isEqualTo("{name: users, pattern: \"/users/*\", vary_headers: [Accept-Language]}");
    assertThat(rules.get(1).line()).isEqualTo(8);
    assertThat(rules.get(1).ttlSeconds()).isNull();
    assertThat(rules.get(2).enabled()).isFalse();
    assertThat(bean.getCount()).isEqualTo(4);
    assertThat(bean.getText()).isEqualTo(RULES);
    assertThat(bean.getFile()).isEqualTo(file.toString());
    assertThat(bean.getLoadedAtMillis()).isEqualTo(clock.millis());
  }

  @Test
  void reload_ofABadFile_keepsTheLastGoodOne() throws IOException {
    Files.writeString(file, "rules: [{name: users, patern: /a}]");

    assertThat(bean.reload()).anyMatch(problem -> problem.contains("patern"));
    assertThat(bean.isLastGoodKept()).isTrue();
    assertThat(bean.getFailedReloads()).isEqualTo(1);
    assertThat(bean.getReloads()).isEqualTo(1);
    assertThat(bean.getText()).isEqualTo(RULES);
    assertThat(bean.getRules()).hasSize(5);

    Files.writeString(file, "rules: [{name: one, pattern: /a}]");
    clock.advanceSeconds(1);
    assertThat(bean.reload()).isEmpty();
    assertThat(bean.isLastGoodKept()).isFalse();
    assertThat(bean.getReloads()).isEqualTo(2);
    assertThat(bean.getLoadedAtMillis()).isEqualTo(clock.millis());
    assertThat(bean.getRules()).extracting(RuleReport::name).containsExactly("one");
  }

  @Test
  void validate_saysWhere_andChangesNothing() {
    assertThat(bean.validate("rules:\n  - {name: a, pattern: /a, ttl: fast}"))
        .singleElement()
        .asString()
        .contains(":2:", "ttl");
    assertThat(bean.validate("rules: [")).hasSize(1);
    assertThat(bean.validate(RULES)).isEmpty();
    assertThat(bean.getFailedReloads()).isZero();
  }

  @Test
  void test_saysRuleKeyAndDecision_andWhyOthersWerePassedOver() {
    RuleTest test =
        bean.test("GET", "https://example.org/users/7?page=2", Map.of("Accept-Language", "de"));

    assertThat(test.rule()).isEqualTo("users");
    assertThat(test.key())
        .isEqualTo(
            "apigw:http_responses:GET:/users/7:page=2:https://example.org,accept-language=de:");
    assertThat(test.decision()).isEqualTo("fetch");
    assertThat(test.reason()).contains("nothing is stored");
    assertThat(test.ttlSeconds()).isEqualTo(3600.0);
    assertThat(test.endpoint()).isEqualTo("GET /users/{id}");
    assertThat(test.passedOver()).containsExactly("reports: the path is not of /reports/**");
  }

  @Test
  void test_ofWhatIsStored_isServed_andCountsNothing() {
    Fill fill = cache.fill((Decision.Fetch) cache.decide(TestRequest.get("/reports/1")));
    fill.append((byte) 'x');
    fill.complete(ResponseHead.of(200, Fields.EMPTY, Fields.EMPTY), new ReadSet(), List.of());
    long hits = tiers.hits();
    long misses = tiers.misses();

    RuleTest test = bean.test("GET", "https://api.example.org/reports/1");
    assertThat(test.decision()).isEqualTo("serve");
    assertThat(test.reason()).contains("300 s");
    assertThat(
            bean.test("GET", "https://api.example.org/reports/1", Map.of("Cookie", "preview=1"))
                .decision())
        .isEqualTo("fetch");
    assertThat(
            bean.test(
                    "GET",
                    "https://api.example.org/reports/2",
                    Map.of("Cache-Control", "only-if-cached"))
                .decision())
        .isEqualTo("unavailable");
    assertThat(tiers.hits()).isEqualTo(hits);
    assertThat(tiers.misses()).isEqualTo(misses);
  }

  @Test
  void test_tellsWhereAnAnswerIsGiven() {
    clock.advanceSeconds(2);
    RuleTest open = bean.test("GET", "/public/1");
    assertThat(open.reason()).contains("; at entry, before the application's filters");
    assertThat(open.key()).contains(",,by=serve-at-entry");

    RuleTest known = bean.test("GET", "/public/1", Map.of("Authorization", "Basic x"));
    assertThat(known.reason()).contains("; not at entry: ");
    assertThat(known.key()).doesNotContain("by=");

    assertThat(bean.test("GET", "/reports/1").reason()).doesNotContain("at entry");
  }

  @Test
  void test_ofWhatIsNotCached() {
    RuleTest post = bean.test("DELETE", "/reports/1");
    assertThat(post.decision()).isEqualTo("bypass");
    assertThat(post.key()).isNull();
    assertThat(post.ttlSeconds()).isNull();

    RuleTest live = bean.test("GET", "/live/1");
    assertThat(live.decision()).isEqualTo("bypass");
    assertThat(live.reason()).isEqualTo("the rule has mode: pass");
    assertThat(live.passedOver())
        .containsExactly(
            "reports: the path is not of /reports/**",
            "users: the path is not of /users/*",
            "off: enabled: false");

    RuleTest other = bean.test("GET", "/other", Map.of("Authorization", "Basic x"));
    assertThat(other.rule()).isNull();
    assertThat(other.passedOver()).hasSize(5);
    assertThat(other.reason()).contains("who is asking");
  }

  @Test
  void test_ofWhatIsNoUrl_saysWhatIs() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> bean.test("GET", "users"))
        .withMessageContaining("accepted: a path");
    assertThatIllegalArgumentException().isThrownBy(() -> bean.test("GET", "https://a:b/"));
  }
}
