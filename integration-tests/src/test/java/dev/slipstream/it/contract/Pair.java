package dev.slipstream.it.contract;

import dev.slipstream.it.AgentJar;
import dev.slipstream.it.RedisServer;
import dev.slipstream.it.page.JarProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Two sample gateways with the agent that share a Redis, and the console that reads both. */
final class Pair implements AutoCloseable {
  private static final Path GATEWAY = Path.of("..", "sample-app", "target", "sample-gateway.jar");
  private static final Path CONSOLE = Path.of("..", "console", "target", "slipstream-console.jar");

  private final Path folder;
  private final RedisServer redis;
  private final int firstPort = freePort();
  private final int secondPort = freePort();
  private final JarProcess first;
  private final JarProcess second;
  private final JarProcess console;

  private Pair(Path folder) throws IOException {
    this.folder = folder;
    Path rules = folder.resolve("cache_rules.yaml");
    Files.writeString(
        rules,
        """
        rules:
          - name: stats
            pattern: /api/v1/services/stats
            ttl: 5m
            tags: [services]
        """);
    this.redis = RedisServer.start(folder);
    this.first = gateway("contract-one", rules, firstPort);
    this.second = gateway("contract-two", rules, secondPort);
    this.console =
        JarProcess.start(
            "contract-console",
            CONSOLE,
            List.of(),
            List.of(
                "--port",
                "0",
                "--target",
                "one=127.0.0.1:" + firstPort,
                "--target",
                "two=127.0.0.1:" + secondPort,
                "--token-file",
                folder.resolve("token").toString(),
                "--audit-file",
                folder.resolve("audit.jsonl").toString()));
  }

  static Pair in(Path folder) throws IOException {
    return new Pair(folder);
  }

  private JarProcess gateway(String name, Path rules, int port) {
    String agent =
        String.join(
            ",",
            "cache_rules_config_file=" + rules,
            "performance_monitoring_interval=1",
            "redis_url=redis://127.0.0.1:" + redis.port());
    return JarProcess.start(
        name,
        GATEWAY,
        List.of(
            "-javaagent:" + AgentJar.path() + "=" + agent,
            "-Dcom.sun.management.jmxremote.port=" + port,
            "-Dcom.sun.management.jmxremote.rmi.port=" + port,
            "-Dcom.sun.management.jmxremote.host=127.0.0.1",
            "-Djava.rmi.server.hostname=127.0.0.1",
            "-Dcom.sun.management.jmxremote.authenticate=false",
            "-Dcom.sun.management.jmxremote.ssl=false"),
        List.of("--port", "0"));
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  JarProcess first() {
    return first;
  }

  JarProcess second() {
    return second;
  }

  String url() {
    return console.url();
  }

  /** The console's own token, an operator's. */
  String token() throws IOException {
    return Files.readString(folder.resolve("token")).strip();
  }

  @Override
  public void close() {
    second.thaw();
    console.close();
    first.close();
    second.close();
    redis.close();
  }
}
