package dev.slipstream.engine.optimize;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The level that follows load and effects. Not thread-safe.
 *
 * <p>Up by one after a minute of pressure: processor or memory over the second step of the ladder.
 * To conservative when two of the latest activations or more did harm, and fewer helped, but never
 * below what protects the application just now. Back to balanced after ten minutes without
 * pressure.
 */
final class AdaptiveLevel {
  private static final long PRESSURE_MILLIS = Duration.ofMinutes(1).toMillis();
  private static final long CALM_MILLIS = Duration.ofMinutes(10).toMillis();
  private static final int MUCH_HARM = 2;

  private final Ladder ladder;
  private Level level = Level.BALANCED;
  private @Nullable Long pressedSinceMillis;
  private @Nullable Long calmSinceMillis;
  private String why = "the beginning";

  AdaptiveLevel(Ladder ladder) {
    this.ladder = ladder;
  }

  /**
   * Takes a sample.
   *
   * @param helped how many of the latest activations helped
   * @param harmed how many did harm
   * @param least the lowest level that has the rules that protect the application now
   */
  Level advance(Measurements measured, int helped, int harmed, Level least) {
    long now = measured.atMillis();
    boolean pressed =
        isOver(measured.value(Metric.CPU), ladder.highCpu())
            || isOver(measured.value(Metric.MEMORY), ladder.aggressiveMemory());
    if (pressed) {
      calmSinceMillis = null;
      pressedSinceMillis = pressedSinceMillis == null ? (Long) now : pressedSinceMillis;
    } else {
      pressedSinceMillis = null;
      calmSinceMillis = calmSinceMillis == null ? (Long) now : calmSinceMillis;
    }
    if (harmed >= MUCH_HARM && harmed > helped) {
      move(least, harmed + " activations did harm, " + helped + " helped");
    } else if (lasts(pressedSinceMillis, now, PRESSURE_MILLIS) && level != Level.AGGRESSIVE) {
      move(level.up(), "pressure for " + PRESSURE_MILLIS / 1_000 + " s");
      pressedSinceMillis = now;
    } else if (lasts(calmSinceMillis, now, CALM_MILLIS) && level != Level.BALANCED) {
      move(atLeast(Level.BALANCED, least), "no pressure for " + CALM_MILLIS / 1_000 + " s");
    }
    return level;
  }

  private static Level atLeast(Level level, Level least) {
    return level.has(least) ? level : least;
  }

  private void move(Level to, String because) {
    if (level != to) {
      level = to;
      why = because;
    }
  }

  private static boolean isOver(@Nullable Double value, double threshold) {
    return value != null && value > threshold;
  }

  private static boolean lasts(@Nullable Long sinceMillis, long now, long millis) {
    return sinceMillis != null && now - sinceMillis >= millis;
  }

  Level level() {
    return level;
  }

  /** Why the level is what it is. */
  String why() {
    return why;
  }
}
