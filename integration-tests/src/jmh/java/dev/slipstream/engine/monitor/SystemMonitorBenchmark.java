package dev.slipstream.engine.monitor;

import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What a sample of the system costs, and a look at a trend. Wall time: of a thread that waits for
 * nothing it is processor time, the kernel's included.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class SystemMonitorBenchmark {
  private static final int POINTS = 90;

  private final SystemMonitor monitor = new SystemMonitor(System::nanoTime);
  private final History history = new History();
  private final Instant now = Instant.EPOCH.plusSeconds(10 * POINTS);

  /** Fills the history. */
  public SystemMonitorBenchmark() {
    for (int i = 1; i <= POINTS; i++) {
      history.record(Metric.HOST_CPU, Math.sin(i), Instant.EPOCH.plusSeconds(10L * i));
    }
  }

  /** A sample, and its place in the history. */
  @Benchmark
  public Object sample() {
    return monitor.sample(Instant.now());
  }

  /** A trend of 15 minutes. */
  @Benchmark
  public Object trend() {
    return Trend.of(history.series(Metric.HOST_CPU, Trend.WINDOW, now));
  }

  /** Ends it. */
  @TearDown
  public void close() {
    monitor.close();
  }
}
