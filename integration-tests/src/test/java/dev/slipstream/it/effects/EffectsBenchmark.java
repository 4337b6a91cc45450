package dev.slipstream.it.effects;

import static org.awaitility.Awaitility.await;

import dev.slipstream.it.Applications;
import dev.slipstream.it.GatewayProcess;
import dev.slipstream.it.HttpConnection;
import dev.slipstream.it.RedisServer;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Drives a gateway through troubles with the optimizer off and on in turn, and writes what became
 * of the requests to {@code target/effects.md}.
 *
 * <p>Arguments: rounds (2), seconds of each phase (15), and names of scenarios (all).
 */
public final class EffectsBenchmark {
  private static final String THREADS = "40";
  private static final List<String> MODES = List.of("off", "act");

  private final int seconds;
  private final List<String> table = new ArrayList<>();

  private EffectsBenchmark(int seconds) {
    this.seconds = seconds;
  }

  /** The phases of a scenario. */
  private enum Phase {
    BEFORE,
    TROUBLE,
    AFTER
  }

  /** What was measured of one mode: by phase, by traffic; and the processor's time. */
  private static final class Measured {
    private final Map<Phase, Map<String, Figures>> figures = new LinkedHashMap<>();
    private double cpuMillis;
    private long requests;

    void add(Phase phase, Map<String, Figures> more) {
      Map<String, Figures> all = figures.computeIfAbsent(phase, first -> new LinkedHashMap<>());
      more.forEach((name, one) -> all.computeIfAbsent(name, first -> new Figures()).add(one));
    }
  }

  public static void main(String[] arguments) throws Exception {
    int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 2;
    int seconds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 15;
    List<String> names =
        List.of(arguments).subList(Math.min(2, arguments.length), arguments.length);
    EffectsBenchmark benchmark = new EffectsBenchmark(seconds);
    for (Scenario scenario : Scenario.ALL) {
      if (names.isEmpty() || names.contains(scenario.name().replace(' ', '-'))) {
        benchmark.measure(scenario, rounds);
      }
    }
    Path file = Path.of("target", "effects.md");
    Files.write(file, benchmark.table);
    System.out.println("written to " + file.toAbsolutePath());
  }

  private void measure(Scenario scenario, int rounds) throws IOException {
    Map<String, Measured> measured = new LinkedHashMap<>();
    MODES.forEach(mode -> measured.put(mode, new Measured()));
    for (int round = 0; round < rounds; round++) {
      for (int turn = 0; turn < MODES.size(); turn++) {
        String mode = MODES.get((round + turn) % MODES.size());
        run(scenario, mode, measured.get(mode));
      }
    }
    tell(scenario, measured);
  }

  private void run(Scenario scenario, String mode, Measured measured) throws IOException {
    Path folder = Files.createTempDirectory("effects");
    Path rules = folder.resolve("rules.yaml");
    Files.write(rules, scenario.rules());
    try (RedisServer redis = RedisServer.start(folder);
        GatewayProcess gateway = start(scenario, mode, rules, redis);
        OpenLoad load = new OpenLoad(gateway.port(), scenario.traffic())) {
      awaitAgent(gateway);
      load.run(Math.max(5, seconds / 2), false); // until it is compiled and the cache is filled
      double cpu = cpuMillis(gateway);
      for (Phase phase : Phase.values()) {
        if (phase != Phase.BEFORE) {
          make(phase == Phase.TROUBLE ? scenario.begin() : scenario.end(), gateway, redis);
        }
        Map<String, Figures> figures = load.run(seconds, phase == Phase.TROUBLE);
        measured.add(phase, figures);
        measured.requests += figures.values().stream().mapToLong(Figures::askedCount).sum();
      }
      measured.cpuMillis += cpuMillis(gateway) - cpu;
    }
  }

  private static GatewayProcess start(
      Scenario scenario, String mode, Path rules, RedisServer redis) {
    List<String> options =
        new ArrayList<>(
            List.of(
                "performance_mode=" + mode,
                "performance_monitoring_interval=1s",
                "cache_rules_config_file=" + rules,
                "redis_url=redis://127.0.0.1:" + redis.port()));
    options.addAll(scenario.options());
    return new GatewayProcess.Builder("effects", "com.example.effects.TomcatMain")
        .classPath(Applications.effectsClassPath())
        .arguments(List.of(THREADS))
        .plainJvm()
        .jvmOption("-Xmx" + scenario.heap())
        .agent(options.toArray(String[]::new))
        .start();
  }

  private static void awaitAgent(GatewayProcess gateway) {
    try (HttpConnection connection = new HttpConnection(gateway.port())) {
      await()
          .atMost(Duration.ofSeconds(60))
          .pollInterval(Duration.ofMillis(50))
          .until(() -> connection.get("/page/await").isHit());
    }
  }

  private static void make(String trouble, GatewayProcess gateway, RedisServer redis)
      throws IOException {
    switch (trouble) {
      case Scenario.NOTHING -> {}
      case Scenario.FREEZE -> redis.freeze();
      case Scenario.THAW -> redis.thaw();
      default -> {
        try (HttpConnection connection = new HttpConnection(gateway.port("TROUBLES"))) {
          if (connection.get(trouble).status() != 200) {
            throw new IOException("no trouble could be made: " + trouble);
          }
        } catch (SocketTimeoutException | EOFException e) {
          // A gateway that is past answering keeps its trouble, which is what then shows.
          System.out.println("the gateway does not answer to " + trouble);
        }
      }
    }
  }

  /** What all its threads have used so far, to 10 ms. */
  private static double cpuMillis(GatewayProcess gateway) throws IOException {
    String stat = Files.readString(Path.of("/proc", Long.toString(gateway.pid()), "stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * 10.0;
  }

  private void tell(Scenario scenario, Map<String, Measured> measured) {
    say("");
    say("### " + scenario.name());
    say("");
    say("Trouble: " + scenario.trouble() + ".");
    say("");
    say(
        "| phase | what | asked/s | engine | useful/s | share | p50 ms | p99 ms | refused/s | no right answer/s |");
    say("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |");
    for (Phase phase : Phase.values()) {
      for (Traffic traffic : scenario.traffic()) {
        for (String mode : MODES) {
          Figures figures = measured.get(mode).figures.get(phase).get(traffic.name());
          say(row(phase, traffic, mode, figures));
        }
      }
    }
    say("");
    measured.forEach(
        (mode, all) ->
            say(
                String.format(
                    Locale.ROOT,
                    "- engine %s: %.0f µs of processor a request, all phases",
                    mode,
                    all.cpuMillis * 1_000 / all.requests)));
  }

  private String row(Phase phase, Traffic traffic, String mode, Figures figures) {
    double asked = figures.askedCount();
    double second =
        asked / (phase == Phase.TROUBLE ? traffic.troubledPerSecond() : traffic.perSecond());
    return String.format(
        Locale.ROOT,
        "| %s | %s | %.0f | %s | %.1f | %.3f | %.1f | %.1f | %.1f | %.1f |",
        phase.name().toLowerCase(Locale.ROOT),
        traffic.name(),
        asked / second,
        mode,
        figures.useful() / second,
        figures.usefulShare(),
        figures.percentileMillis(0.5),
        figures.percentileMillis(0.99),
        figures.refused() / second,
        figures.unanswered() / second);
  }

  private void say(String line) {
    table.add(line);
    System.out.println(line);
  }
}
