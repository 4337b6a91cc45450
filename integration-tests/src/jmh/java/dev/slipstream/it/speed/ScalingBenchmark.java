package dev.slipstream.it.speed;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * How exchanges by two threads at one engine compare with those by one, at the same URL, beside
 * what the machine can do at all: threads with an engine each, which share nothing, and threads
 * that only compute.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 3, time = 1)
public class ScalingBenchmark {

  /** Of all threads. */
  @State(Scope.Benchmark)
  public static class Shared {
    private final Gateway gateway = new Gateway();

    /** Starts the engine. */
    @Setup
    public void start() {
      gateway.start();
    }

    /** Ends the engine. */
    @TearDown
    public void stop() {
      gateway.close();
    }
  }

  /** Of each thread. */
  @State(Scope.Thread)
  public static class Own {
    private final Gateway gateway = new Gateway();
    private final Gateway.Connection connection = new Gateway.Connection();

    /** Starts the engine. */
    @Setup
    public void start() {
      gateway.start();
    }

    /** Ends the engine. */
    @TearDown
    public void stop() {
      gateway.close();
    }
  }

  /** Of each thread, with an engine of all. */
  @State(Scope.Thread)
  public static class Client {
    private final Gateway.Connection connection = new Gateway.Connection();
  }

  /** L1 answers. */
  @Benchmark
  public int hit(Shared shared, Client client) {
    return shared.gateway.exchange(client.connection, "/hit", null);
  }

  /** The same of an engine of the thread's own. */
  @Benchmark
  public int hitOfOwn(Own own) {
    return own.gateway.exchange(own.connection, "/hit", null);
  }

  /** The application answers, and nothing is stored. */
  @Benchmark
  public int passThrough(Shared shared, Client client) {
    return shared.gateway.exchange(client.connection, "/private", "no-store");
  }

  /** The same of an engine of the thread's own. */
  @Benchmark
  public int passThroughOfOwn(Own own) {
    return own.gateway.exchange(own.connection, "/private", "no-store");
  }

  /** Nothing but the processor, for as long as a hit takes. */
  @Benchmark
  public void processor() {
    Blackhole.consumeCPU(250);
  }

  /**
   * Takes how often each is measured, one thread and two in turn, and which, as a regular
   * expression of their names; prints medians.
   */
  public static void main(String[] arguments) throws RunnerException {
    int rounds = arguments.length == 0 ? 3 : Integer.parseInt(arguments[0]);
    String which = arguments.length < 2 ? ".*" : arguments[1];
    Map<String, List<List<Double>>> all = new TreeMap<>();
    for (int round = 0; round < rounds; round++) {
      for (int threads = 1; threads <= 2; threads++) {
        for (RunResult result : run(which, threads)) {
          String name = result.getPrimaryResult().getLabel();
          all.computeIfAbsent(name, first -> List.of(new ArrayList<>(), new ArrayList<>()))
              .get(threads - 1)
              .add(result.getPrimaryResult().getScore());
        }
      }
    }
    all.forEach(
        (name, scores) ->
            System.out.printf(
                Locale.ROOT,
                "%-17s one thread %6.0f/ms, two %6.0f/ms: %.2f%n",
                name,
                median(scores.get(0)),
                median(scores.get(1)),
                median(scores.get(1)) / median(scores.get(0))));
  }

  private static Collection<RunResult> run(String which, int threads) throws RunnerException {
    return new Runner(
            new OptionsBuilder()
                .include(ScalingBenchmark.class.getName() + "\\." + which + '$')
                .threads(threads)
                .verbosity(VerboseMode.SILENT)
                .shouldFailOnError(true)
                .build())
        .run();
  }

  private static double median(List<Double> scores) {
    double[] sorted = scores.stream().mapToDouble(Double::doubleValue).toArray();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
