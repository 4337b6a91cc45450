package dev.slipstream.console.performance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipstream.config.jmx.MetricTrend;
import java.util.List;
import org.junit.jupiter.api.Test;

class SystemsTest {
  private static final SystemReading BIG = Gateways.system("a", 10.0, 3, 500.0);
  private static final SystemReading SMALL = Gateways.system("b", 50.0, 1, 300.0);
  private static final SystemReading BESIDE_SMALL = Gateways.system("b", null, 1, 300.0);

  private static MetricTrend trend(double low, double high) {
    return new MetricTrend("cpu", "percent", 50, (low + high) / 2, low, high, 0.9);
  }

  private static SystemReading.Trends both(MetricTrend trend) {
    return new SystemReading.Trends(trend, trend, trend);
  }

  @Test
  void cpu_isWeightedByProcessors_andWhatIsNotKnownCountsNothing() {
    assertThat(CurrentMetrics.cpu(List.of(BIG, SMALL, BESIDE_SMALL))).isEqualTo(20);
    assertThat(CurrentMetrics.cpu(List.of(BESIDE_SMALL))).isNull();
  }

  @Test
  void network_countsEachHostOnce() {
    ResourceUsage usage = ResourceUsage.of(List.of(BIG, SMALL, BESIDE_SMALL), List.of());
    assertThat(usage.networkIo().bytesSentPerSec()).isEqualTo(800);
    assertThat(usage.diskUsagePercent()).isEqualTo(50);
    assertThat(usage.cpuUsageTrend()).isNull();
  }

  @Test
  void trend_hasADirection_whereThatIsSure() {
    assertThat(direction(both(trend(0.1, 2)))).isEqualTo("rising");
    assertThat(direction(both(trend(-2, -0.1)))).isEqualTo("falling");
    assertThat(direction(both(trend(-1, 1)))).isEqualTo("steady");
    assertThat(direction(both(trend(0.1, 2)), both(trend(-1, 1)))).isEqualTo("mixed");
    assertThat(direction(new SystemReading.Trends(null, null, null))).isNull();
  }

  private static String direction(SystemReading.Trends... trends) {
    return ResourceUsage.of(List.of(BIG), List.of(trends)).cpuUsageTrend();
  }
}
