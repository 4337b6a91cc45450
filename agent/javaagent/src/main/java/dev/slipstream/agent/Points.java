package dev.slipstream.agent;

/** The kinds of woven methods, as they are named to the gate. */
final class Points {
  /** A servlet's {@code service}, or a method that the settings name. */
  static final String SERVLET = "servlet";

  /** A filter's {@code doFilter}. */
  static final String FILTER = "filter";

  /** What a filter passes a request on with: the {@code doFilter} of a chain. */
  static final String CHAIN = "chain";

  private Points() {}
}
