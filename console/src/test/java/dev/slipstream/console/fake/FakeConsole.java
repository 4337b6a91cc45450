package dev.slipstream.console.fake;

import static org.awaitility.Awaitility.await;

import dev.slipstream.console.api.ConsoleServer;
import dev.slipstream.console.api.Listener;
import dev.slipstream.console.api.Protection;
import dev.slipstream.console.audit.AuditLog;
import dev.slipstream.console.cache.Caches;
import dev.slipstream.console.security.AllowedHosts;
import dev.slipstream.console.security.Guard;
import dev.slipstream.console.security.KnownToken;
import dev.slipstream.console.security.RateLimit;
import dev.slipstream.console.security.Role;
import dev.slipstream.console.security.TokenStore;
import dev.slipstream.console.targets.ConfiguredTarget;
import dev.slipstream.console.targets.ConfiguredTargets;
import dev.slipstream.console.targets.JmxAccess;
import dev.slipstream.console.targets.Monitor;
import dev.slipstream.console.targets.TargetAddress;
import dev.slipstream.console.targets.Targets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;

/** The real console in the test's JVM, reading gateways of the test's choosing. */
public final class FakeConsole implements AutoCloseable {
  private final Monitor monitor;
  private final ConsoleServer server;
  private final Api api;

  /** The token of its operator, which its {@link #api()} sends with each request. */
  public static final String TOKEN = "operator-token-of-the-tests-0123456789";

  /** The token of a viewer. */
  public static final String VIEWER_TOKEN = "viewer-token-of-the-tests-0123456789-";

  private FakeConsole(Targets targets, Protection protection) {
    monitor = new Monitor(targets);
    server =
        ConsoleServer.start(
            new Listener("127.0.0.1", InetAddress.getLoopbackAddress(), 0, null),
            protection,
            targets,
            InstantSource.system());
    api = new Api("http://127.0.0.1:" + server.port(), TOKEN);
    monitor.start();
  }

  /** What protects it, unless a test has its own: open to read, and without a bound to speed. */
  public static Protection protection(boolean readingIsOpen, int requestsPerSecond) {
    InetAddress address = InetAddress.getLoopbackAddress();
    List<KnownToken> tokens =
        List.of(
            KnownToken.of("tests", Role.OPERATOR, TOKEN),
            KnownToken.of("reader", Role.VIEWER, VIEWER_TOKEN));
    try {
      return new Protection(
          new Guard(
              AllowedHosts.listeningOn("127.0.0.1", address, List.of()),
              readingIsOpen,
              new RateLimit(requestsPerSecond),
              new TokenStore(tokens, null, System::nanoTime),
              System::nanoTime),
          AuditLog.inMemory(InstantSource.system()),
          null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static FakeConsole reading(Targets targets, Protection protection) {
    return new FakeConsole(targets, protection);
  }

  public static FakeConsole reading(TargetAddress... targets) {
    return reading(targets(targets));
  }

  public static Targets targets(TargetAddress... targets) {
    return new ConfiguredTargets(
        Stream.of(targets).map(target -> new ConfiguredTarget(target, JmxAccess.OPEN)).toList(),
        Caches.LOOK,
        InstantSource.system());
  }

  public static FakeConsole reading(Targets targets) {
    return new FakeConsole(targets, protection(true, 1_000_000));
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

  /** The routes, each as {@code GET /path}. */
  public List<String> routes() {
    return server.routes();
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
