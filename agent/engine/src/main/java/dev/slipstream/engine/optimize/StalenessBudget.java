package dev.slipstream.engine.optimize;

/** What decides how stale the answers of an endpoint may become, within the operator's bounds. */
public interface StalenessBudget {
  /** Nothing that could be raised. */
  StalenessBudget NONE = endpoint -> () -> {};

  /**
   * Lets an endpoint's answers live longer, within its cap.
   *
   * @param endpoint method and template
   * @return takes it back
   */
  Runnable raise(String endpoint);
}
