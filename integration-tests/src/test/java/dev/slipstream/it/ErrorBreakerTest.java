package dev.slipstream.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.gateway.Style;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** After too many errors of its own the agent steps aside, until an operator turns it on again. */
final class ErrorBreakerTest {
  private static final String AGENT = "type=Agent";
  private static final String TARGET =
      GatewayPairTest.path("/jakarta", Style.SYNC, "counter") + "?breaker";

  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource(names = {"ADAPTER_ENTERED", "EXIT"})
  void fiftyErrors_turnTheAgentOffOnce_untilItIsTurnedOnByJmx(Fault fault) throws Exception {
    Path fails = folder.resolve("fails");
    try (GatewayProcess gateway = start(fault, fails);
        HttpConnection connection = new HttpConnection(gateway.port())) {
      Forked.awaitStartUpLine(gateway);
      connection.get(TARGET + "&before"); // the filter in front is known to pass it on
      Files.createFile(fails);
      try (ManagementClient management = ManagementClient.of(gateway)) {
        int run = 0;
        for (int i = 0; i < 49; i++) {
          assertThat(connection.get(TARGET).text()).isEqualTo("run " + ++run);
        }
        assertThat(management.get(AGENT, "Enabled")).isEqualTo(true);
        assertThat(management.number(AGENT, "RecentErrors")).isEqualTo(49);

        for (int i = 0; i < 20; i++) {
          assertThat(connection.get(TARGET).text()).isEqualTo("run " + ++run);
        }
        assertThat(management.get(AGENT, "Enabled")).isEqualTo(false);
        assertThat(management.number(AGENT, "Errors")).isEqualTo(50);
        assertThat((String) management.get(AGENT, "DisabledReason")).contains("too many errors");
        assertThat(management.get(AGENT, "ErrorBreakerOpen")).isEqualTo(true);
        assertThat(saidOff(gateway)).hasSize(1);

        Files.delete(fails);
        assertThat(connection.get(TARGET).values("Cache-Status")).isEmpty();
        management.set(AGENT, "Enabled", true);
        assertThat(connection.get(TARGET).isHit()).isFalse();
        assertThat(connection.get(TARGET).isHit()).isTrue();
        assertThat((String) management.get(AGENT, "DisabledReason")).isEmpty();
        assertThat(management.get(AGENT, "ErrorBreakerOpen")).isEqualTo(false);

        Files.createFile(fails);
        for (int i = 0; i < 60; i++) {
          assertThat(connection.get(TARGET + i).text()).isEqualTo("run 1");
        }
        assertThat(management.get(AGENT, "Enabled")).isEqualTo(false);
        assertThat(saidOff(gateway)).hasSize(2);
      }
      assertThat(gateway.standardOutput()).hasSize(1);
    }
  }

  @Test
  void concurrentErrors_turnTheAgentOffOnce() throws Exception {
    Path fails = Files.createFile(folder.resolve("fails"));
    try (GatewayProcess gateway = start(Fault.ADAPTER_ENTERED, fails)) {
      Forked.awaitStartUpLine(gateway);
      List<Thread> clients =
          IntStream.range(0, 16)
              .mapToObj(client -> new Thread(() -> get(gateway, TARGET + client, 20)))
              .toList();
      clients.forEach(Thread::start);
      for (Thread client : clients) {
        client.join(30_000);
      }

      try (ManagementClient management = ManagementClient.of(gateway)) {
        assertThat(management.get(AGENT, "Enabled")).isEqualTo(false);
        assertThat(management.number(AGENT, "Errors")).isBetween(50L, 50L + 16);
      }
      assertThat(saidOff(gateway)).hasSize(1);
    }
  }

  private static void get(GatewayProcess gateway, String target, int times) {
    try (HttpConnection connection = new HttpConnection(gateway.port())) {
      for (int i = 0; i < times; i++) {
        connection.get(target);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static GatewayProcess start(Fault fault, Path fails) throws Exception {
    return GatewayProcess.of(Container.TOMCAT_11)
        .jvmOption("-D" + Fault.PROPERTY + "=" + fails.toAbsolutePath())
        .jvmOption("-javaagent:" + fault.agentJar())
        .start();
  }

  private static List<String> saidOff(GatewayProcess gateway) {
    return Forked.agentLines(gateway).stream()
        .filter(line -> line.contains("the agent is off now"))
        .toList();
  }
}
