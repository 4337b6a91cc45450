package dev.slipstream.engine.optimize;

import org.jspecify.annotations.Nullable;

/** What decides how stale the answers of an endpoint may become, within the operator's bounds. */
public interface StalenessBudget {
  /** Nothing that could be raised. */
  StalenessBudget NONE = endpoint -> null;

  /**
   * Lets an endpoint's answers live longer, within its cap.
   *
   * @param endpoint method and template
   * @return takes it back; null where there is nothing to be raised
   */
  @Nullable Runnable raise(String endpoint);
}
