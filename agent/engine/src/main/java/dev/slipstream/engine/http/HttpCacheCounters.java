package dev.slipstream.engine.http;

import dev.slipstream.config.rules.CacheRule;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * What the HTTP cache has done since the start: each exchange is counted once, as a hit, a miss or
 * a bypass. Thread-safe.
 */
public final class HttpCacheCounters {
  private final LongAdder hits = new LongAdder();
  private final LongAdder misses = new LongAdder();
  private final LongAdder bypasses = new LongAdder();
  private final LongAdder stores = new LongAdder();
  private final LongAdder validations = new LongAdder();
  private final LongAdder staleHits = new LongAdder();
  private final LongAdder collapsed = new LongAdder();
  private final LongAdder staleAnswers = new LongAdder();
  private final LongAdder exchanges = new LongAdder();
  private final LongAdder exchangeNanos = new LongAdder();
  private static final int MOST_UNKEYED = 100;

  /** Fields that are keyed otherwise, or about the connection, the client's copy or its wishes. */
  static final Set<String> NOT_ABOUT_CONTENT =
      Set.of(
          "cache-control",
          "connection",
          "content-length",
          "host",
          "if-match",
          "if-modified-since",
          "if-none-match",
          "if-range",
          "if-unmodified-since",
          "pragma",
          "range",
          "transfer-encoding",
          "upgrade");

  private final Set<String> unkeyed = ConcurrentHashMap.newKeySet();
  private final Map<Refusal, LongAdder> refusals = new ConcurrentHashMap<>();

  HttpCacheCounters() {}

  void count(Decision decision) {
    if (decision instanceof Decision.Serve serve) {
      hits.increment();
      if (serve.ttlSeconds() < 0) {
        staleHits.increment();
      }
    } else if (decision instanceof Decision.Unavailable
        || decision instanceof Decision.Pass
        || (decision instanceof Decision.Fetch fetch && !fetch.why().isBypass())) {
      misses.increment();
    } else if (!(decision instanceof Decision.Observe)) {
      bypasses.increment();
    }
  }

  /** Counts a hit as a bypass after all: it could not be written as the request stood. */
  public void unserved() {
    hits.decrement();
    bypasses.increment();
  }

  /** Counts a stale hit as a miss after all: its client has to wait for the refresh. */
  public void fetchedAfterAll() {
    hits.decrement();
    staleHits.decrement();
    misses.increment();
  }

  /** Counts a miss as a stale hit after all: the application was not to be asked. */
  void answeredStaleAfterAll() {
    misses.decrement();
    hits.increment();
    staleHits.increment();
  }

  void count(Refusal refusal) {
    refusals.computeIfAbsent(refusal, first -> new LongAdder()).increment();
  }

  /** Notes which fields applications have read though they choose no answer; whether there are. */
  boolean readButNotKeyed(Set<String> read, List<String> selecting, @Nullable CacheRule rule) {
    boolean any = false;
    for (String name : read) {
      boolean keyed =
          selecting.contains(name)
              || NOT_ABOUT_CONTENT.contains(name)
              || (rule != null && rule.varyHeaders().stream().anyMatch(name::equalsIgnoreCase));
      any |= !keyed;
      if (!keyed && unkeyed.size() < MOST_UNKEYED) {
        unkeyed.add(name);
      }
    }
    return any;
  }

  /**
   * The lower-case names of request fields that applications have read while they made what is
   * stored, and that choose no answer: what they shape has to be named by Vary, a rule's {@code
   * vary_headers} or the setting {@code shaping_fields}.
   */
  public Set<String> unkeyedFields() {
    return new TreeSet<>(unkeyed);
  }

  /** Adds the time that an exchange took. */
  public void took(long nanos) {
    exchanges.increment();
    exchangeNanos.add(nanos);
  }

  /** The mean time of an exchange in milliseconds, or null before the first has ended. */
  public @Nullable Double meanMillis() {
    long count = exchanges.sum();
    return count == 0 ? null : exchangeNanos.sum() / 1e6 / count;
  }

  void validated() {
    validations.increment();
  }

  void collapsed() {
    collapsed.increment();
  }

  void answeredInsteadOfError() {
    staleAnswers.increment();
  }

  void stored() {
    stores.increment();
  }

  /** Exchanges answered from the cache. */
  public long hits() {
    return hits.sum();
  }

  /** Exchanges that the cache might have answered and did not. */
  public long misses() {
    return misses.sum();
  }

  /** Exchanges in which the cache took no part. */
  public long bypasses() {
    return bypasses.sum();
  }

  /** Answers stored. */
  public long stores() {
    return stores.sum();
  }

  /** Misses that were answered from the cache after all: the application confirmed it with 304. */
  public long validations() {
    return validations.sum();
  }

  /** Hits on what another request fetched while they waited for it. */
  public long collapsedHits() {
    return collapsed.sum();
  }

  /** Hits that were stale: while they were refreshed, or because the request accepts it. */
  public long staleHits() {
    return staleHits.sum();
  }

  /** Misses that a stale answer was given to, since the application failed. */
  public long staleAnswers() {
    return staleAnswers.sum();
  }

  /** Answers that were not stored for this reason. */
  public long refusals(Refusal why) {
    LongAdder count = refusals.get(why);
    return count == null ? 0 : count.sum();
  }
}
