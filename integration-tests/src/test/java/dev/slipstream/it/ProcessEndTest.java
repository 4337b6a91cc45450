package dev.slipstream.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is left of the agent when the application is done. */
final class ProcessEndTest {
  /** With a Redis, too, that takes connections and never answers. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void jvm_endsOnceOnlyTheAgentsThreadsAreLeft(boolean redis) throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        GatewayProcess gateway =
            Forked.probe()
                .agent(redis ? "redis_url=redis://127.0.0.1:" + silent.getLocalPort() : "")
                .start()) {
      try (HttpConnection connection = new HttpConnection(gateway.port())) {
        Forked.awaitHit(connection, "/fresh");
        assertThat(connection.get("/threads").text()).contains("slipstream-housekeeping daemon");
        connection.get("/stop");
      }

      gateway.handle().onExit().orTimeout(15, TimeUnit.SECONDS).join();

      assertThat(gateway.standardOutput()).last().isEqualTo("stopped");
      assertThat(gateway.standardOutput()).hasSize(2);
    }
  }

  @Test
  void redeployedWebApplication_leavesNoClassLoaderBehind() {
    GatewayProcess without = redeploy("alone");
    GatewayProcess with = redeploy("cached");

    assertThat(without.standardOutput()).containsExactly("hits 0", "loaders left 0");
    assertThat(with.standardOutput())
        .hasSize(2)
        .contains("loaders left 0")
        .doesNotContain("hits 0");
    assertThat(with.standardError())
        .as("Tomcat's search for leaks")
        .noneMatch(line -> line.contains("slipstream") && line.contains("memory leak"));
  }

  private static GatewayProcess redeploy(String mode) {
    GatewayProcess.Builder builder =
        Forked.probe("RedeployMain").arguments(List.of(Applications.war().toString(), "20", mode));
    for (String opened :
        new String[] {"java.lang", "java.io", "java.util", "java.util.concurrent"}) {
      builder.jvmOption("--add-opens=java.base/" + opened + "=ALL-UNNAMED"); // as catalina.sh does
    }
    return Forked.awaitEnd(mode.equals("cached") ? builder.agent() : builder);
  }
}
