package dev.slipstream.engine.http;

import dev.slipstream.config.rules.CacheRule;
import dev.slipstream.config.rules.RulesFile;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What it costs to make a key. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class KeyBenchmark {
  private final CacheKeys keys = new CacheKeys("apigw", true);
  private final CacheRule rule =
      RulesFile.parse(
              "benchmark",
              "rules: [{name: a, pattern: /**, vary_headers: [Accept, Accept-Language]}]")
          .rules()
          .rules()
          .get(0);
  private final ContainerRequest request =
      new ContainerRequest(
          "/api/v1/users/17/orders",
          "page=2&size=50",
          "Host",
          "api.example.org",
          "Accept",
          "application/json, text/plain, */*",
          "Accept-Language",
          "en-GB,en;q=0.7,de;q=0.3");

  /** A URL. */
  @Benchmark
  public String url() {
    return keys.of(request, null, null);
  }

  /** A URL and two fields that choose the variant. */
  @Benchmark
  public String variant() {
    return keys.of(request, rule, null);
  }
}
