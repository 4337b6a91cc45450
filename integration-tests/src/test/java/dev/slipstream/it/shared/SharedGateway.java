package dev.slipstream.it.shared;

import static org.awaitility.Awaitility.await;

import dev.slipstream.it.GatewayProcess;
import dev.slipstream.it.HttpConnection;
import dev.slipstream.it.ManagementClient;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import javax.management.JMException;

/**
 * One of the gateways that share a Redis.
 *
 * @param number its place among them, from 0
 */
record SharedGateway(int number, GatewayProcess process, ManagementClient management)
    implements AutoCloseable {
  private static final String L2 = "type=Cache,name=l2";
  private static final List<String> COUNTERS =
      List.of(
          "Hits",
          "Misses",
          "SkippedLookups",
          "Errors",
          "Puts",
          "RefusedWrites",
          "DroppedWrites",
          "QueuedWrites",
          "PendingInvalidations",
          "Connections",
          "BreakerState");

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** Waits until the agent takes part in requests. */
  static SharedGateway of(int number, GatewayProcess process) {
    try (HttpConnection connection = new HttpConnection(process.port())) {
      await()
          .atMost(PATIENCE)
          .pollInterval(Duration.ofMillis(20))
          .until(() -> !connection.get("/sync/none/probe").values("Cache-Status").isEmpty());
      return new SharedGateway(number, process, ManagementClient.of(process));
    } catch (IOException e) {
      throw new AssertionError("no gateway: " + process, e);
    }
  }

  int port() {
    return process.port();
  }

  /** Waits until it is connected to Redis. */
  void awaitConnected() {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(20))
        .until(() -> management.isRegistered(L2) && (Boolean) management.get(L2, "Connected"));
  }

  /** A figure of L2. */
  long ofL2(String attribute) throws IOException, JMException {
    return management.number(L2, attribute);
  }

  long agentErrors() throws IOException, JMException {
    return management.number("type=Agent", "Errors");
  }

  void invalidate(List<String> tags, List<String> patterns) throws IOException, JMException {
    management.invoke(
        "type=Cache",
        "invalidate",
        tags.toArray(String[]::new),
        patterns.toArray(String[]::new),
        "a test");
  }

  /** What L2 has done, for the figures. */
  String counters() throws IOException, JMException {
    StringBuilder text = new StringBuilder();
    for (String name : COUNTERS) {
      text.append(String.format(Locale.ROOT, "%s %s ", name, management.get(L2, name)));
    }
    return text.toString().strip();
  }

  @Override
  public void close() {
    process.thaw();
    process.close();
    try {
      management.close();
    } catch (IOException e) {
      return; // the process has ended
    }
  }
}
