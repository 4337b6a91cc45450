package dev.slipstream.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A request's body that the agent has read for a key reaches the application all the same. */
final class FaultWithBodyTest {
  private static final String RULES =
      "rules: [{name: echo, pattern: /echo, methods: [POST], cache_post: true, ttl: 10m}]";

  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource(
      names = {"ADAPTER_ENTERED", "DECISION", "BODY_KEYED", "FIELDS_READ", "EXIT", "HIT_WRITTEN"})
  void body_reachesTheApplication(Fault fault) throws Exception {
    Path rules = Files.writeString(folder.resolve("rules.yaml"), RULES);
    try (GatewayProcess gateway =
        Forked.probe()
            .jvmOption("-D" + Fault.PROPERTY + "=" + rules)
            .jvmOption("-javaagent:" + fault.agentJar() + "=cache_rules_config_file=" + rules)
            .start()) {
      gateway.port();
      Forked.awaitStartUpLine(gateway);

      assertThat(post(gateway, "first body")).isEqualTo("first body");
      assertThat(post(gateway, "second body")).isEqualTo("second body");
      assertThat(post(gateway, "second body")).isEqualTo("second body");
      assertThat(Forked.agentLines(gateway)).anyMatch(line -> line.contains(" failed; "));
    }
  }

  private static String post(GatewayProcess gateway, String body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.port() + "/echo"))
            .timeout(Duration.ofSeconds(20))
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    // A request to upgrade, which HTTP/2 begins with, is no business of a cache.
    HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
  }
}
