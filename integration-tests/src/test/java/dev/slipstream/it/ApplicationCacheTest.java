package dev.slipstream.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The cache for application code, in an application that has the agent. */
final class ApplicationCacheTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir private static Path folder;
  private static RedisServer redis;
  private static GatewayProcess alone;
  private static GatewayProcess sharing;

  @BeforeAll
  static void start() {
    redis = RedisServer.start(folder);
    alone = application().agent("redis_url=none").start();
    sharing = application().agent(redisUrl()).start();
    awaitAgent(alone);
    awaitAgent(sharing);
  }

  @AfterAll
  static void stop() {
    alone.close();
    sharing.close();
    redis.close();
  }

  private static GatewayProcess.Builder application() {
    return new GatewayProcess.Builder("application-cache", "com.example.cache.CacheMain")
        .jvmOption("-XX:+EnableDynamicAgentLoading")
        .jvmOption("-XX:SoftRefLRUPolicyMSPerMB=0")
        .classPath(Applications.cacheClassPath());
  }

  private static String redisUrl() {
    return "redis_url=redis://127.0.0.1:" + redis.port();
  }

  private static String say(GatewayProcess process, String scenario) throws IOException {
    return Forked.body(process, "/" + scenario);
  }

  private static void awaitAgent(GatewayProcess process) {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .until(() -> say(process, "facade/agent").equals("there"));
  }

  @ParameterizedTest
  @CsvSource({
    "values, true deleted",
    "load, load 1 load 1 load 1 1",
    "failing, true true 2",
    "coalesced, 1 value of 1 load",
    "async, value none 1",
    "invalidate, 1 1 1 d",
    "reentrant, outer of inner",
    "through, set loaded loaded"
  })
  void directCalls_doWhatTheySay(String scenario, String said) throws IOException {
    assertThat(say(alone, "facade/" + scenario)).isEqualTo(said);
    assertThat(say(sharing, "facade/" + scenario)).as("with Redis").isEqualTo(said);
  }

  @Test
  void directCalls_withoutTheAgent_findNothing() throws IOException {
    try (GatewayProcess without = application().start()) {
      assertThat(say(without, "facade/agent")).isEqualTo("not there");
      assertThat(say(without, "facade/values")).isEqualTo("false deleted");
      assertThat(say(without, "facade/load")).isEqualTo("load 1 load 2 load 3 3");
      assertThat(say(without, "facade/failing")).isEqualTo("true true 2");
      assertThat(say(without, "facade/invalidate")).isEqualTo("0 0 0 none");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "object, 'same true other false, runs 2'",
    "invalidated, 'removed 1, runs 3'",
    "arguments, '4 results, runs 4'",
    "static, '49 49, runs 1'",
    "private, '0, runs 1'",
    "generic, '333, runs 2'",
    "failing, 'it fails it fails, runs 2'",
    "nothing, 'null null, runs 2'",
    "opaque, 'run 1 run 2, runs 2'",
    "bad-key, 'run 1 run 2, runs 2'",
    "void, 'done, runs 2'",
    "stage, 'true text text text, runs 1'",
    "failing-stage, 'down down failing, runs 3'",
    "recursive, '832040, runs 31'"
  })
  void cachedMethods_runOnceForEachKey(String scenario, String said) throws IOException {
    assertThat(say(alone, "methods/" + scenario)).isEqualTo(said);
  }

  @Test
  void cachedMethod_thatCannotBe_isOneLineOfTheLog() throws IOException {
    for (int i = 0; i < 2; i++) {
      say(alone, "methods/opaque");
      say(alone, "methods/bad-key");
    }
    assertThat(Forked.agentLines(alone))
        .filteredOn(line -> line.contains("ofOpaque"))
        .singleElement()
        .asString()
        .contains("an argument cannot be told from others");
    assertThat(Forked.agentLines(alone))
        .filteredOn(line -> line.contains("withBadKey"))
        .singleElement()
        .asString()
        .contains("{none} is none of the 0 parameters");
  }

  @Test
  void methodsThatRulesName_areCachedWithoutAChangeOfTheirClass() throws IOException {
    Path rules = folder.resolve("method-rules.yaml");
    Files.writeString(
        rules,
        """
        cached_methods:
          - method: com.example.cache.Plain#runs(java.lang.String)
            ttl: 10m
            namespace: plain
            key: "run:{0}"
            tags: [plain]
          - method: com.example.cache.Repository#squareOf
            enabled: false
        """);
    try (GatewayProcess gateway =
        application().agent("cache_rules_config_file=" + rules, "redis_url=none").start()) {
      awaitAgent(gateway);
      assertThat(say(gateway, "plain/runs")).isEqualTo("a1 a1 b2");
      assertThat(say(gateway, "plain/length")).as("not named").isEqualTo("1 2");
      assertThat(say(gateway, "methods/static")).as("disabled").isEqualTo("49 49, runs 2");

      Files.writeString(
          rules, "cached_methods: [{method: com.example.cache.Plain#length, ttl: 10m}]");

      await().atMost(PATIENCE).until(() -> say(gateway, "plain/length").equals("1 1"));
      assertThat(say(gateway, "plain/runs")).as("no more").isNotEqualTo(say(gateway, "plain/runs"));
      assertThat(say(gateway, "methods/static")).as("by annotation").isEqualTo("49 49, runs 1");
    }
  }

  @Test
  void cachedMethods_shareTheirResults() throws IOException {
    say(sharing, "methods/shared");
    try (GatewayProcess other = application().agent(redisUrl()).start()) {
      awaitAgent(other);
      await().atMost(PATIENCE).until(() -> say(other, "methods/shared").equals("shared, runs 0"));
    }
  }

  @Test
  void management_countsWhatApplicationsDo() throws Exception {
    try (ManagementClient management = ManagementClient.of(alone)) {
      String bean = "type=Cache,name=application";
      long hits = management.number(bean, "Hits");
      long failed = management.number(bean, "FailedLoads");
      say(alone, "facade/values");
      say(alone, "facade/failing");

      assertThat(management.number(bean, "Hits")).isGreaterThan(hits);
      assertThat(management.number(bean, "FailedLoads")).isEqualTo(failed + 2);
      assertThat(management.number(bean, "Entries")).isPositive();
      assertThat(management.number(bean, "MaxEntriesOfApplication")).isEqualTo(10_000);
    }
  }

  @Test
  void objects_areSharedAsJsonOfTheApplicationsJackson() throws IOException {
    try (GatewayProcess other = application().agent(redisUrl()).start()) {
      awaitAgent(other);
      assertThat(say(sharing, "facade/store-user")).isEqualTo("stored");
      await()
          .atMost(PATIENCE)
          .until(
              () -> say(other, "facade/read-user").equals("Grace[reader]com.example.cache.User"));
      assertThat(say(other, "facade/forget-user")).isEqualTo("removed 1");
      assertThat(say(other, "facade/read-user")).isEqualTo("none");
    }
  }

  @Test
  void applications_haveTheirOwnL1AndShareL2() throws IOException {
    assertThat(say(alone, "tenants/two")).isEqualTo("first: value own, second: none none");
    assertThat(say(sharing, "tenants/two")).isEqualTo("first: value own, second: value none");
  }

  @Test
  void redeployedApplication_leavesNoClassLoaderBehind() throws IOException {
    assertThat(say(alone, "tenants/redeployed")).isEqualTo("10 stored, loaders left 0");
    assertThat(say(sharing, "tenants/redeployed")).isEqualTo("10 stored, loaders left 0");
  }

  @Test
  void agentAttachedLater_andDetached_leavesNothing() throws Exception {
    try (GatewayProcess gateway = application().start();
        ManagementClient management = ManagementClient.of(gateway)) {
      assertThat(say(gateway, "facade/agent")).isEqualTo("not there");
      assertThat(say(gateway, "methods/static")).isEqualTo("49 49, runs 2");

      AttachCommand.attach(gateway, redisUrl());
      awaitAgent(gateway);
      assertThat(say(gateway, "facade/values")).isEqualTo("true deleted");
      say(gateway, "facade/store-user");
      say(gateway, "facade/async");
      assertThat(say(gateway, "methods/static")).isEqualTo("49 49, runs 1");

      AttachCommand.detach(gateway).succeeded();

      assertThat(say(gateway, "facade/agent")).isEqualTo("not there");
      assertThat(say(gateway, "facade/read-user")).isEqualTo("none");
      assertThat(say(gateway, "methods/static")).isEqualTo("49 49, runs 2");
      Leftovers.awaitNone(management);
      assertThat(List.of(say(gateway, "facade/load"))).containsExactly("load 1 load 2 load 3 3");
    }
  }
}
