package dev.slipstream.engine.optimize;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A rule about slow endpoints, each for itself. An endpoint of which too little was seen is not
 * judged.
 */
final class EndpointRule extends BasicRule {
  /** Below as many exchanges in a minute a percentile says nothing. */
  static final int LEAST_REQUESTS = 20;

  /** Full severity is at so many times the threshold. */
  private static final double END = 3;

  private final Predicate<EndpointFigures> concerned;
  private final BiFunction<Reading, Level, Action> does;

  /**
   * Makes one.
   *
   * @param concerned the endpoints that it may help
   */
  EndpointRule(
      String name,
      double p95Millis,
      Predicate<EndpointFigures> concerned,
      String intent,
      BiFunction<Reading, Level, Action> does) {
    super(name, Threshold.millis(p95Millis), Metric.P95, intent);
    this.concerned = concerned;
    this.does = does;
  }

  @Override
  public List<Reading> readings(Measurements measured) {
    List<Reading> readings = new ArrayList<>();
    double end = END * threshold().enter();
    for (EndpointFigures figures : measured.endpoints().values()) {
      Double p95 = p95(figures);
      if (concerned.test(figures)) {
        readings.add(Reading.of(figures.endpoint(), Metric.P95, p95, threshold(), end));
      }
    }
    return readings;
  }

  private static @Nullable Double p95(EndpointFigures figures) {
    return figures.requests() < LEAST_REQUESTS ? null : figures.p95Millis();
  }

  @Override
  public Action act(Reading reading, Level limits) {
    return does.apply(reading, limits);
  }

  /** Its figures are those of the last minute. */
  @Override
  public Duration settles() {
    return Duration.ofMinutes(1);
  }
}
