package dev.slipstream.config.rules;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * That a rule's freshness lifetimes follow how often its answers change, and within which bounds.
 *
 * @param staleness the share of answers that may be out of date, above 0 and up to 0.5
 * @param min the shortest lifetime
 * @param max the longest lifetime; null for ten times the rule's own
 */
public record AdaptiveTtl(double staleness, Duration min, @Nullable Duration max) {
  /** What {@code adaptive_ttl: true} stands for. */
  public static final AdaptiveTtl DEFAULT = new AdaptiveTtl(0.05, Duration.ofSeconds(1), null);

  public AdaptiveTtl {
    if (!(staleness > 0 && staleness <= 0.5)) {
      throw new IllegalArgumentException("a share of stale answers is above 0 and up to 0.5");
    }
    if (min.isZero() || min.isNegative() || (max != null && max.compareTo(min) < 0)) {
      throw new IllegalArgumentException("lifetimes are above zero, the shortest first");
    }
  }
}
