package dev.slipstream.it.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipstream.it.AgentJar;
import dev.slipstream.it.RedisServer;
import dev.slipstream.it.page.JarProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The containers of {@code deploy/kubernetes} as processes of this machine: with their variables,
 * arguments, secrets and files, which are in a folder of the test's.
 *
 * <p>Each gateway has an address of loopback for its pod's, and a file stands for the DNS.
 */
final class Pods implements AutoCloseable {
  private static final Path GATEWAY_JAR =
      Deploy.ROOT.resolve("sample-app/target/sample-gateway.jar");
  private static final Path CONSOLE_JAR =
      Deploy.ROOT.resolve("console/target/slipstream-console.jar");

  private final Manifests manifests =
      Kustomization.in(Deploy.FOLDER.resolve("kubernetes")).objects();
  private final Path folder;
  private final Path hosts;
  private final int jmxPort = freePort();
  private final RedisServer redis;
  private final List<JarProcess> started = new ArrayList<>();

  private Pods(Path folder) throws IOException, InterruptedException {
    this.folder = folder;
    this.hosts = folder.resolve("hosts");
    resolveTo();
    Secrets.makeIn(folder.resolve("secrets"));
    for (JsonNode map : manifests.ofKind("ConfigMap")) {
      for (Map.Entry<String, JsonNode> file : map.path("data").properties()) {
        Files.writeString(folder.resolve(file.getKey()), here(file.getValue().asText()));
      }
    }
    redis = RedisServer.start(folder, redisArguments().toArray(String[]::new));
    redis.send("CONFIG SET requirepass " + secret("redis/password"));
  }

  static Pods in(Path folder) throws IOException, InterruptedException {
    return new Pods(folder);
  }

  private JsonNode container(String workload) {
    return Manifests.podOf(manifests.get(workload)).at("/containers/0");
  }

  private List<String> redisArguments() {
    List<String> arguments =
        Manifests.items(container("StatefulSet/slipstream-redis").path("args"))
            .map(JsonNode::asText)
            .toList();
    return arguments.subList(arguments.indexOf("--maxmemory"), arguments.indexOf("--save"));
  }

  /** A text of the manifests with what is elsewhere on this machine. */
  private String here(String text) {
    return text.replace("/agent/slipstream-agent.jar", AgentJar.path().toString())
        .replace("/secrets/", folder.resolve("secrets") + "/")
        .replace("/etc/slipstream/", folder + "/")
        .replace("/var/lib/slipstream/", folder + "/")
        .replace("9010", Integer.toString(jmxPort));
  }

  /** What is in one of the secrets' files. */
  String secret(String file) {
    return Deploy.read(folder.resolve("secrets").resolve(file)).strip();
  }

  Path secretFile(String file) {
    return folder.resolve("secrets").resolve(file);
  }

  /** What a gateway's container may use, in bytes. */
  long memoryLimit() {
    String limit =
        container("Deployment/slipstream-gateway").at("/resources/limits/memory").asText();
    return Long.parseLong(limit.replace("Mi", "")) << 20;
  }

  /**
   * Starts a gateway in a JVM that takes the container's limit for the machine's memory, and its
   * share of a processor for one.
   *
   * @param address the one of loopback that is its pod's
   */
  JarProcess gateway(String address, Map<String, String> more) {
    Map<String, String> variables = new TreeMap<>();
    KubernetesTest.env(container("Deployment/slipstream-gateway"))
        .forEach((name, value) -> variables.put(name, here(value)));
    variables.merge(
        "JAVA_TOOL_OPTIONS",
        " -XX:MaxRAM="
            + memoryLimit()
            + " -XX:ActiveProcessorCount=1 -Djava.rmi.server.hostname="
            + address,
        String::concat);
    variables.put(
        "REDIS_URL",
        "redis://default:" + secret("redis/password") + "@127.0.0.1:" + redis.port() + "/0");
    variables.put("SLIPSTREAM_JMX_HOST", address);
    variables.putAll(more);
    return keep(
        JarProcess.start(
            "pod-" + address, GATEWAY_JAR, variables, List.of("--host", address, "--port", "0")));
  }

  /** Starts the console, which looks gateways up in the file that stands for the DNS. */
  JarProcess console() {
    List<String> arguments = new ArrayList<>(List.of("--port=0"));
    container("Deployment/slipstream-console")
        .path("args")
        .forEach(argument -> arguments.add(here(argument.asText())));
    return keep(
        JarProcess.start(
            "pod-console",
            CONSOLE_JAR,
            Map.of(
                "JAVA_TOOL_OPTIONS",
                "-Xmx256m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Djdk.net.hosts.file=" + hosts),
            arguments));
  }

  /** Has the gateways' name stand for addresses. */
  void resolveTo(String... addresses) throws IOException {
    StringBuilder lines = new StringBuilder("127.0.0.1 localhost\n");
    for (String address : addresses) {
      lines.append(address).append(" slipstream-gateway-jmx\n");
    }
    Files.writeString(hosts, lines);
  }

  private JarProcess keep(JarProcess process) {
    started.add(process);
    return process;
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    started.forEach(JarProcess::close);
    redis.close();
  }
}
