package dev.slipstream.agent;

/** The kinds of woven methods, as they are named to the gate. */
final class Points {
  /** A servlet's {@code service}, or a method that the settings name. */
  static final String SERVLET = "servlet";

  /** A filter's {@code doFilter}. */
  static final String FILTER = "filter";

  /** A JAX-RS application that is being set up: the target is what takes providers. */
  static final String JAX_RS = "jax-rs";

  private Points() {}
}
