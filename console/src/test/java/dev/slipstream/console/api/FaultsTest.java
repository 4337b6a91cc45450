package dev.slipstream.console.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipstream.config.jmx.CacheMXBean;
import dev.slipstream.config.jmx.FlushResult;
import dev.slipstream.config.jmx.ObjectNames;
import dev.slipstream.console.fake.Api;
import dev.slipstream.console.fake.FakeAgent;
import dev.slipstream.console.fake.FakeConsole;
import dev.slipstream.console.fake.FakeGateway;
import dev.slipstream.console.fake.FakeGatewayMain;
import dev.slipstream.console.fake.JavaProcess;
import dev.slipstream.console.fake.Ports;
import dev.slipstream.console.targets.TargetAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;

/** Gateways that are not as they should be: each in its own way, and never at the others' cost. */
class FaultsTest {
  private static final String STATS = "/api/v1/cache/stats";

  /** The deadline, and what a machine with other things to do may add. */
  private static final Duration DEADLINE = Duration.ofSeconds(4);

  @Test
  void eachFault_hasItsOwnStatus_andStopsNeitherReadingNorChangingTheOthers() throws Exception {
    FakeAgent agent =
        new FakeAgent()
            .withTraffic(1)
            .with(CacheMXBean.class, "flush", (FakeAgent.Operation) any -> new FlushResult(7, 0));
    try (FakeGateway good = FakeGateway.with(agent);
        FakeGateway bare = FakeGateway.withoutAgent();
        FakeGateway denying = FakeGateway.denying();
        Ports.Answering hanging = Ports.Answering.nothing();
        Ports.Answering web = new Ports.Answering("HTTP/1.1 400 Bad Request\r\n\r\n");
        FakeConsole console =
            FakeConsole.reading(
                Ports.gone("b-gone"),
                good.called("a-good"),
                hanging.called("c-hangs"),
                bare.called("d-bare"),
                denying.called("e-denies"),
                web.called("f-web"))) {
      Api api = console.api();
      long start = System.nanoTime();
      Api.Answer statistics = api.get(STATS);
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(DEADLINE);
      assertThat(statistics.status()).isEqualTo(200);
      assertThat(statistics.json().at("/cache_statistics/l1_memory_cache/entries").asLong())
          .isEqualTo(7);
      assertThat(statistics.json().path("targets").findValuesAsText("status"))
          .containsExactly("up", "gone", "hanging", "no_agent", "denied", "failed");
      assertThat(statistics.json().path("targets").findValuesAsText("error")).hasSize(5);

      start = System.nanoTime();
      Api.Answer flushed = api.delete("/api/v1/cache/flush");
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(DEADLINE);
      assertThat(flushed.status()).isEqualTo(207);
      assertThat(flushed.json().path("status").textValue()).isEqualTo("partial");
      assertThat(flushed.json().at("/details/total_cleared").asLong()).isEqualTo(7);

      problem(api, "b-gone", 502, "gateway-gone", "cannot be reached: Connection refused");
      problem(api, "c-hangs", 504, "gateway-hanging", "did not answer in time");
      problem(api, "d-bare", 424, "no-agent", "has no Slipstream agent");
      problem(api, "e-denies", 502, "gateway-denied", "does not let the console in");
      problem(api, "f-web", 502, "gateway-failed", "is no JMX connector");
      await()
          .untilAsserted(
              () ->
                  assertThat(
                          api.get("/api/v1/health")
                              .json()
                              .path("targets")
                              .findValuesAsText("status"))
                      .containsExactly("up", "gone", "hanging", "no_agent", "denied", "failed"));
      assertThat(api.get("/api/v1/health").json().path("status").textValue()).isEqualTo("degraded");
      assertThat(api.get("/api/v1/health/ready").status()).isEqualTo(200);
    }
  }

  private static void problem(Api api, String target, int status, String type, String detail)
      throws Exception {
    String urn = "urn:slipstream:problem:" + type;
    long start = System.nanoTime();
    assertThat(api.get(STATS + "?target=" + target).problem(status, urn))
        .startsWith(target + " " + detail);
    api.delete("/api/v1/cache/flush?target=" + target).problem(status, urn);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(DEADLINE);
  }

  @Test
  void longSearches_keepShortReadingsNotWaiting_andAreNoHanging() throws Exception {
    CountDownLatch released = new CountDownLatch(1);
    CountDownLatch searching = new CountDownLatch(2);
    FakeAgent agent =
        new FakeAgent()
            .withTraffic(1)
            .with(
                CacheMXBean.class,
                "search",
                (FakeAgent.Operation)
                    any -> {
                      searching.countDown();
                      await().until(() -> released.getCount() == 0);
                      return List.of();
                    });
    try (FakeGateway gateway = FakeGateway.with(agent);
        FakeConsole console = FakeConsole.reading(gateway.called("a")).awaitUp()) {
      Api api = console.api();
      List<Thread> searches =
          IntStream.range(0, 6).mapToObj(i -> new Thread(() -> keys(api), "search " + i)).toList();
      searches.forEach(Thread::start);
      try {
        searching.await();
        assertThat(status(api)).isEqualTo(200);
        assertThat(api.get("/api/v1/health").json().path("status").textValue()).isEqualTo("up");
      } finally {
        released.countDown();
      }
      for (Thread search : searches) {
        search.join();
      }
      assertThat(api.get("/api/v1/health").json().path("status").textValue()).isEqualTo("up");
    }
  }

  private static void keys(Api api) {
    try {
      api.get("/api/v1/cache/keys");
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void allFailingDifferently_isABadGateway() throws Exception {
    try (FakeGateway bare = FakeGateway.withoutAgent();
        FakeConsole console = FakeConsole.reading(Ports.gone("a"), bare.called("b"))) {
      Api.Answer answer = console.api().get(STATS);
      assertThat(answer.problem(502, "urn:slipstream:problem:gateways-failed"))
          .contains("a cannot be reached", "b has no Slipstream agent");
      assertThat(answer.json().path("targets")).hasSize(2);
      assertThat(console.api().get("/api/v1/health/ready").status()).isEqualTo(503);
    }
  }

  @Test
  void agentOfAnotherVersion_isFailed_inHealthAndInStatistics() throws Exception {
    try (FakeGateway old = FakeGateway.with(new FakeAgent());
        FakeConsole console = FakeConsole.reading(old.called("a")).awaitUp()) {
      old.beans().unregisterMBean(new ObjectName(ObjectNames.CACHE));
      assertThat(console.api().get(STATS).problem(502, "urn:slipstream:problem:gateway-failed"))
          .startsWith("a has no dev.slipstream:type=Cache: it is starting, or its agent is of");
      await()
          .until(
              () ->
                  console
                      .api()
                      .get("/api/v1/health")
                      .json()
                      .at("/targets/0/status")
                      .textValue()
                      .equals("failed"));
    }
  }

  @Test
  void manyAtOnce_onAJvmWithoutAgent_allHearSo() throws Exception {
    try (FakeGateway bare = FakeGateway.withoutAgent();
        FakeConsole console = FakeConsole.reading(bare.called("a"))) {
      await().until(() -> status(console.api()) == 424);
      assertThat(IntStream.range(0, 200).parallel().mapToObj(i -> status(console.api())).distinct())
          .containsExactly(424);
    }
  }

  @Test
  void manyAtOnce_onAGatewayThatHangs_allEndInTime() throws Exception {
    try (Ports.Answering hanging = Ports.Answering.nothing();
        FakeConsole console = FakeConsole.reading(hanging.called("a"))) {
      long start = System.nanoTime();
      assertThat(IntStream.range(0, 40).parallel().mapToObj(i -> status(console.api())).distinct())
          .containsExactly(504);
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(DEADLINE.multipliedBy(4));
      assertThat(
              Thread.getAllStackTraces().keySet().stream()
                  .filter(thread -> thread.getName().startsWith("console-a-")))
          .hasSizeLessThanOrEqualTo(4)
          .allMatch(Thread::isDaemon);
    }
  }

  private static int status(Api api) {
    try {
      return api.get(STATS).status();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void gatewayThatComesBack_isReadAgain() throws Exception {
    try (JavaProcess gateway = JavaProcess.start(FakeGatewayMain.class, "0")) {
      String port = gateway.announced("port ");
      TargetAddress address = TargetAddress.parse("a=127.0.0.1:" + port);
      try (FakeConsole console = FakeConsole.reading(address).awaitUp()) {
        assertThat(console.api().get(STATS).status()).isEqualTo(200);
        gateway.kill();
        console.api().get(STATS).problem(502, "urn:slipstream:problem:gateway-gone");
        try (JavaProcess again = JavaProcess.start(FakeGatewayMain.class, port)) {
          again.announced("ready");
          await().until(() -> console.api().get(STATS).status() == 200);
        }
      }
    }
  }

  @Test
  void changeThatTakesLong_isWaitedFor_andOthersAreStillRead() throws Exception {
    CountDownLatch finish = new CountDownLatch(1);
    FakeAgent agent =
        new FakeAgent()
            .with(
                CacheMXBean.class,
                "flush",
                (FakeAgent.Operation)
                    any -> {
                      awaitUninterruptibly(finish);
                      return new FlushResult(1, 1);
                    });
    try (FakeGateway gateway = FakeGateway.with(agent);
        FakeConsole console = FakeConsole.reading(gateway.called("a")).awaitUp()) {
      Api api = console.api();
      Stream.Builder<Throwable> errors = Stream.builder();
      Thread flush =
          new Thread(
              () -> {
                try {
                  assertThat(api.delete("/api/v1/cache/flush").status()).isEqualTo(200);
                } catch (Exception | AssertionError e) {
                  errors.add(e);
                }
              });
      flush.start();
      await().until(() -> !agent.calls().isEmpty());
      assertThat(api.get(STATS).status()).isEqualTo(200);
      finish.countDown();
      flush.join();
      assertThat(errors.build()).isEmpty();
    }
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
