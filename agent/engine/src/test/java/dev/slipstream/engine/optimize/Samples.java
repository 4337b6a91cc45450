package dev.slipstream.engine.optimize;

import dev.slipstream.config.NamePatterns;
import dev.slipstream.config.OptimizationLevel;
import dev.slipstream.config.PerformanceMode;
import dev.slipstream.config.Settings;
import java.time.Duration;

/** Measurements and settings as tests need them. */
final class Samples {
  static final long START = 1_000_000_000_000L;

  private Samples() {}

  static Settings.Performance settings(PerformanceMode mode, OptimizationLevel level) {
    return new Settings.Performance(
        mode, level, Duration.ofSeconds(5), 80, 85, 70, 20, NamePatterns.NONE);
  }

  static Measurements of(long atMillis, Metric metric, Double value) {
    return Measurements.at(atMillis).add(metric, value).build();
  }

  /** What an endpoint of 20 requests a second does. */
  static EndpointFigures endpoint(String name, Double p95Millis, Double errorRate) {
    return new EndpointFigures(
        name, 1_200, 20, p95Millis, 10.0, 20.0, errorRate, 0.5, 20_000.0, 0, 0, null);
  }
}
