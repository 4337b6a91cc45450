package dev.slipstream.engine.http;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.slipstream.config.jmx.ObservedEndpoint;
import dev.slipstream.engine.profile.EndpointNames;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * What the cache would have done where it only observes, by endpoint. Thread-safe.
 *
 * <p>An endpoint is a method and what its path is called; after {@value #MOST_ENDPOINTS} of them
 * the rest counts as one.
 */
public final class Observations {
  private static final int MOST_ENDPOINTS = 500;
  private static final int MOST_IDENTITIES = 100_000;
  private static final String OTHERS = "(others)";

  private final Map<String, Counts> endpoints = new ConcurrentHashMap<>();
  private final Cache<String, String> identities =
      Caffeine.newBuilder()
          .maximumSize(MOST_IDENTITIES)
          .expireAfterWrite(Duration.ofDays(1))
          .executor(Runnable::run)
          .build();

  private final EndpointNames names;

  Observations(EndpointNames names) {
    this.names = names;
  }

  private static final class Counts {
    private final LongAdder requests = new LongAdder();
    private final LongAdder hits = new LongAdder();
    private final LongAdder stale = new LongAdder();
    private final LongAdder leaks = new LongAdder();
    private final LongAdder bytes = new LongAdder();
    private final LongAdder nanos = new LongAdder();
  }

  /** What was observed, the busiest endpoint first. */
  public List<ObservedEndpoint> all() {
    return endpoints.entrySet().stream()
        .map(entry -> observation(entry.getKey(), entry.getValue()))
        .sorted((a, b) -> Long.compare(b.requests(), a.requests()))
        .toList();
  }

  private static ObservedEndpoint observation(String endpoint, Counts counts) {
    return new ObservedEndpoint(
        endpoint,
        counts.requests.sum(),
        counts.hits.sum(),
        counts.stale.sum(),
        counts.leaks.sum(),
        counts.bytes.sum(),
        counts.nanos.sum() / 1_000_000);
  }

  void answered(String method, String path) {
    counts(method, path).requests.increment();
  }

  /**
   * A request would have been a hit.
   *
   * @param same whether the body is still the same
   * @param others whether the stored body was made for another identity
   */
  void wouldHaveHit(
      String method, String path, boolean same, boolean others, long bytes, long nanos) {
    Counts counts = counts(method, path);
    counts.hits.increment();
    if (!same) {
      (others ? counts.leaks : counts.stale).increment();
    }
    counts.bytes.add(bytes);
    counts.nanos.add(nanos);
  }

  void filled(String key, String identity) {
    identities.put(key, identity);
  }

  /** For whom the entry under a key was made; empty for nobody in particular, or if forgotten. */
  String identityOf(String key) {
    String identity = identities.getIfPresent(key);
    return identity == null ? "" : identity;
  }

  private Counts counts(String method, String path) {
    String endpoint = method + ' ' + names.of(path);
    Counts known = endpoints.get(endpoint);
    if (known != null) {
      return known;
    }
    String name = endpoints.size() < MOST_ENDPOINTS ? endpoint : OTHERS;
    return endpoints.computeIfAbsent(name, first -> new Counts());
  }
}
