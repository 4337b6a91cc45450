package dev.slipstream.engine.learn;

import org.jspecify.annotations.Nullable;

/** By which somebody may let an endpoint's answers be stale more often, for a while. */
public interface StalenessBudget {
  /**
   * Doubles the share of an endpoint's answers that may be stale, up to a cap, and lets them be
   * served while they are refreshed. Raised by several, it is raised once.
   *
   * @param endpoint its method and path template
   * @return what undoes it, once, at whatever time; null where nothing can be raised: the endpoint
   *     is not known, or its rule has no {@code adaptive_ttl}, and then its {@code ttl} is a
   *     promise
   */
  @Nullable Runnable raise(String endpoint);
}
