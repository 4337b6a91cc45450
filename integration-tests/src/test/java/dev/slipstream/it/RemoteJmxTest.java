package dev.slipstream.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The agent's own JMX port, in a gateway and from other processes. */
final class RemoteJmxTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Path CONSOLE = Path.of("..", "console", "target", "slipstream-console.jar");
  private static final String LOOPBACK = "-Djava.rmi.server.hostname=127.0.0.1";

  @TempDir private Path folder;

  @Test
  void console_readsOverTls_byItsUsersRole() throws Exception {
    int port = RedisServer.freePort();
    Path password = secret("password", "changeit");
    keytool("-genkeypair", "-keyalg", "EC", "-dname", "CN=gateway", "-keystore", "key.p12");
    keytool("-exportcert", "-file", "cert", "-keystore", "key.p12");
    keytool("-importcert", "-noprompt", "-file", "cert", "-keystore", "trust.p12");
    Path users = secret("users", "rita:reader:reads\nolga:operator:steers\n");
    secret("operator", "steers");
    secret("reader", "reads");
    secret("guess", "guessed");
    try (GatewayProcess gateway =
            Forked.probe()
                .jvmOption(LOOPBACK)
                .agent(
                    "jmx_port=" + port,
                    "jmx_password_file=" + users,
                    "jmx_tls_keystore=" + folder.resolve("key.p12"),
                    "jmx_tls_password_file=" + password)
                .start();
        HttpConnection connection = new HttpConnection(gateway.port())) {
      Forked.awaitHit(connection, "/fresh");
      Path config =
          Files.writeString(
              folder.resolve("console.yaml"),
              "targets:\n"
                  + target("a-operator", port, "olga", "operator")
                  + target("b-reader", port, "rita", "reader")
                  + target("c-guesser", port, "olga", "guess"));
      Process console = console("--port=0", "--config=" + config);
      try {
        String url = announced(console);
        await()
            .atMost(PATIENCE)
            .untilAsserted(
                () ->
                    assertThat(send(url, "GET", "/api/v1/health"))
                        .containsPattern("a-operator\",\"status\":\"up\"")
                        .containsPattern("b-reader\",\"status\":\"up\"")
                        .containsPattern("c-guesser\",\"status\":\"denied\""));
        assertThat(send(url, "GET", "/api/v1/cache/stats?target=b-reader")).contains("hit_rate");
        assertThat(send(url, "DELETE", "/api/v1/cache/flush?target=b-reader"))
            .contains("gateway-denied", "Role reader may not call flush");
        assertThat(connection.get("/fresh").isHit()).isTrue();
        assertThat(send(url, "DELETE", "/api/v1/cache/flush?target=a-operator"))
            .contains("\"status\":\"success\"");
        assertThat(connection.get("/fresh").isHit()).isFalse();
      } finally {
        console.destroyForcibly().waitFor();
      }
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX) // tells which process listens where
  void boundToLoopback_itIsOnePort_thatDetachingCloses_andNothingIsLeft() throws Exception {
    int port = RedisServer.freePort();
    try (GatewayProcess gateway =
            GatewayProcess.of(Container.TOMCAT_11)
                .jvmOption("-XX:SoftRefLRUPolicyMSPerMB=0")
                .jvmOption(LOOPBACK)
                .agent("jmx_port=" + port, "jmx_host=127.0.0.1")
                .start();
        HttpConnection connection = new HttpConnection(gateway.port())) {
      Forked.awaitHit(connection, "/jakarta/url/stored?mine");
      await().atMost(PATIENCE).until(() -> listening(gateway).contains(port));
      assertThat(listening(gateway)).isEqualTo(Set.of(gateway.port(), port));
      read(port);
      for (InetAddress own : ownAddresses()) {
        assertThatThrownBy(() -> new Socket(own, port).close())
            .isInstanceOf(ConnectException.class);
      }
      try (ManagementClient management = ManagementClient.of(gateway)) {
        AttachCommand.detach(gateway).succeeded();
        assertThatThrownBy(() -> read(port)).isInstanceOf(IOException.class);
        Leftovers.awaitNone(management);
      }
    }
  }

  @Test
  void jvm_endsOnceOnlyThePortIsLeft() throws Exception {
    int port = RedisServer.freePort();
    try (GatewayProcess gateway =
        Forked.probe().jvmOption(LOOPBACK).agent("jmx_port=" + port).start()) {
      try (HttpConnection connection = new HttpConnection(gateway.port())) {
        Forked.awaitHit(connection, "/fresh");
        read(port);
        connection.get("/stop");
      }
      gateway.handle().onExit().orTimeout(15, TimeUnit.SECONDS).join();
      assertThat(gateway.standardOutput()).last().isEqualTo("stopped");
    }
  }

  @SuppressWarnings("BanJNDI") // The registry is the one that the test has the agent open.
  private static void read(int port) throws Exception {
    JMXServiceURL url =
        new JMXServiceURL("service:jmx:rmi:///jndi/rmi://127.0.0.1:" + port + "/jmxrmi");
    try (JMXConnector client = JMXConnectorFactory.connect(url)) {
      assertThat(
              client
                  .getMBeanServerConnection()
                  .getAttribute(new ObjectName("dev.slipstream:type=Agent"), "Enabled"))
          .isEqualTo(true);
    }
  }

  private static List<InetAddress> ownAddresses() throws IOException {
    return NetworkInterface.networkInterfaces()
        .flatMap(NetworkInterface::inetAddresses)
        .filter(own -> !own.isLoopbackAddress() && !own.isLinkLocalAddress())
        .toList();
  }

  /** The ports that a process listens on. */
  private static Set<Integer> listening(GatewayProcess gateway) throws IOException {
    Path process = Path.of("/proc", Long.toString(gateway.pid()));
    Set<String> sockets = new TreeSet<>();
    try (Stream<Path> open = Files.list(process.resolve("fd"))) {
      for (Path file : open.toList()) {
        try {
          sockets.add(Files.readSymbolicLink(file).toString());
        } catch (IOException e) {
          // Closed meanwhile.
        }
      }
    }
    Set<Integer> ports = new TreeSet<>();
    for (String table : List.of("tcp", "tcp6")) {
      for (String line : Files.readAllLines(process.resolve("net").resolve(table))) {
        String[] columns = line.strip().split(" +", -1);
        if (columns[3].equals("0A") && sockets.contains("socket:[" + columns[9] + "]")) {
          String local = columns[1];
          ports.add(Integer.parseInt(local.substring(local.indexOf(':') + 1), 16));
        }
      }
    }
    return ports;
  }

  private String target(String name, int port, String user, String passwordFile) {
    return String.format(
            Locale.ROOT,
            "  - {name: %s, host: 127.0.0.1, port: %d, user: %s, password_file: %s, tls: true,\n",
            name,
            port,
            user,
            passwordFile)
        + "     trust_store: trust.p12, trust_store_password_file: password}\n";
  }

  private Process console(String... options) throws IOException {
    List<String> command =
        Stream.concat(
                Stream.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:TieredStopAtLevel=1",
                    "-jar",
                    CONSOLE.toString(),
                    "--token-file=" + folder.resolve("token")),
                Stream.of(options))
            .toList();
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("console.out").toFile())
        .start();
  }

  private String announced(Process console) throws IOException {
    Path out = folder.resolve("console.out");
    await()
        .atMost(PATIENCE)
        .until(() -> Files.readString(out).contains("token for") || !console.isAlive());
    return Files.readAllLines(out).stream()
        .filter(line -> line.startsWith("console ready on "))
        .map(line -> line.substring("console ready on ".length()))
        .findFirst()
        .orElseThrow();
  }

  private String send(String url, String method, String path) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url + path))
            .method(method, HttpRequest.BodyPublishers.noBody())
            .header("Authorization", "Bearer " + Files.readString(folder.resolve("token")).strip())
            .build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
  }

  private Path secret(String name, String text) throws IOException {
    Path file = Files.writeString(folder.resolve(name), text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    return file;
  }

  private void keytool(String... arguments) throws Exception {
    List<String> command =
        Stream.of(
                Stream.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString()),
                Stream.of(arguments),
                Stream.of("-storetype", "PKCS12", "-storepass", "changeit"))
            .flatMap(part -> part)
            .toList();
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("keytool.out").toFile())
            .start();
    assertThat(process.waitFor()).as(Files.readString(folder.resolve("keytool.out"))).isZero();
  }
}
