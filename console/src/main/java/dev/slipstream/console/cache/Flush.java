package dev.slipstream.console.cache;

import org.jspecify.annotations.Nullable;

/**
 * What to flush.
 *
 * @param pattern a glob over keys; {@code null} for everything
 */
public record Flush(Level level, @Nullable String pattern) {

  /** Which tiers. */
  public enum Level {
    /** The memory of each gateway. */
    L1("l1", "l1"),
    /** Redis. */
    L2("l2", "l2"),
    /** Both. */
    ALL("all", "l1 and l2");

    private final String label;
    private final String tiers;

    Level(String label, String tiers) {
      this.label = label;
      this.tiers = tiers;
    }

    /** Its name in the API and for the agent. */
    public String label() {
      return label;
    }
  }

  String describe() {
    return pattern == null ? level.tiers : "what matches " + pattern + " in " + level.tiers;
  }
}
