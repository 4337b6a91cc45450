package dev.slipstream.it;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The applications of {@link Applications} in JVMs of their own, and what tests wait for there. */
final class Forked {
  private static final Duration LONGEST = Duration.ofSeconds(30);

  private Forked() {}

  /** A gateway that tells what it sees. */
  static GatewayProcess.Builder probe() {
    return probe("ProbeMain");
  }

  static GatewayProcess.Builder probe(String mainClass) {
    return new GatewayProcess.Builder("probe", Applications.PROBES + "." + mainClass)
        .classPath(Applications.probeClassPath());
  }

  /** Returns the process's end, once it has ended of its own accord. */
  static GatewayProcess awaitEnd(GatewayProcess.Builder builder) {
    try (GatewayProcess process = builder.start()) {
      return awaitEnd(process);
    }
  }

  static GatewayProcess awaitEnd(GatewayProcess process) {
    process.handle().onExit().orTimeout(90, TimeUnit.SECONDS).join();
    return process;
  }

  /** Waits until the agent answers in the application's place. */
  static void awaitHit(HttpConnection connection, String target) {
    await()
        .atMost(LONGEST)
        .pollInterval(Duration.ofMillis(20))
        .until(() -> connection.get(target).isHit());
  }

  /** Waits until the agent has said that it is up. */
  static void awaitStartUpLine(GatewayProcess gateway) {
    await()
        .atMost(LONGEST)
        .pollInterval(Duration.ofMillis(20))
        .until(() -> agentLines(gateway).stream().anyMatch(line -> line.contains(" Slipstream ")));
  }

  /** What the agent has said on standard error. */
  static List<String> agentLines(GatewayProcess gateway) {
    return gateway.standardError().stream()
        .filter(line -> line.startsWith("[slipstream] "))
        .toList();
  }

  /** The body of one answer, on a connection of its own. */
  static String body(GatewayProcess gateway, String target) throws IOException {
    try (HttpConnection connection = new HttpConnection(gateway.port())) {
      return connection.get(target).text();
    }
  }
}
