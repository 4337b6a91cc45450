package dev.slipstream.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The agent put into running gateways and taken out of them again. */
final class DetachmentTest {
  private static final Container CONTAINER = Container.TOMCAT_11;
  private static final String CONTEXT_PATH = "/jakarta";
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int ROUNDS = 2;
  private static final int REQUESTS = 500;

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void attachedAndDetachedUnderLoad_failsNoRequestAndLeavesNothing(boolean redis) throws Exception {
    Path log = folder.resolve("redefined.log");
    Path rules =
        Files.writeString(
            folder.resolve("rules.yaml"),
            "rules: [{name: a, pattern: \"/jakarta/url/*\", statuses: [404], serve_at: entry}]");
    try (RedisServer server = redis ? RedisServer.start(folder) : null;
        GatewayProcess gateway =
            GatewayProcess.of(CONTAINER)
                .jvmOption("-XX:+EnableDynamicAgentLoading")
                .jvmOption("-XX:SoftRefLRUPolicyMSPerMB=0")
                .jvmOption("-Xlog:redefine+class+load=info:file=" + log + ":none")
                .start();
        GatewayLoad load = new GatewayLoad(gateway.port(), CONTEXT_PATH);
        HttpConnection connection = new HttpConnection(gateway.port());
        ManagementClient management = ManagementClient.of(gateway)) {
      String target = CONTEXT_PATH + "/url/stored?mine";
      load.start();
      for (int round = 0; round < ROUNDS; round++) {
        String url = server == null ? "none" : "redis://127.0.0.1:" + server.port();
        AttachCommand.attach(gateway, "redis_url=" + url, "cache_rules_config_file=" + rules)
            .succeeded();
        Forked.awaitHit(connection, target);
        awaitRequests(load);
        management.everything(); // as JConsole does, which makes proxies and caches
        final long woven = redefinitions(log);

        AttachCommand.detach(gateway).succeeded();

        assertThat(redefinitions(log)).as("restored once").isEqualTo(woven + 1);
        assertThat(connection.get(target).values("Cache-Status")).isEmpty();
        assertThat(management.count()).as("MBeans").isZero();
        awaitRequests(load);
      }
      load.stop();

      assertThat(load.failures()).as("failed requests").isEmpty();
      Leftovers.awaitNone(management);
      if (server != null) {
        assertThat(server.send("CLIENT LIST").get(0))
            .as("of this client alone")
            .hasSizeLessThan(400);
        assertThat(server.send("INFO clients")).isNotEmpty();
      }
    }
  }

  @Test
  void agentOfTheCommandLine_isTakenOutToo() throws Exception {
    try (GatewayProcess gateway = Forked.probe().agent().start();
        HttpConnection connection = new HttpConnection(gateway.port())) {
      Forked.awaitHit(connection, "/fresh");

      AttachCommand.detach(gateway).succeeded();

      assertThat(connection.get("/fresh").values("Cache-Status")).isEmpty();
      AttachCommand.attach(gateway).succeeded();
      Forked.awaitHit(connection, "/fresh");
    }
  }

  @Test
  void agentThatWaitsForAServlet_isTakenOutToo() throws Exception {
    try (GatewayProcess gateway = Forked.probe("IdleMain").agent().start()) {
      gateway.port();
      assertThat(AttachCommand.listed(gateway)).contains(" waiting ");

      AttachCommand.detach(gateway).succeeded();

      assertThat(AttachCommand.listed(gateway)).contains(" -  ");
      assertThat(AttachCommand.attach(gateway).succeeded().output()).contains(" waiting in ");
    }
  }

  private static void awaitRequests(GatewayLoad load) {
    int before = load.count();
    await().atMost(PATIENCE).until(() -> load.count() > before + REQUESTS);
  }

  /** How often a class was woven, or given its own bytes back. */
  private static long redefinitions(Path log) throws IOException {
    return Files.readAllLines(log).stream()
        .filter(line -> line.contains("redefined name=jakarta.servlet.http.HttpServlet,"))
        .count();
  }
}
