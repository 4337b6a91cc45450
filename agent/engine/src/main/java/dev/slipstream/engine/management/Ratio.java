package dev.slipstream.engine.management;

import org.jspecify.annotations.Nullable;

/** A share of what was counted. */
final class Ratio {
  private Ratio() {}

  /** {@code part} as a share of {@code part + rest}, or null where nothing was counted yet. */
  static @Nullable Double of(long part, long rest) {
    return part + rest == 0 ? null : (double) part / (part + rest);
  }
}
