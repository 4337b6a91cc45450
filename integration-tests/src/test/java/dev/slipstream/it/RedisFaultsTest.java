package dev.slipstream.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A gateway under load that loses its Redis fails no request, delays none beyond the budget, and
 * uses Redis again by itself. The figures are in {@code target/redis-faults.txt}.
 */
final class RedisFaultsTest {
  /**
   * What a request may take in a test. The budget of 50 ms, and slack for this: clients, gateway,
   * server and other builds share two cores. A fault that was not bounded would take the 1 s that
   * the server is slow by, or the socket's timeout of 2 s and more.
   */
  private static final Duration LONGEST = Duration.ofMillis(50).multipliedBy(10);

  private static final int REQUESTS = 3_000;
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Path FIGURES = Path.of("target", "redis-faults.txt");
  private static final String L2 = "type=Cache,name=l2";
  private static final String AGENT = "type=Agent";

  @TempDir private Path directory;
  private RedisServer redis;
  private SlowProxy proxy;
  private GatewayProcess gateway;
  private ManagementClient management;

  @BeforeAll
  static void forgetFigures() throws IOException {
    Files.deleteIfExists(FIGURES);
  }

  @BeforeEach
  void start() throws IOException {
    redis = RedisServer.start(directory);
    proxy = new SlowProxy(redis.port());
  }

  @AfterEach
  void stop() throws IOException {
    if (management != null) {
      management.close();
    }
    if (gateway != null) {
      gateway.close();
    }
    proxy.close();
    redis.close();
  }

  @Test
  void requests_whileRedisIsKilled_areAnsweredInTime() throws Exception {
    assertHarmless("killed, restarted empty", redis.port(), true, redis::kill, redis::start);
  }

  @Test
  void requests_whileRedisIsStopped_areAnsweredInTime() throws Exception {
    assertHarmless("stopped (SIGSTOP)", redis.port(), true, redis::freeze, redis::thaw);
  }

  @Test
  void requests_asRedisRestartsEmpty_areAnsweredInTime() throws Exception {
    assertHarmless(
        "restarted empty at once",
        redis.port(),
        false,
        () -> {
          redis.kill();
          redis.start();
        },
        () -> {});
  }

  @Test
  void requests_whileRedisIsSlow_areAnsweredInTime() throws Exception {
    assertHarmless(
        "slow by 1 s",
        proxy.port(),
        true,
        () -> proxy.delay(Duration.ofSeconds(1)),
        () -> proxy.delay(Duration.ZERO));
  }

  @Test
  void requests_whileRedisRefusesThePassword_areAnsweredInTime() throws Exception {
    assertHarmless(
        "password refused",
        redis.port(),
        true,
        () ->
            assertThat(
                    redis.send(
                        "CONFIG SET requirepass changed", "CLIENT KILL TYPE normal SKIPME yes"))
                .first()
                .isEqualTo("+OK"),
        () ->
            assertThat(redis.send("AUTH changed", "CONFIG SET requirepass \"\""))
                .containsExactly("+OK", "+OK"));
    assertThat(gateway.standardError()).noneMatch(line -> line.contains("changed"));
  }

  /**
   * Lets a fault begin and end under load.
   *
   * @param opens whether Redis is given up while the fault lasts
   */
  private void assertHarmless(
      String fault, int redisPort, boolean opens, Runnable inject, Runnable heal) throws Exception {
    try (GatewayLoad load = startGateway(redisPort)) {
      load.start();
      awaitUse();
      awaitRequests(load);
      load.take(); // the gateway loaded and compiled its classes
      awaitRequests(load);
      note(fault, "before", load);

      int logged = gateway.standardError().size();
      inject.run();
      if (opens) {
        awaitLog(logged, "is not used (");
      }
      note(fault, "until it is known", load);
      awaitRequests(load);
      note(fault, "while it lasts", load);

      long healed = System.nanoTime();
      heal.run();
      if (opens) {
        awaitLog(logged, "is used again");
      }
      awaitUse();
      note(fault, "until used again", load);
      long recovery = Duration.ofNanos(System.nanoTime() - healed).toMillis();
      awaitRequests(load);
      load.stop();
      note(fault, "after", load);
      note(fault, "used again after " + recovery + " ms; in all", counters());
      assertThat(load.failures()).as("failed requests").isEmpty();
    }
    assertThat(management.number(AGENT, "Errors")).as("errors of the agent").isZero();
    assertThat(gateway.standardOutput()).as("stdout is the application's").hasSize(1);
  }

  private String counters() throws Exception {
    StringBuilder text = new StringBuilder();
    for (String name :
        List.of("Hits", "Misses", "SkippedLookups", "Errors", "Puts", "DroppedWrites")) {
      text.append(name).append(' ').append(management.number(L2, name)).append(' ');
    }
    return text.toString().strip();
  }

  /** A gateway that uses Redis and whose L1 holds a part of what L2 does. */
  private GatewayLoad startGateway(int redisPort) throws Exception {
    gateway =
        GatewayProcess.of(Container.TOMCAT_11)
            .agent("redis_url=redis://127.0.0.1:" + redisPort, "cache_max_memory_mb=1")
            .start();
    String contextPath = Container.TOMCAT_11.contextPaths().get(0);
    gateway.awaitAgent(contextPath);
    management = ManagementClient.of(gateway);
    awaitTrue(() -> management.isRegistered(L2) && (Boolean) management.get(L2, "Connected"));
    GatewayLoad load = new GatewayLoad(gateway.port(), contextPath);
    int entries = load.prepare();
    awaitTrue(() -> management.number(L2, "Puts") >= entries);
    return load;
  }

  /** Waits until entries are found in Redis and written to it, counted from now. */
  private void awaitUse() throws Exception {
    long hits = management.number(L2, "Hits");
    long puts = management.number(L2, "Puts");
    awaitTrue(() -> management.number(L2, "Hits") > hits + 20);
    awaitTrue(() -> management.number(L2, "Puts") > puts + 20);
  }

  /** Waits until the agent has logged something after the first lines. */
  private void awaitLog(int skipped, String text) {
    awaitTrue(
        () -> gateway.standardError().stream().skip(skipped).anyMatch(line -> line.contains(text)));
  }

  private static void awaitRequests(GatewayLoad load) {
    int begun = load.count();
    awaitTrue(() -> load.count() > begun + REQUESTS);
  }

  private static void awaitTrue(Callable<Boolean> condition) {
    await().atMost(PATIENCE).pollInterval(Duration.ofMillis(20)).until(condition);
  }

  private static void note(String fault, String phase, GatewayLoad load) throws IOException {
    GatewayLoad.Figures figures = load.take();
    note(fault, phase, figures.toString());
    assertThat(figures.max()).as("longest, %s, %s", fault, phase).isLessThan(LONGEST);
  }

  private static void note(String fault, String phase, String figures) throws IOException {
    String line = String.format(Locale.ROOT, "%-24s %-18s %s%n", fault, phase, figures);
    Files.writeString(FIGURES, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    System.out.print(line);
  }
}
