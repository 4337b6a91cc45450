package dev.slipstream.engine.admit;

import dev.slipstream.config.rules.Priority;
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
import org.openjdk.jmh.annotations.Warmup;

/**
 * What a guard costs a request that it lets through, in and out; the clock, which is read for other
 * purposes anyway, is left out.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class GuardBenchmark {
  private final EndpointGuard guard = new EndpointGuard("GET /items/{id}", 20, 0);

  /** Whether the endpoint is throttled. */
  @Param({"false", "true"})
  public boolean throttled;

  /** Lets the guard know what is usual. */
  @Setup
  public void learn() {
    for (int i = 0; i < 100; i++) {
      guard.admit(Priority.DEFAULT, i * 1_000_000L);
      guard.ended(i * 1_000_000L, (i + 20) * 1_000_000L, false, true);
    }
    guard.tick(TimeUnit.SECONDS.toNanos(1), false);
    guard.throttle(throttled, TimeUnit.SECONDS.toNanos(1));
  }

  /** A request in and out. */
  @Benchmark
  public Object admitAndEnd() {
    long now = 2_000_000_000L;
    TurnedAway turnedAway = guard.admit(Priority.DEFAULT, now);
    guard.ended(now, now + 20_000_000, false, true);
    return turnedAway;
  }
}
