package dev.slipstream.it;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * Measures what the agent adds to the start of a process and to its memory: real processes, without
 * and with the agent in turn, and the medians.
 */
public final class StartUpBenchmark {
  private static final String HELLO = "com.example.startup.HelloMain";
  private static final int WARM_REQUESTS = 50;
  private static final int MORE_REQUESTS = 5_000;

  /** What is on the command line. */
  private enum Agent {
    NONE,
    /** One that does nothing: what the JVM itself takes for having an agent. */
    IDLE,
    SLIPSTREAM
  }

  private final Map<String, Map<Agent, List<Double>>> measured = new LinkedHashMap<>();
  private final List<String> jvmOptions;

  private StartUpBenchmark(List<String> jvmOptions) {
    this.jvmOptions = jvmOptions;
  }

  /** Runs as often as the first argument says, with the others as options of the JVM. */
  public static void main(String[] arguments) throws Exception {
    int runs = arguments.length == 0 ? 10 : Integer.parseInt(arguments[0]);
    List<String> options = new ArrayList<>(List.of("-Xmx256m"));
    options.addAll(
        Arrays.asList(arguments).subList(Math.min(1, arguments.length), arguments.length));
    StartUpBenchmark benchmark = new StartUpBenchmark(options);
    for (int run = -1; run < runs; run++) {
      if (run == 0) {
        benchmark.measured.clear(); // the first round has filled the file system's cache
      }
      for (int turn = 0; turn < 3; turn++) {
        benchmark.run(Agent.values()[Math.floorMod(run + turn, 3)]);
      }
    }
    benchmark.print(runs);
  }

  private void run(Agent agent) throws IOException {
    hello("Hello, ", 0, agent);
    hello("Hello of 2 s, ", 2_000, agent);
    netty(agent);
    server(Container.TOMCAT_9, agent);
    server(Container.TOMCAT_11, agent);
  }

  private void hello(String name, int millis, Agent agent) throws IOException {
    List<Path> classPath = List.of(Path.of("target", "test-classes").toAbsolutePath());
    List<String> arguments = List.of(Integer.toString(millis));
    try (MeasuredProcess process = start(agent, classPath, HELLO, arguments)) {
      int unused = process.port();
      note(name + "until its last line: wall, ms", agent, process.wallMillis());
      note(name + "until its last line: CPU, ms", agent, process.cpuMillis());
      note(name + "resident, MB", agent, process.residentMegabytes());
    }
  }

  private void netty(Agent agent) throws IOException {
    List<Path> classPath = Applications.nettyClassPath();
    try (MeasuredProcess process =
            start(agent, classPath, "com.example.startup.NettyMain", List.of());
        HttpConnection connection = new HttpConnection(process.port())) {
      connection.get("/");
      note("Netty, first answer: wall, ms", agent, process.wallMillis());
      note("Netty, first answer: CPU, ms", agent, process.cpuMillis());
      note("Netty, resident, MB", agent, process.residentMegabytes());
    }
  }

  private void server(Container container, Agent agent) throws IOException {
    String name = container.name().toLowerCase(Locale.ROOT) + ", ";
    String target = container.contextPaths().get(0) + "/app/SYNC/print";
    try (MeasuredProcess process =
        start(agent, container.classPath(), container.mainClass(), container.arguments())) {
      try (HttpConnection connection = new HttpConnection(process.port())) {
        note(name + "until it listens: wall, ms", agent, process.wallMillis());
        note(name + "until it listens: CPU, ms", agent, process.cpuMillis());
        connection.get(target);
        note(name + "first answer: wall, ms", agent, process.wallMillis());
        note(name + "first answer: CPU, ms", agent, process.cpuMillis());
        boolean hit = false;
        for (int i = 0; i < WARM_REQUESTS; i++) {
          LockSupport.parkNanos(20_000_000);
          if (connection.get(target).isHit() && !hit) {
            hit = true;
            note(name + "first hit: wall, ms", agent, process.wallMillis());
          }
        }
        if (hit != (agent == Agent.SLIPSTREAM)) {
          throw new IOException("hit: " + hit + ", agent: " + agent);
        }
        note(name + "and 50 in a second more (hits): CPU, ms", agent, process.cpuMillis());
        note(name + "resident, MB", agent, process.residentMegabytes());
        for (int i = 0; i < MORE_REQUESTS; i++) {
          connection.get(target);
        }
        note(name + "after 5,000 more: CPU, ms", agent, process.cpuMillis());
        note(name + "after 5,000 more: resident, MB", agent, process.residentMegabytes());
      }
    }
  }

  private MeasuredProcess start(
      Agent agent, List<Path> classPath, String mainClass, List<String> arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvmOptions);
    switch (agent) {
      case NONE -> {
        // as it is
      }
      case IDLE -> command.add("-javaagent:" + Applications.idleAgent());
      case SLIPSTREAM -> command.add("-javaagent:" + AgentJar.path());
    }
    command.add("-cp");
    command.add(String.join(File.pathSeparator, classPath.stream().map(Path::toString).toList()));
    command.add(mainClass);
    command.addAll(arguments);
    return MeasuredProcess.start(command);
  }

  private void note(String name, Agent agent, double value) {
    measured
        .computeIfAbsent(name, unused -> new EnumMap<>(Agent.class))
        .computeIfAbsent(agent, unused -> new ArrayList<>())
        .add(value);
  }

  private void print(int runs) {
    System.out.printf(
        Locale.ROOT,
        "JDK %s, %s, medians of %d, in brackets least and greatest%n",
        Runtime.version(),
        jvmOptions,
        runs);
    System.out.printf(
        Locale.ROOT,
        "%-52s %22s %22s %22s %9s%n",
        "",
        "without",
        "idle agent",
        "Slipstream",
        "added");
    measured.forEach(
        (name, values) -> {
          List<Double> without = values.getOrDefault(Agent.NONE, List.of());
          List<Double> with = values.getOrDefault(Agent.SLIPSTREAM, List.of());
          System.out.printf(
              Locale.ROOT,
              "%-52s %22s %22s %22s %9.1f%n",
              name,
              cell(without),
              cell(values.getOrDefault(Agent.IDLE, List.of())),
              cell(with),
              median(with) - median(without));
        });
  }

  private static String cell(List<Double> values) {
    return values.isEmpty()
        ? "-"
        : String.format(
            Locale.ROOT,
            "%.1f (%.0f-%.0f)",
            median(values),
            values.stream().min(Double::compare).orElseThrow(),
            values.stream().max(Double::compare).orElseThrow());
  }

  private static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int size = sorted.size();
    return size == 0 ? Double.NaN : (sorted.get((size - 1) / 2) + sorted.get(size / 2)) / 2;
  }
}
