package dev.slipstream.engine.http;

import java.util.Map;
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
  private final LongAdder exchanges = new LongAdder();
  private final LongAdder exchangeNanos = new LongAdder();
  private final Map<Refusal, LongAdder> refusals = new ConcurrentHashMap<>();

  HttpCacheCounters() {}

  void count(Decision decision) {
    if (decision instanceof Decision.Serve) {
      hits.increment();
    } else if (decision instanceof Decision.Fetch fetch && !fetch.why().isBypass()) {
      misses.increment();
    } else {
      bypasses.increment();
    }
  }

  /** Counts a hit as a bypass after all: it could not be written as the request stood. */
  public void unserved() {
    hits.decrement();
    bypasses.increment();
  }

  void count(Refusal refusal) {
    refusals.computeIfAbsent(refusal, first -> new LongAdder()).increment();
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

  /** Answers that were not stored for this reason. */
  public long refusals(Refusal why) {
    LongAdder count = refusals.get(why);
    return count == null ? 0 : count.sum();
  }
}
