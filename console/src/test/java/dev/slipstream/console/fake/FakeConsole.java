package dev.slipstream.console.fake;

import static org.awaitility.Awaitility.await;

import dev.slipstream.console.api.ConsoleServer;
import dev.slipstream.console.cache.Caches;
import dev.slipstream.console.targets.ConfiguredTargets;
import dev.slipstream.console.targets.Monitor;
import dev.slipstream.console.targets.TargetAddress;
import dev.slipstream.console.targets.Targets;
import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/** The real console in the test's JVM, reading gateways of the test's choosing. */
public final class FakeConsole implements AutoCloseable {
  private final Monitor monitor;
  private final ConsoleServer server;
  private final Api api;

  private FakeConsole(Targets targets) {
    monitor = new Monitor(targets);
    server =
        ConsoleServer.start(
            "127.0.0.1", InetAddress.getLoopbackAddress(), 0, targets, InstantSource.system());
    api = new Api("http://127.0.0.1:" + server.port());
    monitor.start();
  }

  public static FakeConsole reading(TargetAddress... targets) {
    return reading(new ConfiguredTargets(List.of(targets), Caches.LOOK, InstantSource.system()));
  }

  public static FakeConsole reading(Targets targets) {
    return new FakeConsole(targets);
  }

  /** Waits until every gateway is up: the first connection may take longer than a deadline. */
  public FakeConsole awaitUp() {
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> api.get("/api/v1/health").json().path("status").textValue().equals("up"));
    return this;
  }

  public Api api() {
    return api;
  }

  public int port() {
    return server.port();
  }

  @Override
  public void close() {
    server.close();
    monitor.close();
  }
}
