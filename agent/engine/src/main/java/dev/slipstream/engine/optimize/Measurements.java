package dev.slipstream.engine.optimize;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What was measured at one moment, of the gateway and of each endpoint.
 *
 * @param atMillis when, in milliseconds since 1970
 * @param values the gateway's; a metric that was not measured is missing
 * @param endpoints by name
 * @param injected those of the values that somebody made up for a test
 */
public record Measurements(
    long atMillis,
    Map<Metric, Double> values,
    Map<String, EndpointFigures> endpoints,
    Set<Metric> injected) {
  /** The subject that stands for the gateway as a whole. */
  public static final String GATEWAY = "gateway";

  public Measurements {
    values = Map.copyOf(values);
    endpoints = Map.copyOf(endpoints);
    injected = Set.copyOf(injected);
  }

  /** Begins measurements of a moment. */
  public static Builder at(long atMillis) {
    return new Builder(atMillis);
  }

  /** A value of the gateway; null where it was not measured. */
  public @Nullable Double value(Metric metric) {
    return values.get(metric);
  }

  /** A value of a subject: an endpoint's own where the metric is of endpoints. */
  @Nullable Double value(Metric metric, String subject) {
    if (subject.equals(GATEWAY) || !metric.isOfEndpoints()) {
      return value(metric);
    }
    EndpointFigures figures = endpoints.get(subject);
    return figures == null ? null : figures.value(metric);
  }

  /** The same with a value that was measured later, unless that one is made up. */
  Measurements with(Metric metric, double value) {
    if (injected.contains(metric)) {
      return this;
    }
    Map<Metric, Double> all = new EnumMap<>(Metric.class);
    all.putAll(values);
    all.put(metric, value);
    return new Measurements(atMillis, all, endpoints, injected);
  }

  /** The same with values that were made up. */
  Measurements with(Map<Metric, Double> madeUp) {
    if (madeUp.isEmpty()) {
      return this;
    }
    Map<Metric, Double> all = new EnumMap<>(Metric.class);
    all.putAll(values);
    all.putAll(madeUp);
    Set<Metric> marked = EnumSet.copyOf(madeUp.keySet());
    marked.addAll(injected);
    return new Measurements(atMillis, all, endpoints, marked);
  }

  /** Collects measurements. */
  public static final class Builder {
    private final long atMillis;
    private final Map<Metric, Double> values = new EnumMap<>(Metric.class);
    private final Map<String, EndpointFigures> endpoints = new LinkedHashMap<>();

    private Builder(long atMillis) {
      this.atMillis = atMillis;
    }

    /** Adds a value; null, or what is no number, leaves it unmeasured. */
    public Builder add(Metric metric, @Nullable Double value) {
      if (value != null && Double.isFinite(value)) {
        values.put(metric, value);
      }
      return this;
    }

    /** Adds an endpoint. */
    public Builder add(EndpointFigures figures) {
      endpoints.put(figures.endpoint(), figures);
      return this;
    }

    /** All of it. */
    public Measurements build() {
      return new Measurements(atMillis, values, endpoints, Set.of());
    }
  }
}
