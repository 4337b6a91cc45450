package dev.slipstream.console.metrics;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot.InfoDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Metrics by name, each with its values. What is not known has no value. */
final class Families {
  private static final String PREFIX = "slipstream_";

  private final Map<String, CounterSnapshot.Builder> counters = new LinkedHashMap<>();
  private final Map<String, GaugeSnapshot.Builder> gauges = new LinkedHashMap<>();
  private final Map<String, InfoSnapshot.Builder> infos = new LinkedHashMap<>();

  /**
   * Adds a value of what only rises.
   *
   * @param name without the prefix and without {@code _total}
   * @param labels names and values, in turn
   */
  void counter(String name, String help, Number value, String... labels) {
    counters
        .computeIfAbsent(name, made -> CounterSnapshot.builder().name(PREFIX + made).help(help))
        .dataPoint(
            CounterDataPointSnapshot.builder()
                .value(value.doubleValue())
                .labels(Labels.of(labels))
                .build());
  }

  /** Adds a value of what rises and falls; null is none. */
  void gauge(String name, String help, @Nullable Number value, String... labels) {
    if (value != null) {
      gauges
          .computeIfAbsent(name, made -> GaugeSnapshot.builder().name(PREFIX + made).help(help))
          .dataPoint(
              GaugeDataPointSnapshot.builder()
                  .value(value.doubleValue())
                  .labels(Labels.of(labels))
                  .build());
    }
  }

  /**
   * Adds what has no number: 1, and labels that say it.
   *
   * @param name without the prefix and without {@code _info}
   */
  void info(String name, String help, String... labels) {
    infos
        .computeIfAbsent(name, made -> InfoSnapshot.builder().name(PREFIX + made).help(help))
        .dataPoint(InfoDataPointSnapshot.builder().labels(Labels.of(labels)).build());
  }

  MetricSnapshots all() {
    MetricSnapshots.Builder all = MetricSnapshots.builder();
    gauges.values().forEach(one -> all.metricSnapshot(one.build()));
    infos.values().forEach(one -> all.metricSnapshot(one.build()));
    counters.values().forEach(one -> all.metricSnapshot(one.build()));
    return all.build();
  }
}
