package dev.slipstream.engine.profile;

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
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What it costs to find an exchange's endpoint and to count it. The bound is 150 ns and no
 * allocation (run with {@code -prof gc}).
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(3)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class RecordingBenchmark {
  private final Endpoints endpoints = new Endpoints(new EndpointNames());

  /** What varies from one exchange to the next; of one thread. */
  @State(Scope.Thread)
  public static class Exchange {
    private final String[] paths = new String[64];
    private final long[] nanos = new long[1024];
    private int next;

    /** Makes exchanges. */
    @Setup
    public void make() {
      for (int i = 0; i < paths.length; i++) {
        paths[i] = "/api/v1/users/" + i + "/orders";
      }
      for (int i = 0; i < nanos.length; i++) {
        nanos[i] = (long) (1_000 * Math.exp(i % 100 / 10.0));
      }
    }
  }

  /** Recording alone: the endpoint is known. */
  @Benchmark
  public void record(Exchange exchange) {
    int i = exchange.next++;
    endpoints
        .at("GET", exchange.paths[0])
        .record(Outcome.MISS_URI, 200, exchange.nanos[i & 1023], 512);
  }

  /** The whole way of an exchange that the application answers. */
  @Benchmark
  public void exchange(Exchange exchange) {
    int i = exchange.next++;
    String path = exchange.paths[i & 63];
    Endpoint begun = endpoints.at("GET", path);
    begun.begun();
    endpoints.ended(begun, path, Outcome.MISS_URI, 200, exchange.nanos[i & 1023], 512);
  }

  /** The same by two threads at one endpoint. */
  @Benchmark
  @Threads(2)
  public void exchangeOfTwo(Exchange exchange) {
    exchange(exchange);
  }
}
