package dev.slipstream.engine.http;

import dev.slipstream.config.Settings;
import dev.slipstream.config.SettingsLoader;
import dev.slipstream.config.rules.RulesFile;
import dev.slipstream.engine.cache.Coherence;
import dev.slipstream.engine.cache.MemoryTier;
import dev.slipstream.engine.cache.TieredCache;
import dev.slipstream.engine.codec.FrameCodec;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
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

/**
 * What it costs to decide that L1 answers a request, its key included. The bound is 2 µs and 1.5 KB
 * (run with {@code -prof gc}).
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(5)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class DecisionBenchmark {
  private static final String RULES =
      """
      rules:
        - name: users
          pattern: "/ruled/**"
          ttl: 1h
          vary_headers: [Accept, Accept-Language]
          ignore_query: ["utm_*"]
          tags: [users]
        - {name: own, pattern: "/own/**", ttl: 1h, cache_authenticated: true}
      """;

  private static final String QUERY = "page=2&size=50";

  private final ContainerRequest plain = request("/api/v1/users/17/orders");
  private final ContainerRequest ruled = request("/ruled/v1/users/17/orders");
  private final ContainerRequest varying = request("/varying/users/17/orders");
  private final ContainerRequest own =
      request("/own/v1/users/17/orders", "Authorization", "Bearer 2YotnFZFEjr1zCsicMWpAA2YotnF");
  private HttpCache cache = cache();

  /** Stores an answer for each of the requests. */
  @Setup
  public void store() {
    cache = cache();
    store(plain, "Cache-Control", "max-age=3600");
    store(ruled);
    store(varying, "Cache-Control", "max-age=3600", "Vary", "Accept-Language, Accept-Encoding");
    store(own);
  }

  /** A URL that no rule is for. */
  @Benchmark
  public Object plain() {
    return cache.decide(plain);
  }

  /** A rule with two fields that choose the variant, and a query parameter that is left out. */
  @Benchmark
  public Object ruled() {
    return cache.decide(ruled);
  }

  /** An answer with Vary: the index is looked up first, then the variant. */
  @Benchmark
  public Object varying() {
    return cache.decide(varying);
  }

  /** A rule that keeps each identity's answers apart: an HMAC is part of the key. */
  @Benchmark
  public Object own() {
    return cache.decide(own);
  }

  private static HttpCache cache() {
    Settings settings = SettingsLoader.load("", Map.of(), Map.of()).settings();
    InstantSource clock = InstantSource.system();
    MemoryTier memory = new MemoryTier(64 << 20, Duration.ofDays(1), clock);
    TieredCache tiers =
        HttpCache.tiers(
            settings,
            memory,
            FrameCodec.of(settings.cache()),
            new Coherence(null, clock, System::nanoTime),
            clock);
    HttpCache cache = new HttpCache(settings, tiers, clock, Runnable::run);
    cache.useRules(RulesFile.parse("benchmark", RULES).rules());
    return cache;
  }

  private static ContainerRequest request(String path, String... more) {
    String[] usual = {
      "Host", "api.example.org",
      "User-Agent", "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
      "Accept", "application/json, text/plain, */*",
      "Accept-Language", "en-GB,en;q=0.7,de;q=0.3",
      "Accept-Encoding", "gzip, deflate, br, zstd",
      "Referer", "https://www.example.org/orders",
      "Origin", "https://www.example.org",
      "Cookie", "_ga=GA1.2.1234567890.1700000000; _gid=GA1.2.987654321.1700000000",
      "X-Forwarded-For", "203.0.113.17",
      "X-Request-Id", "6f9619ff-8b86-d011-b42d-00c04fc964ff"
    };
    String[] all = new String[usual.length + more.length];
    System.arraycopy(usual, 0, all, 0, usual.length);
    System.arraycopy(more, 0, all, usual.length, more.length);
    return new ContainerRequest(path, QUERY, all);
  }

  private void store(ContainerRequest request, String... fields) {
    if (!(cache.decide(request) instanceof Decision.Fetch fetch)) {
      throw new IllegalStateException("answered before anything is stored: " + request.path());
    }
    Fill fill = cache.fill(fetch);
    byte[] body = "[{\"id\":1}]".getBytes(StandardCharsets.UTF_8);
    ResponseHead head = ResponseHead.of(200, Fields.EMPTY, Fields.of(fields));
    fill.begin(head);
    fill.append(body, 0, body.length);
    fill.complete(head, new ReadSet(), List.of());
    if (!(cache.decide(request) instanceof Decision.Serve)) {
      throw new IllegalStateException("not stored: " + request.path());
    }
  }
}
