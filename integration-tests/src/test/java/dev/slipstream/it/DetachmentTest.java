package dev.slipstream.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
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
  private static final String OF_THE_LOADER =
      "dev\\.slipstream\\.|net\\.bytebuddy\\.|com\\.github\\.benmanes\\.|redis\\.clients\\.|org\\.snakeyaml\\.";

  /** What a process cannot unload. */
  private static final String ENTRY_POINTS = "dev\\.slipstream\\.javaagent\\.SlipstreamAgent.*";

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void attachedAndDetachedUnderLoad_failsNoRequestAndLeavesNothing(boolean redis) throws Exception {
    Path log = folder.resolve("redefined.log");
    try (RedisServer server = redis ? RedisServer.start(folder) : null;
        GatewayProcess gateway =
            GatewayProcess.of(CONTAINER)
                .jvmOption("-XX:+EnableDynamicAgentLoading")
                .jvmOption("-XX:SoftRefLRUPolicyMSPerMB=0")
                .jvmOption("-Xlog:redefine+class+load=info:file=" + log + ":none")
                .start();
        GatewayLoad load = new GatewayLoad(gateway.port(), CONTEXT_PATH, false);
        HttpConnection connection = new HttpConnection(gateway.port());
        ManagementClient management = ManagementClient.of(gateway)) {
      String target = CONTEXT_PATH + "/url/stored?mine";
      load.start();
      for (int round = 0; round < ROUNDS; round++) {
        String url = server == null ? "none" : "redis://127.0.0.1:" + server.port();
        AttachCommand.attach(gateway, "redis_url=" + url).succeeded();
        Forked.awaitHit(connection, target);
        awaitRequests(load);
        management.everything(); // as JConsole does, which makes proxies and caches

        AttachCommand.detach(gateway).succeeded();

        assertThat(connection.get(target).values("Cache-Status")).isEmpty();
        assertThat(management.count()).as("MBeans").isZero();
        awaitRequests(load);
      }
      load.stop();

      assertThat(load.take().failed()).as(() -> load.failures().toString()).isZero();
      assertRestored(log);
      awaitNothingLeft(management);
      if (server != null) {
        assertThat(server.send("CLIENT LIST").get(0))
            .as("of this client alone")
            .hasSizeLessThan(400);
        assertThat(server.send("INFO clients")).isNotEmpty();
      }
    }
  }

  private static void awaitRequests(GatewayLoad load) {
    int before = load.count();
    await().atMost(PATIENCE).until(() -> load.count() > before + REQUESTS);
  }

  /** A class that was woven at an attachment was redefined once more at the detachment. */
  private static void assertRestored(Path log) throws IOException {
    assertThat(Files.readAllLines(log))
        .filteredOn(line -> line.contains("redefined name=jakarta.servlet.http.HttpServlet,"))
        .hasSize(2 * ROUNDS);
  }

  private static void awaitNothingLeft(ManagementClient management) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> assertThat(ofOurs(management.classHistogram())).as("classes of ours").isEmpty());
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(management.threads("slipstream-")).isEmpty());
  }

  private static List<String> ofOurs(List<String> histogram) {
    Pattern ours = Pattern.compile("(?:\\[L)?(?:" + OF_THE_LOADER + ").*");
    return histogram.stream()
        .map(line -> line.strip().replaceFirst("^\\d+:\\s+\\d+\\s+\\d+\\s+", ""))
        .filter(name -> ours.matcher(name).matches() && !name.matches(ENTRY_POINTS))
        .toList();
  }
}
