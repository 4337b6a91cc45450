package dev.slipstream.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator writes behind {@code -javaagent:slipstream-agent.jar=}. */
final class ArgumentsTest {
  @TempDir private Path folder;

  @Test
  void ruleWithTtl_makesAnswerWithoutCacheControlCacheable() throws IOException {
    Path rules = file("rules.yaml", "rules: [{name: unsaid, pattern: /unsaid, ttl: 10m}]");
    try (GatewayProcess gateway = Forked.probe().agent("cache_rules_config_file=" + rules).start();
        HttpConnection connection = new HttpConnection(gateway.port())) {
      Forked.awaitHit(connection, "/unsaid");

      assertThat(connection.get("/unsaid").cacheStatus()).matches(".*hit; ttl=(600|59\\d).*");
    }
  }

  @Test
  void answerWithoutCacheControl_isNotCachedWithoutRule() throws IOException {
    try (GatewayProcess gateway = Forked.probe().agent().start();
        HttpConnection connection = new HttpConnection(gateway.port())) {
      Forked.awaitHit(connection, "/fresh");

      String first = connection.get("/unsaid").text();
      assertThat(connection.get("/unsaid").text()).isNotEqualTo(first);
    }
  }

  @Test
  void configFile_isHonoured_andGivesWayToArguments() throws IOException {
    Path rules = file("rules.yaml", "rules: [{name: unsaid, pattern: /unsaid, ttl: 10m}]");
    Path log = folder.resolve("agent.log");
    Path config =
        file(
            "slipstream.yaml",
            "cache_rules_config_file: " + rules + "\nlog_file: " + folder.resolve("no") + "\n");
    try (GatewayProcess gateway =
            Forked.probe().agent("config=" + config, "log_file=" + log).start();
        HttpConnection connection = new HttpConnection(gateway.port())) {
      Forked.awaitHit(connection, "/unsaid");

      await()
          .untilAsserted(
              () ->
                  assertThat(Files.readAllLines(log))
                      .anyMatch(line -> line.contains(" Slipstream "))
                      .allMatch(line -> line.startsWith("[slipstream] ")));
      assertThat(Forked.agentLines(gateway)).isEmpty();
      assertThat(folder.resolve("no")).doesNotExist();
    }
  }

  @Test
  void brokenRulesFile_isOneClearLine_andTheGatewayServes() throws IOException {
    Path rules = file("rules.yaml", "rules: [{name: unsaid, pattern: /unsaid, ttl: soon}]");
    try (GatewayProcess gateway = Forked.probe().agent("cache_rules_config_file=" + rules).start();
        HttpConnection connection = new HttpConnection(gateway.port())) {
      Forked.awaitHit(connection, "/fresh");
      Forked.awaitStartUpLine(gateway);

      assertThat(Forked.agentLines(gateway))
          .filteredOn(line -> line.contains(rules.toString()))
          .singleElement()
          .asString()
          .contains("WARN", "ttl", "\"soon\"", "accepted: ");
      assertThat(connection.get("/unsaid").status()).isEqualTo(200);
      assertThat(connection.get("/unsaid").values("Age")).isEmpty();
    }
  }

  @Test
  void unknownAndBadArguments_areClearLines_andTheGatewayServes() throws IOException {
    try (GatewayProcess gateway =
            Forked.probe().agent("cache_moed=serve", "cache_max_memory_mb=lots").start();
        HttpConnection connection = new HttpConnection(gateway.port())) {
      Forked.awaitHit(connection, "/fresh");

      assertThat(Forked.agentLines(gateway))
          .anyMatch(line -> line.contains("\"cache_moed\"") && line.contains("\"cache_mode\""))
          .anyMatch(line -> line.contains("cache_max_memory_mb") && line.contains("\"lots\""));
    }
  }

  @Test
  void disabledAgent_leavesTheGatewayAsItIs() throws IOException {
    try (GatewayProcess gateway = Forked.probe().agent("enabled=false").start();
        HttpConnection connection = new HttpConnection(gateway.port())) {
      await()
          .untilAsserted(
              () ->
                  assertThat(Forked.agentLines(gateway))
                      .singleElement()
                      .asString()
                      .contains("enabled=false"));
      for (int run = 1; run <= 3; run++) {
        Answer answer = connection.get("/fresh");
        assertThat(answer.text()).isEqualTo("run " + run);
        assertThat(answer.values("Cache-Status")).isEmpty();
      }
    }
  }

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }
}
