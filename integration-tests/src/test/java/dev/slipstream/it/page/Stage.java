package dev.slipstream.it.page;

import dev.slipstream.it.AgentJar;
import dev.slipstream.it.RedisServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A sample gateway with the agent and a Redis, the console that reads it, and clients. */
final class Stage implements AutoCloseable {
  static final String GATEWAY = "shop";

  private static final Path GATEWAY_JAR =
      Path.of("..", "sample-app", "target", "sample-gateway.jar");
  private static final Path CONSOLE_JAR =
      Path.of("..", "console", "target", "slipstream-console.jar");

  private final Path folder;
  private final int managementPort = freePort();
  private final int port = freePort();
  private final RedisServer redis;
  private final int consolePort = freePort();
  private final Clients clients;
  private JarProcess console;
  private JarProcess gateway;

  private Stage(Path folder) {
    this.folder = folder;
    this.redis = RedisServer.start(folder);
    this.gateway = startGateway();
    this.console = startConsole();
    this.clients = Clients.of(port);
  }

  /** Sets it up; what it writes is in a folder. */
  static Stage in(Path folder) {
    return new Stage(folder);
  }

  private JarProcess startGateway() {
    Path rules = folder.resolve("cache_rules.yaml");
    try {
      Files.writeString(
          rules,
          """
          rules:
            - name: users
              pattern: /users/*
              ttl: 5m
              tags: [users]

            - name: generated-code
              pattern: /api/v1/generate/*
              ttl: 10m
              tags: [code]
          """);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String agent =
        String.join(
            ",",
            "cache_rules_config_file=" + rules,
            "performance_monitoring_interval=1",
            "redis_url=redis://127.0.0.1:" + redis.port());
    return JarProcess.start(
        "gateway",
        GATEWAY_JAR,
        List.of(
            "-javaagent:" + AgentJar.path() + "=" + agent,
            "-Dcom.sun.management.jmxremote.port=" + managementPort,
            "-Dcom.sun.management.jmxremote.rmi.port=" + managementPort,
            "-Dcom.sun.management.jmxremote.host=127.0.0.1",
            "-Djava.rmi.server.hostname=127.0.0.1",
            "-Dcom.sun.management.jmxremote.authenticate=false",
            "-Dcom.sun.management.jmxremote.ssl=false"),
        List.of("--port", Integer.toString(port)));
  }

  private JarProcess startConsole() {
    return startConsole(folder, consolePort, GATEWAY + "=127.0.0.1:" + managementPort);
  }

  /** A console that reads one gateway, given as {@code NAME=HOST:PORT}. */
  static JarProcess startConsole(Path folder, int port, String target) {
    return JarProcess.start(
        "console",
        CONSOLE_JAR,
        List.of(),
        List.of(
            "--port",
            Integer.toString(port),
            "--target",
            target,
            "--token-file",
            folder.resolve("token").toString(),
            "--audit-file",
            folder.resolve("audit.jsonl").toString()));
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where the gateway is. */
  String gatewayUrl() {
    return gateway.url();
  }

  /** Where the dashboard is. */
  String url() {
    return console.url();
  }

  /** The console's own token, an operator's. */
  String token() {
    try {
      return Files.readString(folder.resolve("token")).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void killGateway() {
    gateway.kill();
  }

  /** Starts it again, on the ports that it had. */
  void restartGateway() {
    gateway = startGateway();
  }

  void killConsole() {
    console.kill();
  }

  /** Starts it again, on the port that it had. */
  void restartConsole() {
    console = startConsole();
  }

  @Override
  public void close() {
    clients.close();
    console.close();
    gateway.close();
    redis.close();
  }
}
