package dev.slipstream.it.page;

import dev.slipstream.it.AgentJar;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A sample gateway with the agent, the console that reads it, and clients. */
final class Stage implements AutoCloseable {
  static final String GATEWAY = "shop";

  private static final Path GATEWAY_JAR =
      Path.of("..", "sample-app", "target", "sample-gateway.jar");
  private static final Path CONSOLE_JAR =
      Path.of("..", "console", "target", "slipstream-console.jar");

  private final Path folder;
  private final int managementPort = freePort();
  private final int port = freePort();
  private final List<String> agentOptions;
  private final JarProcess console;
  private final Clients clients;
  private JarProcess gateway;

  private Stage(Path folder, List<String> agentOptions) {
    this.folder = folder;
    this.agentOptions = agentOptions;
    this.gateway = startGateway();
    this.console = startConsole();
    this.clients = Clients.of(port);
  }

  /**
   * Sets it up.
   *
   * @param folder for what the console writes
   * @param agentOptions options of the agent beside the rules and the interval
   */
  static Stage in(Path folder, String... agentOptions) {
    return new Stage(folder, List.of(agentOptions));
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
            String.join(",", agentOptions));
    return JarProcess.start(
        "gateway",
        GATEWAY_JAR,
        List.of(
            "-javaagent:" + AgentJar.path() + "=" + agent.replaceAll(",$", ""),
            "-Dcom.sun.management.jmxremote.port=" + managementPort,
            "-Dcom.sun.management.jmxremote.rmi.port=" + managementPort,
            "-Dcom.sun.management.jmxremote.host=127.0.0.1",
            "-Djava.rmi.server.hostname=127.0.0.1",
            "-Dcom.sun.management.jmxremote.authenticate=false",
            "-Dcom.sun.management.jmxremote.ssl=false"),
        List.of("--port", Integer.toString(port)));
  }

  private JarProcess startConsole() {
    return JarProcess.start(
        "console",
        CONSOLE_JAR,
        List.of(),
        List.of(
            "--port",
            "0",
            "--target",
            GATEWAY + "=127.0.0.1:" + managementPort,
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

  @Override
  public void close() {
    clients.close();
    console.close();
    gateway.close();
  }
}
