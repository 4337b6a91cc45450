package dev.slipstream.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.JMException;
import javax.management.RuntimeMBeanException;
import javax.management.openmbean.CompositeData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That lifetimes follow how often an application's answers change, and where they do not. */
final class LearningTest {
  private static final String LEARNING = "type=Learning";
  private static final Duration LONGEST = Duration.ofSeconds(60);
  private static final Pattern STORED = Pattern.compile("; stored; ttl=(\\d+)");
  private static final String STATED = "GET /stated/{id}";
  private static final String REFETCHED = "Cache-Control: no-cache";

  private static final String RULES =
      """
      rules:
        - name: changing
          pattern: "/changing/*"
          ttl: 60s
          adaptive_ttl: {staleness: 50%, min: 1s, max: 10m}
        - name: stated
          pattern: "/stated/*"
          ttl: 60s
          adaptive_ttl: {staleness: 50%, min: 1s, max: 10m}
        - name: told
          pattern: "/told/*"
          ttl: 60s
          tags: [told]
          adaptive_ttl: true
        - name: promised
          pattern: "/promised/*"
          ttl: 60s
      """;

  @TempDir private Path folder;

  private GatewayProcess start(String rules, String... options) throws IOException {
    Path file = Files.writeString(folder.resolve("cache_rules.yaml"), rules);
    String[] all = List.of(options).toArray(new String[options.length + 1]);
    all[options.length] = "cache_rules_config_file=" + file;
    return new GatewayProcess.Builder("learning", "com.example.learning.TomcatMain")
        .classPath(Applications.learningClassPath())
        .agent(all)
        .start();
  }

  private static ManagementClient management(GatewayProcess gateway) throws IOException {
    gateway.port();
    ManagementClient management = ManagementClient.of(gateway);
    try (HttpConnection connection = new HttpConnection(gateway.port())) {
      await()
          .atMost(LONGEST)
          .pollInterval(Duration.ofMillis(20))
          .until(
              () -> connection.get("/await").status() == 200 && management.isRegistered(LEARNING));
    }
    return management;
  }

  private static CompositeData explain(ManagementClient management, String endpoint)
      throws IOException, JMException {
    return (CompositeData) management.invoke(LEARNING, "explain", endpoint);
  }

  private static double number(CompositeData learned, String name) {
    return ((Number) learned.get(name)).doubleValue();
  }

  /** The lifetime that an answer was stored with, in seconds. */
  private static int lifetime(Answer answer) {
    Matcher stored = STORED.matcher(answer.cacheStatus());
    assertThat(stored.find()).as(answer.cacheStatus()).isTrue();
    return Integer.parseInt(stored.group(1));
  }

  @Test
  void lifetimes_followTheAnswers_withinWhatIsPromisedAndStated() throws Exception {
    try (GatewayProcess gateway = start(RULES);
        ManagementClient management = management(gateway);
        HttpConnection connection = new HttpConnection(gateway.port())) {
      assertThat(lifetime(connection.get("/changing/1"))).isBetween(54, 66);
      await()
          .atMost(LONGEST)
          .pollInterval(Duration.ofMillis(250))
          .untilAsserted(
              () -> {
                change(connection);
                connection.get("/changing/1", REFETCHED);
                assertThat(lifetime(connection.get("/promised/1", REFETCHED))).isEqualTo(60);
                assertThat(lifetime(connection.get("/stated/1?steady&stated=5", REFETCHED)))
                    .isEqualTo(5);
                assertThat(lifetime(connection.get("/changing/2", REFETCHED))).isLessThan(10);
                CompositeData promised = explain(management, "GET /promised/{id}");
                assertThat(number(promised, "ttlSeconds")).as("what would be").isLessThan(10);
              });

      CompositeData changing = explain(management, "GET /changing/{id}");
      assertThat(changing.get("adaptive")).isEqualTo(true);
      assertThat(changing.get("rule")).isEqualTo("changing");
      assertThat(number(changing, "ttlSeconds")).isLessThan(10);
      assertThat(number(changing, "changes")).isPositive();
      assertThat(explain(management, "GET /promised/{id}").get("adaptive")).isEqualTo(false);
      CompositeData stated = explain(management, "GET /stated/{id}");
      assertThat(number(stated, "ttlSeconds")).as("without what is stated").isGreaterThan(10);

      connection.get("/told/1?steady");
      assertThat(connection.get("/told/1?steady").isHit()).isTrue();
      assertThat(number(explain(management, "GET /told/{id}"), "changes")).isZero();
      management.invoke(
          "type=Cache", "invalidate", new String[] {"told"}, new String[0], "its data has changed");
      assertThat(number(explain(management, "GET /told/{id}"), "changes")).isEqualTo(1);
    }
  }

  /** Has all answers change that are not steady. */
  private static void change(HttpConnection connection) throws IOException {
    Answer changed = connection.exchange("POST", "/version", List.of());
    assertThat(changed.status()).isEqualTo(204);
  }

  @Test
  void whatWasObserved_outlastsARestart_andIsAdvisedAsRulesThatBringHits() throws Exception {
    try (RedisServer redis = RedisServer.start(folder)) {
      String redisUrl = "redis_url=redis://127.0.0.1:" + redis.port();
      String advised;
      double observations;
      try (GatewayProcess gateway = start("rules: []", "cache_mode=observe", redisUrl);
          ManagementClient management = management(gateway);
          HttpConnection connection = new HttpConnection(gateway.port())) {
        await()
            .atMost(LONGEST)
            .pollInterval(Duration.ofMillis(100))
            .until(
                () -> {
                  for (String path : List.of("/catalogue/1?steady", "/catalogue/2?steady")) {
                    assertThat(connection.get(path).isHit()).isFalse();
                  }
                  connection.get("/mine/1?private");
                  connection.get("/stated/1?steady&stated=60");
                  return ((String) management.invoke(LEARNING, "advise")).contains("pattern:")
                      && redis.send("HLEN apigw:_learned").equals(List.of(":1"));
                });
        advised = (String) management.invoke(LEARNING, "advise");
        observations = number(explain(management, STATED), "observations");
      }
      assertThat(advised)
          .contains("    pattern: \"/catalogue/*{,/}\"\n", "# not proposed: GET /mine/{id}: ");
      assertThat(observations).isGreaterThanOrEqualTo(5);

      try (GatewayProcess gateway = start(advised, redisUrl);
          ManagementClient management = management(gateway);
          HttpConnection connection = new HttpConnection(gateway.port())) {
        connection.get("/catalogue/1?steady");
        assertThat(connection.get("/catalogue/1?steady").isHit()).isTrue();
        connection.get("/mine/1?private");
        assertThat(connection.get("/mine/1?private").isHit()).isFalse();
        await()
            .atMost(LONGEST)
            .ignoreExceptionsInstanceOf(RuntimeMBeanException.class) // not known yet
            .untilAsserted(
                () -> {
                  CompositeData stated = explain(management, STATED);
                  assertThat(number(stated, "observations")).isGreaterThanOrEqualTo(5);
                });
        assertThat(explain(management, "GET /catalogue/{id}").get("adaptive")).isEqualTo(true);
        assertThat(management.number(LEARNING, "OtherGateways")).isEqualTo(1);
      }
    }
  }
}
