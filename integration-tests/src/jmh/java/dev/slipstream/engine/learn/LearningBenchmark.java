package dev.slipstream.engine.learn;

import dev.slipstream.engine.profile.EndpointNames;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What each request pays for what is learned of how endpoints are asked for: a look-up of the
 * endpoint and a note of the URL. To be without allocation (run with {@code -prof gc}).
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(3)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class LearningBenchmark {
  private final Learning learning =
      new Learning(
          true, Duration.ofMinutes(5), new EndpointNames(), InstantSource.system(), () -> 0.5);

  /** How many URLs of the endpoint there are: few are all sampled and counted, of many some. */
  @Param({"64", "2048"})
  public int urls;

  /** What varies from one request to the next; of one thread. */
  @State(Scope.Thread)
  public static class Requests {
    private String[] paths = new String[0];
    private int next;

    /** Makes requests. */
    @Setup
    public void make(LearningBenchmark benchmark) {
      paths = new String[benchmark.urls];
      for (int i = 0; i < paths.length; i++) {
        paths[i] = "/api/v1/users/" + i + "/orders";
      }
    }

    String next() {
      return paths[next++ & (paths.length - 1)];
    }
  }

  /** A hit is noted. */
  @Benchmark
  public void asked(Requests requests) {
    String path = requests.next();
    learning.asked("GET", path, path.hashCode(), Learning.Asked.HIT);
  }

  /** The same by two threads at one endpoint. */
  @Benchmark
  @Threads(2)
  public void askedByTwo(Requests requests) {
    asked(requests);
  }
}
