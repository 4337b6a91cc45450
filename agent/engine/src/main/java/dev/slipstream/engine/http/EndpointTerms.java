package dev.slipstream.engine.http;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What the optimizer has changed for endpoints, for as long as it does. Thread-safe; costs a
 * request one read while nothing is changed.
 */
public final class EndpointTerms {
  private final Map<String, Terms> byEndpoint = new ConcurrentHashMap<>();
  private volatile boolean inUse;
  private volatile double bodyShare = 1;

  /**
   * What goes for an endpoint.
   *
   * @param stored whether its answers are stored
   * @param gzip whether what is stored is kept in gzip, too, as by a rule's {@code gzip}
   * @param staleMillis for how long a stale answer may be given while it is refreshed, in
   *     milliseconds, where a cache rule and the answer allow what is stale and say no more
   */
  public record Terms(boolean stored, boolean gzip, long staleMillis) {
    /** What goes for an endpoint of which nothing is changed. */
    public static final Terms USUAL = new Terms(true, false, 0);

    /** The same, stored or not. */
    public Terms withStored(boolean value) {
      return new Terms(value, gzip, staleMillis);
    }

    /** The same, kept in gzip or not. */
    public Terms withGzip(boolean value) {
      return new Terms(stored, value, staleMillis);
    }

    /** The same, stale for so long. */
    public Terms withStaleMillis(long value) {
      return new Terms(stored, gzip, value);
    }
  }

  /**
   * Changes what goes for an endpoint.
   *
   * @param endpoint its name: method and template
   */
  public synchronized void change(String endpoint, UnaryOperator<Terms> change) {
    Terms next = change.apply(byEndpoint.getOrDefault(endpoint, Terms.USUAL));
    if (next.equals(Terms.USUAL)) {
      byEndpoint.remove(endpoint);
    } else {
      byEndpoint.put(endpoint, next);
    }
    inUse = !byEndpoint.isEmpty();
  }

  /** Copies bodies up to a share, 0 to 1, of what settings and rules allow. */
  public void bodyShare(double share) {
    bodyShare = share;
  }

  /** The share of what settings and rules allow that bodies are copied up to. */
  public double bodyShare() {
    return bodyShare;
  }

  /** The largest body that is copied, in bytes. */
  int maxBodyBytes(int usual) {
    double share = bodyShare;
    return share == 1 ? usual : (int) (usual * share);
  }

  /** What goes for an endpoint, by what it is called. */
  public Terms of(String endpoint) {
    return byEndpoint.getOrDefault(endpoint, Terms.USUAL);
  }

  /** Whether anything is changed: else no endpoint has to be named. */
  boolean isInUse() {
    return inUse;
  }

  /** What is changed now; null where that is nothing. */
  public @Nullable Map<String, Terms> changed() {
    return byEndpoint.isEmpty() ? null : Map.copyOf(byEndpoint);
  }
}
