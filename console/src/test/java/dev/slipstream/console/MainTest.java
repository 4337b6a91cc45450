package dev.slipstream.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipstream.console.fake.Api;
import dev.slipstream.console.fake.FakeAgent;
import dev.slipstream.console.fake.FakeGateway;
import dev.slipstream.console.fake.JavaProcess;
import dev.slipstream.console.fake.KeyStores;
import dev.slipstream.console.fake.Ports;
import dev.slipstream.console.targets.TargetAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.management.JMException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainTest {
  private static final String READY = "console ready on ";

  @TempDir Path folder;

  @Test
  void badOption_exitsWithTwoAndOneLine() throws IOException, InterruptedException {
    try (JavaProcess console = JavaProcess.start(Main.class, "--prot", "1")) {
      assertThat(console.exitStatus()).isEqualTo(2);
      assertThat(console.out()).isEmpty();
      assertThat(console.err()).singleElement().asString().contains("unknown option \"--prot\"");
    }
  }

  @Test
  void portInUse_exitsWithOneAndSaysSo() throws IOException, InterruptedException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        JavaProcess console =
            console("--port", Integer.toString(taken.getLocalPort()), "--target=a=b:1")) {
      assertThat(console.exitStatus()).isEqualTo(1);
      assertThat(console.err())
          .contains(
              "slipstream-console: cannot listen on http://127.0.0.1:" + taken.getLocalPort());
    }
  }

  /** The whole program, with RMI set up as it is for real: filter, timeouts and all. */
  @Test
  void program_readsRemoteTargets_andOneThatHangsDelaysNobody()
      throws IOException, InterruptedException, JMException {
    try (FakeGateway gateway =
            FakeGateway.with(new FakeAgent().withTraffic(3).withRedis("r", 1, 1, 9));
        Ports.Answering hanging = Ports.Answering.nothing();
        JavaProcess console =
            console(option(gateway.called("good")), option(hanging.called("hangs")))) {
      String url = console.announced(READY);
      String told = console.announced("token for changes");
      Api api = new Api(url, told.substring(told.lastIndexOf(' ') + 1));
      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(
              () ->
                  assertThat(
                          api.get("/api/v1/health")
                              .json()
                              .path("targets")
                              .findValuesAsText("status"))
                      .containsExactly("up", "hanging"));
      long start = System.nanoTime();
      assertThat(
              api.get("/api/v1/cache/stats").json().at("/cache_statistics/l1_memory_cache/entries"))
          .hasToString("21");
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
      assertThat(api.delete("/api/v1/cache/flush").status()).isEqualTo(207);
      assertThat(api.get("/api/v1/cache/stats?target=hangs").status()).isEqualTo(504);
    }
  }

  @Test
  void firstStart_makesATokenAndPrintsItOnce_andTheNextDoesNot()
      throws IOException, InterruptedException {
    Path file = folder.resolve("state").resolve("token");
    String token;
    try (JavaProcess console = console(option(Ports.gone("a")), "--token-file=" + file)) {
      String url = console.announced(READY);
      String said = console.announced("token for changes, printed this once and kept in ");
      token = said.substring(said.lastIndexOf(' ') + 1);
      assertThat(said).isEqualTo(file + ": " + token);
      assertThat(file).content().isEqualTo(token + "\n");
      assertThat(new Api(url, "").delete("/api/v1/cache/flush").status()).isEqualTo(401);
      assertThat(new Api(url, token).delete("/api/v1/cache/flush").status()).isEqualTo(502);
    }
    try (JavaProcess console = console(option(Ports.gone("a")), "--token-file=" + file)) {
      Api api = new Api(console.announced(READY), token);
      assertThat(api.get("/api/v1/session").json().path("role").textValue()).isEqualTo("operator");
      assertThat(api.get("/api/v1/audit").json().path("entries").findValuesAsText("result"))
          .containsExactly("failed", "refused");
      assertThat(console.out()).hasSize(1);
      assertThat(console.out().toString() + console.err()).doesNotContain(token);
    }
  }

  @Test
  void beyondLoopback_withoutTls_isRefused_unlessAProxyEndsIt()
      throws IOException, InterruptedException {
    try (JavaProcess console = console("--host=0.0.0.0", option(Ports.gone("a")))) {
      assertThat(console.exitStatus()).isEqualTo(2);
      assertThat(console.err())
          .singleElement()
          .asString()
          .contains("beyond loopback TLS is needed");
    }
    try (JavaProcess console =
        console("--host=0.0.0.0", "--insecure-plaintext", option(Ports.gone("a")))) {
      String url = console.announced(READY);
      assertThat(url).startsWith("http://0.0.0.0:");
      assertThat(console.err()).anyMatch(line -> line.contains("beyond loopback without TLS"));
      Api stranger = new Api(url.replace("0.0.0.0", "127.0.0.1"), "");
      assertThat(stranger.get("/api/v1/cache/stats").status()).isEqualTo(401);
      assertThat(stranger.get("/api/v1/health").body()).isEqualTo("{\"status\":\"down\"}");
    }
  }

  @Test
  void tls_isSpoken_withAKeyStore_andTheTokensOfAFile() throws Exception {
    KeyStores stores = KeyStores.in(folder);
    Path tokens = folder.resolve("tokens");
    String viewer;
    try (JavaProcess command =
        JavaProcess.start(Main.class, "token", "vera", "viewer", "--tokens-file=" + tokens)) {
      assertThat(command.exitStatus()).isZero();
      viewer = command.announced("token, printed this once: ");
    }
    Path accessLog = folder.resolve("access.log");
    try (JavaProcess console =
        JavaProcess.start(
            Main.class,
            "--port=0",
            option(Ports.gone("a")),
            "--tokens-file=" + tokens,
            "--tls-keystore=" + stores.keyStore(),
            "--tls-password-file=" + stores.passwordFile(),
            "--access-log=" + accessLog)) {
      String url = console.announced(READY);
      assertThat(url).startsWith("https://127.0.0.1:");
      Api api = new Api(url, viewer, stores.trusting());
      Api.Answer session = api.get("/api/v1/session?x");
      session.problem(400, "urn:slipstream:problem:invalid-request");
      session = api.get("/api/v1/session");
      assertThat(session.body())
          .isEqualTo("{\"role\":\"viewer\",\"name\":\"vera\",\"reading_open\":true,\"tls\":true}");
      assertThat(session.field("Strict-Transport-Security")).startsWith("max-age=");
      assertThat(api.delete("/api/v1/cache/flush?a=secret").status()).isEqualTo(403);
      await()
          .untilAsserted(
              () ->
                  assertThat(Files.readString(accessLog))
                      .contains(
                          "127.0.0.1 - vera [",
                          "\"DELETE /api/v1/cache/flush HTTP/1.1\" 403 ",
                          "\"GET /api/v1/session HTTP/1.1\" 200 ")
                      .doesNotContain(viewer)
                      .doesNotContain("secret"));
    }
  }

  @Test
  void fileThatCannotBeUsed_exitsWithTwoAndOneLine() throws IOException, InterruptedException {
    Path file = Files.writeString(folder.resolve("readable"), "x".repeat(40));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    try (JavaProcess console = JavaProcess.start(Main.class, "--token-file=" + file)) {
      assertThat(console.exitStatus()).isEqualTo(2);
      assertThat(console.err()).singleElement().asString().endsWith("chmod 600 " + file);
    }
  }

  private JavaProcess console(String... options) throws IOException {
    List<String> all = new ArrayList<>();
    all.add("--port=0");
    all.add("--token-file=" + folder.resolve("state").resolve("token"));
    all.addAll(List.of(options));
    return JavaProcess.start(Main.class, all.toArray(String[]::new));
  }

  private static String option(TargetAddress target) {
    return "--target=" + target.name() + "=" + target.host() + ":" + target.port();
  }
}
