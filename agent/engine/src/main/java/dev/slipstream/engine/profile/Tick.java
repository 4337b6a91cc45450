package dev.slipstream.engine.profile;

/**
 * The end of a second.
 *
 * @param atNanos when that was, in nanoseconds from any origin
 * @param slot the number of the slot that it is in
 * @param endsSlot whether that ends, too
 * @param secondsOfSecond how long the second was
 * @param secondsOfWindow how long the window is
 */
record Tick(
    long atNanos, long slot, boolean endsSlot, double secondsOfSecond, double secondsOfWindow) {
  /** Nothing has ended yet. */
  static final Tick NONE = new Tick(0, 0, false, 0, 0);
}
