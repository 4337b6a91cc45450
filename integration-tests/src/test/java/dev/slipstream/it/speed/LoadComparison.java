package dev.slipstream.it.speed;

import static org.awaitility.Awaitility.await;

import dev.slipstream.it.Answer;
import dev.slipstream.it.Applications;
import dev.slipstream.it.GatewayProcess;
import dev.slipstream.it.HttpConnection;
import dev.slipstream.it.RedisServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Compares gateways with the agent to the same without, under load, in turn: requests in a second,
 * and the processor's time of each. Writes a table to {@code target/load.md} and ratios to {@code
 * target/load-ratios.json}.
 *
 * <p>Arguments: rounds (7), seconds of each (3), seconds of warming up (12), and names of cases
 * (all). With the system property {@code load.check} it fails where a ratio is worse than the one
 * recorded by more than {@code load.tolerance} of it.
 */
public final class LoadComparison {
  private static final Path RULES = Path.of("src", "test", "speed", "rules.yaml");

  private final Client client;
  private final Map<Case.Gateway, GatewayProcess> gateways;
  private final Map<Case.Gateway, Integer> seeds = new EnumMap<>(Case.Gateway.class);

  private LoadComparison(Client client, Map<Case.Gateway, GatewayProcess> gateways) {
    this.client = client;
    this.gateways = gateways;
  }

  public static void main(String[] arguments) throws Exception {
    int rounds = number(arguments, 0, 7);
    int seconds = number(arguments, 1, 3);
    int warmUp = number(arguments, 2, 12);
    List<String> names =
        List.of(arguments).subList(Math.min(3, arguments.length), arguments.length);
    List<Case> cases =
        Case.all().stream().filter(one -> names.isEmpty() || names.contains(one.name())).toList();
    Wrk wrk = Wrk.find();
    Client client = wrk == null ? new JavaClient() : wrk;
    List<String> table = new ArrayList<>();
    table.add(
        String.format(
            Locale.ROOT,
            "JDK %s, %d processors, %s, %d connections, %d rounds of %d s after %d s; medians.",
            Runtime.version(),
            Runtime.getRuntime().availableProcessors(),
            wrk == null ? "a client in Java" : "wrk",
            Client.CONNECTIONS,
            rounds,
            seconds,
            warmUp));
    table.add("");
    table.addAll(Result.HEAD);
    Map<String, Result> results = measure(cases, client, rounds, seconds, warmUp);
    results.forEach((name, result) -> table.add(result.row(name)));
    Files.write(Path.of("target", "load.md"), table);
    Ratios.write(Path.of("target", "load-ratios.json"), results);
    table.forEach(System.out::println);
    if (Boolean.getBoolean("load.check")) {
      check(results);
    }
  }

  private static int number(String[] arguments, int index, int other) {
    return arguments.length > index ? Integer.parseInt(arguments[index]) : other;
  }

  private static void check(Map<String, Result> results) throws IOException {
    double tolerance = Double.parseDouble(System.getProperty("load.tolerance"));
    List<String> worse = Ratios.worse(Ratios.RECORDED, results, tolerance);
    worse.forEach(System.out::println);
    if (!worse.isEmpty()) {
      throw new IOException("worse than recorded by more than " + tolerance + " of it");
    }
    System.out.println("none is worse than recorded by more than " + tolerance + " of it");
  }

  private static Map<String, Result> measure(
      List<Case> cases, Client client, int rounds, int seconds, int warmUp) throws IOException {
    Path folder = Files.createTempDirectory("load");
    Map<Case.Gateway, GatewayProcess> gateways = new EnumMap<>(Case.Gateway.class);
    try (RedisServer redis = RedisServer.start(folder)) {
      for (Case.Gateway one : Case.Gateway.values()) {
        if (cases.stream().anyMatch(some -> some.subject() == one || some.reference() == one)) {
          gateways.put(one, start(one, redis));
        }
      }
      return new LoadComparison(client, gateways).measure(cases, rounds, seconds, warmUp);
    } finally {
      gateways.values().forEach(GatewayProcess::close);
    }
  }

  private static GatewayProcess start(Case.Gateway one, RedisServer redis) throws IOException {
    GatewayProcess.Builder builder =
        new GatewayProcess.Builder("load", "com.example.speed.TomcatMain")
            .classPath(Applications.speedClassPath())
            .plainJvm()
            .jvmOption("-Xms256m")
            .jvmOption("-Xmx256m");
    String rules =
        "cache_rules_config_file="
            + Path.of(System.getProperty("load.rules", RULES.toString())).toAbsolutePath();
    switch (one) {
      case NONE -> {}
      case AGENT -> builder.agent(rules);
      case L1_OF_ONE -> builder.agent(rules, "cache_max_items=1");
      case L2 ->
          builder.agent(rules, "cache_max_items=1", "redis_url=redis://127.0.0.1:" + redis.port());
    }
    GatewayProcess gateway = builder.start();
    if (one != Case.Gateway.NONE) {
      try (HttpConnection connection = new HttpConnection(gateway.port())) {
        await()
            .atMost(Duration.ofSeconds(60))
            .pollInterval(Duration.ofMillis(50))
            .until(() -> !connection.get("/hit/await").cacheStatus().isEmpty());
      }
    }
    return gateway;
  }

  private Map<String, Result> measure(List<Case> cases, int rounds, int seconds, int warmUp)
      throws IOException {
    Map<String, Result> results = new LinkedHashMap<>();
    for (Case one : cases) {
      results.put(one.name(), new Result());
      run(one, true, warmUp);
      run(one, false, warmUp);
    }
    for (int round = 0; round < rounds; round++) {
      for (Case one : cases) {
        boolean subjectFirst = round % 2 == 0;
        Cell first = run(one, subjectFirst, seconds);
        Cell second = run(one, !subjectFirst, seconds);
        Cell subject = subjectFirst ? first : second;
        Cell reference = subjectFirst ? second : first;
        Result result = results.get(one.name());
        Result.Round measured =
            new Result.Round(
                subject.perSecond(), subject.cpu(), reference.perSecond(), reference.cpu());
        result.add(measured);
        System.out.printf(
            Locale.ROOT,
            "round %d %s: %.0f/s (%.3f), CPU %.1f (%+.1f) µs, p99 %.0f and %.0f µs%n",
            round + 1,
            one.name(),
            measured.perSecond(),
            measured.ratio(),
            measured.cpu(),
            measured.added(),
            subject.p99(),
            reference.p99());
      }
    }
    return results;
  }

  private record Cell(double perSecond, double cpu, double p99) {}

  /** Has a gateway asked for so long, and makes sure of who has answered. */
  private Cell run(Case one, boolean subject, int seconds) throws IOException {
    Case.Gateway name = subject ? one.subject() : one.reference();
    GatewayProcess gateway = gateways.get(name);
    String path = subject ? one.path() : one.referencePath();
    int different = one.isOfManyUrls() ? one.different() : 1;
    String seed = different == 0 ? "r" + seeds.merge(name, 1, Integer::sum) : "same";
    compare(one, name, path, seed, subject);
    long asked = asked(gateway);
    double cpu = cpuMicros(gateway);
    Client.Load load =
        client.run(gateway.port(), path, seed, different, one.field(), one.status(), seconds);
    cpu = cpuMicros(gateway) - cpu;
    asked = asked(gateway) - asked;
    boolean byCache = subject && one.answered() == Case.Answered.BY_CACHE;
    // The first answers of each URL are the application's, and so are those to the last requests.
    if (byCache ? asked > 0.05 * load.requests() + 2 * different : asked < 0.98 * load.requests()) {
      throw new IOException(
          one.name() + ": the application was asked " + asked + " of " + load.requests());
    }
    return new Cell(load.perSecond(), cpu / load.requests(), load.p99Micros());
  }

  /** The answers of the two are the same, but for what the agent says of itself. */
  private void compare(Case one, Case.Gateway name, String path, String seed, boolean subject)
      throws IOException {
    String target = one.isOfManyUrls() ? path + seed + "-0" : path;
    String[] fields = one.field() == null ? new String[0] : new String[] {one.field()};
    try (HttpConnection connection = new HttpConnection(gateways.get(name).port());
        HttpConnection other = new HttpConnection(gateways.get(one.reference()).port())) {
      connection.get(target);
      Answer answer = connection.get(target, fields);
      Answer expected = other.get(subject ? one.referencePath() + "0" : target, fields);
      boolean same =
          one.name().contains("gzip") // two encoders need not agree on the bytes
              ? answer.values("Content-Encoding").equals(expected.values("Content-Encoding"))
              : answer.body().equals(expected.body());
      if (answer.status() != one.status() || expected.status() != one.status() || !same) {
        throw new IOException(answer + "\nin place of\n" + expected);
      }
    }
  }

  private static long asked(GatewayProcess gateway) throws IOException {
    try (HttpConnection connection = new HttpConnection(gateway.port())) {
      return Long.parseLong(connection.get("/asked").body());
    }
  }

  /** What all its threads have used so far, to 10 ms. */
  private static double cpuMicros(GatewayProcess gateway) throws IOException {
    String stat = Files.readString(Path.of("/proc", Long.toString(gateway.pid()), "stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * 10_000.0;
  }
}
