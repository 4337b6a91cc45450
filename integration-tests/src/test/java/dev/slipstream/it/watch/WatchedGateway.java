package dev.slipstream.it.watch;

import dev.slipstream.it.AgentJar;
import dev.slipstream.it.RedisServer;
import dev.slipstream.it.page.JarProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A sample gateway with the agent and a Redis, and the console that Prometheus would scrape. */
final class WatchedGateway implements AutoCloseable {
  private static final Path GATEWAY = Path.of("..", "sample-app", "target", "sample-gateway.jar");
  private static final Path CONSOLE = Path.of("..", "console", "target", "slipstream-console.jar");
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final RedisServer redis;
  private final JarProcess gateway;
  private final JarProcess console;

  private WatchedGateway(Path folder) throws IOException {
    int port = freePort();
    Path rules = folder.resolve("cache_rules.yaml");
    Files.writeString(
        rules,
        """
        rules:
          - name: stats
            pattern: /api/v1/services/stats
            ttl: 5m
            budget: {p95: 500ms, error_rate: 1%}
        """);
    redis = RedisServer.start(folder);
    gateway =
        JarProcess.start(
            "watch-gateway",
            GATEWAY,
            List.of(
                "-javaagent:"
                    + AgentJar.path()
                    + "=cache_rules_config_file="
                    + rules
                    + ",performance_monitoring_interval=1,redis_url=redis://127.0.0.1:"
                    + redis.port()
                    + ",jmx_port="
                    + port,
                // So little for classes at first that a whole collection comes soon: only then is
                // it
                // known what the heap holds.
                "-XX:MetaspaceSize=16m"),
            List.of("--port", "0"));
    console =
        JarProcess.start(
            "watch-console",
            CONSOLE,
            List.of(),
            List.of(
                "--port",
                "0",
                "--target",
                "edge=127.0.0.1:" + port,
                "--token-file",
                folder.resolve("token").toString(),
                "--audit-file",
                folder.resolve("audit.jsonl").toString()));
  }

  static WatchedGateway in(Path folder) throws IOException {
    return new WatchedGateway(folder);
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Hits, misses, and an answer that is not stored. */
  void traffic() {
    for (int i = 0; i < 5; i++) {
      get(gateway.url() + "/api/v1/services/stats");
      get(gateway.url() + "/nothing");
    }
  }

  /** What Prometheus would get. */
  String metrics() {
    return get(console.url() + "/metrics");
  }

  private static String get(String url) {
    try {
      return HTTP.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString())
          .body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    console.close();
    gateway.close();
    redis.close();
  }
}
