package dev.slipstream.engine.cache;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
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
import org.openjdk.jmh.annotations.Warmup;

/** What it costs to look an entry up in L1, one of 10,000. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class MemoryTierBenchmark {
  private static final int ENTRIES = 10_000;

  private final MemoryTier tier =
      new MemoryTier(256 << 20, Duration.ofDays(1), InstantSource.system());
  private final String[] keys = new String[ENTRIES];

  private record Value(long weightBytes, long expiresAtMillis, long storedAtMillis)
      implements CacheEntry {
    @Override
    public List<String> tags() {
      return List.of();
    }
  }

  /** Fills the tier. */
  @Setup
  public void fill() {
    Held.Known known = new Held.Known(0, 0, 0);
    for (int i = 0; i < ENTRIES; i++) {
      keys[i] = "apigw:http_responses:GET:/api/v1/users/" + i + ":page=2:https://api.example.org:";
      tier.put(keys[i], new Held(new Value(1_000, Long.MAX_VALUE, 0), i, 0, known));
    }
  }

  /** An entry that is there. */
  @Benchmark
  public Object hit() {
    return tier.get(keys[ThreadLocalRandom.current().nextInt(ENTRIES)]);
  }

  /** One that is not. */
  @Benchmark
  public Object miss() {
    return tier.get("apigw:http_responses:GET:/api/v1/other:page=2:https://api.example.org:");
  }
}
