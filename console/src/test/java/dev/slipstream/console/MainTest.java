package dev.slipstream.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipstream.console.fake.Api;
import dev.slipstream.console.fake.FakeAgent;
import dev.slipstream.console.fake.FakeGateway;
import dev.slipstream.console.fake.JavaProcess;
import dev.slipstream.console.fake.Ports;
import dev.slipstream.console.targets.TargetAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import javax.management.JMException;
import org.junit.jupiter.api.Test;

class MainTest {
  private static final String READY = "console ready on ";

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
            JavaProcess.start(
                Main.class, "--port", Integer.toString(taken.getLocalPort()), "--target=a=b:1")) {
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
            JavaProcess.start(
                Main.class,
                "--port=0",
                option(gateway.called("good")),
                option(hanging.called("hangs")))) {
      Api api = new Api(console.announced(READY));
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
      assertThat(console.out()).hasSize(1);
    }
  }

  @Test
  void beyondLoopback_warns() throws IOException, InterruptedException {
    try (JavaProcess console =
        JavaProcess.start(Main.class, "--port=0", "--host=0.0.0.0", option(Ports.gone("a")))) {
      String url = console.announced(READY);
      assertThat(url).startsWith("http://0.0.0.0:");
      assertThat(console.err()).anyMatch(line -> line.contains("warning: listens beyond loopback"));
    }
  }

  private static String option(TargetAddress target) {
    return "--target=" + target.name() + "=" + target.host() + ":" + target.port();
  }
}
