package dev.slipstream.engine.optimize;

/** Where a value is, seen from a threshold. */
enum Position {
  /** Beyond the threshold. */
  OVER,
  /** Not beyond it, and not far enough from it to leave. */
  BETWEEN,
  /** Far enough from it, or not measured: no action is kept up by what cannot be seen. */
  UNDER
}
