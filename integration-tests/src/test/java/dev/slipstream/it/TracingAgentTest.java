package dev.slipstream.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.example.gateway.Style;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** OpenTelemetry's agent beside ours: every request has its span, hits too. */
@Tag("coexistence")
final class TracingAgentTest {
  private static final int REQUESTS = 20;

  @ParameterizedTest(name = "{0}, ours first: {1}")
  @CsvSource({"TOMCAT_9, true", "TOMCAT_9, false", "TOMCAT_11, true", "TOMCAT_11, false"})
  void request_hasItsSpan(Container container, boolean oursFirst) throws IOException {
    String context = container.contextPaths().get(0);
    String target = GatewayPairTest.path(context, Style.SYNC, "print");
    GatewayProcess.Builder builder = traced(container);
    String other = "-javaagent:" + OtherAgentsTest.jar("opentelemetry-javaagent");
    if (oursFirst) {
      builder.agent().jvmOption(other);
    } else {
      builder.jvmOption(other).agent();
    }
    try (GatewayProcess gateway = builder.start();
        HttpConnection connection = new HttpConnection(gateway.port())) {
      Forked.awaitHit(connection, target);
      connection.get(target).assertSameAs(traced(container, other, target));
      for (int i = 0; i < REQUESTS; i++) {
        assertThat(connection.get(target + "?name=traced").isHit()).isEqualTo(i > 0);
      }
      await()
          .atMost(Duration.ofSeconds(20))
          .untilAsserted(() -> assertThat(spans(gateway)).isEqualTo(REQUESTS));
      assertThat(Forked.agentLines(gateway)).hasSize(1).first().asString().contains(" INFO ");
      assertThat(gateway.standardError())
          .noneMatch(line -> line.contains("Exception") || line.contains(" ERROR "));
    }
  }

  private static Answer traced(Container container, String agent, String target)
      throws IOException {
    try (GatewayProcess alone = traced(container).jvmOption(agent).start();
        HttpConnection connection = new HttpConnection(alone.port())) {
      return connection.get(target);
    }
  }

  private static GatewayProcess.Builder traced(Container container) {
    return GatewayProcess.of(container)
        .environment("OTEL_TRACES_EXPORTER", "console")
        .environment("OTEL_METRICS_EXPORTER", "none")
        .environment("OTEL_LOGS_EXPORTER", "none")
        .environment("OTEL_BSP_SCHEDULE_DELAY", "50");
  }

  private static long spans(GatewayProcess gateway) {
    return gateway.standardError().stream()
        .filter(line -> line.contains(" SERVER ") && line.contains("name=traced"))
        .count();
  }
}
