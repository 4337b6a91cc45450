package dev.slipstream.it.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipstream.it.HttpConnection;
import dev.slipstream.it.shared.SharedLoad.Plan;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.management.JMException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Gateways that share what is stored behave as one cache: what one stored another answers from,
 * what one is told to forget another forgets, and no fault of the servers fails a request, delays
 * one beyond the budget, makes an answer staler than allowed, or needs a restart of a gateway.
 */
@ParameterizedClass(name = "{0}")
abstract class SharedSuite {
  /**
   * What a request may take in a test. The budget of 50 ms, and slack for this: clients, gateways,
   * servers and other builds share two cores. A fault that was not bounded would take the 1 s that
   * a server is slow by, or the socket's timeout of 2 s and more.
   */
  private static final Duration LONGEST = Duration.ofMillis(50).multipliedBy(10);

  /** How stale an answer may be at most while gateways and servers reach each other. */
  static final Duration BOUND = Duration.ofSeconds(3);

  /** How long L1 answers without L2, in these tests. */
  private static final Duration ALONE = Duration.ofSeconds(5);

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int REQUESTS = 2_000;

  /** As many clients for all gateways together, however many these are. */
  private static final int CLIENTS = 12;

  private static final AtomicInteger PATHS = new AtomicInteger();

  @TempDir private static Path folder;
  private static Figures figures;
  private static RedisSetup redis;
  private static VersionedOrigin origin;
  private static GatewayGroup group;

  @Parameter Scene scene;

  @BeforeParameterizedClassInvocation
  static void start(Scene scene) {
    if (figures == null) {
      figures = Figures.begin("shared-faults");
    }
    String name = scene.topology() + "-" + scene.count();
    redis = scene.topology().start(folder.resolve(name));
    origin = new VersionedOrigin();
    group =
        GatewayGroup.start(
            scene.count(),
            origin,
            redis.url(),
            "cache_max_memory_mb=1",
            "coherence_max_staleness=" + ALONE.toSeconds());
  }

  @AfterParameterizedClassInvocation
  static void stop() {
    if (group != null) {
      group.close();
      group = null;
    }
    if (origin != null) {
      origin.close();
    }
    if (redis != null) {
      redis.close();
    }
  }

  @AfterAll
  static void endFigures() {
    figures = null;
  }

  private static String newPath(String area) {
    return String.format(Locale.ROOT, "/sync/%s/page-%d", area, PATHS.incrementAndGet());
  }

  private static int get(SharedGateway gateway, String path) throws IOException {
    try (HttpConnection connection = new HttpConnection(gateway.port())) {
      return SharedLoad.exchange(connection, path, "en");
    }
  }

  /** Asks all gateways until none asks the origin: each has it in L1. */
  private static void storeEverywhere(String path) {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(20))
        .until(
            () -> {
              int before = origin.calls(path);
              for (SharedGateway gateway : group.gateways()) {
                get(gateway, path);
              }
              return origin.calls(path) == before;
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"plain", "varied"})
  void missOnOne_isAHitOnTheOthers(String area) throws Exception {
    long written = group.get(0).ofL2("Puts");
    String path = newPath(area);
    get(group.get(0), path);
    await().atMost(PATIENCE).until(() -> group.get(0).ofL2("Puts") > written);
    int asked = origin.calls(path);

    for (SharedGateway gateway : group.gateways()) {
      get(gateway, path);
    }

    assertThat(origin.calls(path)).as("calls of the origin").isEqualTo(asked);
  }

  @ParameterizedTest
  @EnumSource
  void pathThatChanged_isNewOnAllGateways(Way way) throws Exception {
    String path = newPath(way == Way.RULE ? "ruled" : "plain");
    storeEverywhere(path);

    try (HttpConnection connection = new HttpConnection(group.get(0).port())) {
      int version = way.write(origin, group.get(0), connection, path);

      assertThat(get(group.get(0), path)).as("on the gateway that was told").isEqualTo(version);
      for (SharedGateway gateway : group.gateways()) {
        await()
            .atMost(BOUND)
            .pollInterval(Duration.ofMillis(1))
            .untilAsserted(() -> assertThat(get(gateway, path)).isEqualTo(version));
      }
    }
  }

  @TestFactory
  Stream<DynamicTest> fault_underLoad_harmsNoRequest() {
    return scene.faults().stream()
        .map(fault -> DynamicTest.dynamicTest(fault.name(), () -> assertHarmless(fault)));
  }

  private void assertHarmless(Fault fault) throws Exception {
    redis.awaitWhole();
    Plan plan =
        new Plan(
            CLIENTS / scene.count(),
            Duration.ofMillis(2),
            8,
            300,
            50,
            true,
            Duration.ofMillis(400),
            List.of(Way.TAG, Way.PATTERN, Way.PURGE, Way.UNSAFE),
            IntStream.range(0, scene.count()).boxed().toList());
    try (SharedLoad load = new SharedLoad(group, origin, plan)) {
      load.start();
      awaitUse();
      load.takeDelays(); // the gateways loaded and compiled their classes
      load.await(REQUESTS, Duration.ofSeconds(1));
      note(fault, "before", load);

      long injected = System.nanoTime();
      Runnable heal = fault.inject(redis);
      load.await(REQUESTS, Duration.ofSeconds(3));
      note(fault, "while it lasts", load);
      if (fault.isOvercomeByFailover() && scene.topology() != Topology.SINGLE) {
        awaitUse();
        note(fault, "until failed over", load);
        figures.note(
            "%-20s %-16s another server used after %d ms", scene, fault, millisSince(injected));
      }

      long healed = System.nanoTime();
      heal.run();
      awaitUse();
      long recovery = millisSince(healed);
      note(fault, "until used again", load);
      load.await(REQUESTS, Duration.ofSeconds(1));
      note(fault, "after", load);
      load.stop();
      noteEnd(fault, recovery, load.history());
      assertThat(load.failures()).as("failed requests").isEmpty();
      assertThat(load.history().violations(BOUND.plus(ALONE))).as("stale answers").isEmpty();
    }
    for (SharedGateway gateway : group.gateways()) {
      assertThat(gateway.agentErrors()).as("errors of the agent").isZero();
      assertThat(gateway.process().standardOutput()).as("stdout is the application's").hasSize(1);
      assertThat(gateway.process().standardError()).noneMatch(line -> line.contains("changed"));
    }
  }

  private static long millisSince(long nanos) {
    return Duration.ofNanos(System.nanoTime() - nanos).toMillis();
  }

  private void note(Fault fault, String phase, SharedLoad load) {
    Delays delays = load.takeDelays();
    figures.note("%-20s %-16s %-18s %s", scene, fault, phase, delays);
    assertThat(delays.max()).as("longest, %s, %s", fault, phase).isLessThan(LONGEST);
  }

  private void noteEnd(Fault fault, long recovery, History history)
      throws IOException, JMException {
    figures.note(
        "%-20s %-16s used again after %d ms; %d reads; invalidations %s; stale: %s",
        scene,
        fault,
        recovery,
        history.readCount(),
        Delays.of(history.invalidationTimes()),
        Delays.of(history.staleReads().stream().map(History.StaleRead::late).toList()));
    for (SharedGateway gateway : group.gateways()) {
      figures.note(
          "%-20s %-16s gateway %d in all: %s", scene, fault, gateway.number(), gateway.counters());
    }
  }

  /** Waits until every gateway finds entries in Redis and writes some, counted from now. */
  private static void awaitUse() throws IOException, JMException {
    for (SharedGateway gateway : group.gateways()) {
      for (String figure : List.of("Hits", "Puts")) {
        long before = gateway.ofL2(figure);
        await()
            .atMost(PATIENCE)
            .pollInterval(Duration.ofMillis(20))
            .untilAsserted(
                () ->
                    assertThat(gateway.ofL2(figure))
                        .as("%s of gateway %d: %s", figure, gateway.number(), gateway.counters())
                        .isGreaterThan(before + 20));
      }
    }
  }
}
