package dev.slipstream.engine.management;

import dev.slipstream.config.jmx.MetricHistory;
import dev.slipstream.config.jmx.MetricTrend;
import dev.slipstream.config.jmx.SystemMXBean;
import dev.slipstream.engine.monitor.Forecast;
import dev.slipstream.engine.monitor.Metric;
import dev.slipstream.engine.monitor.Series;
import dev.slipstream.engine.monitor.SystemMonitor;
import dev.slipstream.engine.monitor.SystemSample;
import dev.slipstream.engine.monitor.Trend;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What the process, its container and its host use, for JMX. */
final class SystemMBean implements SystemMXBean {
  private final SystemMonitor monitor;
  private final InstantSource clock;

  SystemMBean(SystemMonitor monitor, InstantSource clock) {
    this.monitor = monitor;
    this.clock = clock;
  }

  private <T> @Nullable T latest(Function<SystemSample, @Nullable T> part) {
    SystemSample sample = monitor.latest();
    return sample == null ? null : part.apply(sample);
  }

  @Override
  public @Nullable Long getSampledAtMillis() {
    return latest(sample -> sample.at().toEpochMilli());
  }

  @Override
  public @Nullable Double getCpuPercent() {
    return latest(SystemSample::cpuPercent);
  }

  @Override
  public @Nullable Double getHostCpuPercent() {
    return latest(sample -> sample.cpu().hostPercent());
  }

  @Override
  public @Nullable Double getContainerCpuPercent() {
    return latest(sample -> sample.cpu().containerPercent());
  }

  @Override
  public @Nullable Double getProcessCpuPercent() {
    return latest(sample -> sample.cpu().processPercent());
  }

  @Override
  public @Nullable Double getAllowedProcessors() {
    return latest(sample -> sample.cpu().allowedCpus());
  }

  @Override
  public @Nullable Long getHostMemoryUsedBytes() {
    return latest(sample -> sample.memory().hostUsedBytes());
  }

  @Override
  public @Nullable Long getHostMemoryTotalBytes() {
    return latest(sample -> sample.memory().hostTotalBytes());
  }

  @Override
  public @Nullable Long getContainerMemoryUsedBytes() {
    return latest(sample -> sample.memory().containerUsedBytes());
  }

  @Override
  public @Nullable Long getContainerMemoryLimitBytes() {
    return latest(sample -> sample.memory().containerLimitBytes());
  }

  @Override
  public @Nullable Double getMemoryPercent() {
    return latest(SystemSample::memoryPercent);
  }

  @Override
  public @Nullable Long getHeapUsedBytes() {
    return latest(sample -> sample.heap().usedBytes());
  }

  @Override
  public @Nullable Long getHeapAfterCollectionBytes() {
    return latest(sample -> sample.heap().afterCollectionBytes());
  }

  @Override
  public @Nullable Long getHeapMaxBytes() {
    return latest(sample -> sample.heap().maxBytes());
  }

  @Override
  public @Nullable Double getGcPausePercent() {
    return latest(sample -> sample.gc().pausePercent());
  }

  @Override
  public @Nullable Double getGcConcurrentPercent() {
    return latest(sample -> sample.gc().concurrentPercent());
  }

  @Override
  public @Nullable Long getGcPauses() {
    return latest(sample -> sample.gc().pauses());
  }

  @Override
  public @Nullable Long getLongestGcPauseMillis() {
    return latest(sample -> sample.gc().longestPauseMillis());
  }

  @Override
  public @Nullable Integer getThreads() {
    return latest(sample -> sample.jvm().threads());
  }

  @Override
  public @Nullable Long getOpenFileDescriptors() {
    return latest(sample -> sample.jvm().openFileDescriptors());
  }

  @Override
  public @Nullable Long getMaxFileDescriptors() {
    return latest(sample -> sample.jvm().maxFileDescriptors());
  }

  @Override
  public @Nullable Long getDiskUsedBytes() {
    return latest(sample -> sample.disk().usedBytes());
  }

  @Override
  public @Nullable Long getDiskTotalBytes() {
    return latest(sample -> sample.disk().totalBytes());
  }

  @Override
  public @Nullable Double getNetworkReceivedBytesPerSecond() {
    return latest(sample -> sample.network().receivedBytesPerSecond());
  }

  @Override
  public @Nullable Double getNetworkSentBytesPerSecond() {
    return latest(sample -> sample.network().sentBytesPerSecond());
  }

  @Override
  public List<String> getMetrics() {
    return Arrays.stream(Metric.values())
        .map(metric -> metric.wireName() + " (" + metric.unit() + ")")
        .toList();
  }

  @Override
  public MetricHistory history(String metric, int seconds) {
    if (seconds <= 0) {
      throw new IllegalArgumentException("seconds have to be more than 0: " + seconds);
    }
    Metric named = named(metric);
    Series series = series(named, Duration.ofSeconds(seconds));
    return new MetricHistory(
        named.wireName(),
        named.unit(),
        series.step().toMillis(),
        series.millis(),
        series.means(),
        series.maxima());
  }

  @Override
  public @Nullable MetricTrend trend(String metric) {
    Metric named = named(metric);
    return trend(named)
        .map(
            trend ->
                new MetricTrend(
                    named.wireName(),
                    named.unit(),
                    trend.level(),
                    trend.perMinute(),
                    trend.lowPerMinute(),
                    trend.highPerMinute(),
                    trend.confidence()))
        .orElse(null);
  }

  @Override
  public @Nullable Double minutesUntil(String metric, double level) {
    Optional<Forecast> forecast = trend(named(metric)).flatMap(trend -> trend.reaches(level));
    return forecast.map(reached -> reached.in().toSeconds() / 60.0).orElse(null);
  }

  private Optional<Trend> trend(Metric metric) {
    return Trend.of(series(metric, Trend.WINDOW));
  }

  private Series series(Metric metric, Duration window) {
    return monitor.history().series(metric, window, clock.instant());
  }

  private Metric named(String name) {
    Metric metric = Metric.named(name);
    if (metric == null) {
      throw new IllegalArgumentException("no such metric: " + name + "; there are " + getMetrics());
    }
    return metric;
  }
}
