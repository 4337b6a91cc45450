package dev.slipstream.engine.optimize;

import dev.slipstream.config.OptimizationLevel;
import java.time.Duration;
import java.util.Locale;

/**
 * How readily the optimizer acts: which rules, how far, how often. Each level has the rules of the
 * one before, too.
 */
enum Level {
  /** The gentle rules, a quarter of L1 at most, two minutes between two activations. */
  CONSERVATIVE(0.25, 10, Duration.ofMinutes(2)),
  /** All but the emergency rules, half of L1 at most, a minute between two activations. */
  BALANCED(0.5, 25, Duration.ofMinutes(1)),
  /** All rules, three quarters of L1 at most, half a minute between two activations. */
  AGGRESSIVE(0.75, 50, Duration.ofSeconds(30));

  private final double largestCut;
  private final int mostEndpoints;
  private final Duration coolDown;

  Level(double largestCut, int mostEndpoints, Duration coolDown) {
    this.largestCut = largestCut;
    this.mostEndpoints = mostEndpoints;
    this.coolDown = coolDown;
  }

  /** The largest share of L1 that a graded action may take, 0 to 1. */
  double largestCut() {
    return largestCut;
  }

  /** The most endpoints that one rule acts on at a time. */
  int mostEndpoints() {
    return mostEndpoints;
  }

  /** How long a rule does not act again on what it has left. */
  Duration coolDown() {
    return coolDown;
  }

  /** Whether a rule that begins at a level belongs to this one. */
  boolean has(Level from) {
    return compareTo(from) >= 0;
  }

  Level up() {
    return this == CONSERVATIVE ? BALANCED : AGGRESSIVE;
  }

  Level down() {
    return this == AGGRESSIVE ? BALANCED : CONSERVATIVE;
  }

  String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The level to begin with; adaptive begins in the middle. */
  static Level of(OptimizationLevel level) {
    return switch (level) {
      case CONSERVATIVE -> CONSERVATIVE;
      case BALANCED, ADAPTIVE -> BALANCED;
      case AGGRESSIVE -> AGGRESSIVE;
    };
  }
}
