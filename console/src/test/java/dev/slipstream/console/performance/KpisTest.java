package dev.slipstream.console.performance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class KpisTest {
  private static final long GIGABYTE = 1_000_000_000;

  private static KpiReading gateway(
      long hits, long misses, KpiReading.Redis redis, EndpointsReading endpoints) {
    return new KpiReading(
        new KpiReading.Counts(hits, misses, hits + misses, 10.0, hits, misses, 5_000, 1, 100),
        redis,
        1_000,
        600,
        new KpiReading.Use(50.0, 95.0),
        new KpiReading.Use(null, null),
        2.0,
        1L << 20,
        0.9,
        3,
        0,
        10_000,
        endpoints);
  }

  private static KpiReading idle() {
    return new KpiReading(
        new KpiReading.Counts(0, 0, 0, null, 0, 0, 0, 0, 0),
        null,
        0,
        0,
        new KpiReading.Use(null, null),
        new KpiReading.Use(null, null),
        null,
        null,
        null,
        0,
        0,
        0,
        Gateways.idle());
  }

  private static KpiReading.Redis redis(String server, long memory, double p95) {
    return new KpiReading.Redis(server, 80, 20, memory, p95);
  }

  private static Kpi kpi(String name, Double peak, KpiReading... readings) {
    return Kpis.of(List.of(readings), peak).stream()
        .filter(one -> one.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static EndpointsReading quickHits() {
    return Gateways.busy("GET /a", 90, 0, 10, 100, 0);
  }

  @Test
  void withoutTraffic_noTargetIsMetOrMissed_butWhatIsKnownToBeNothing() {
    assertThat(
            Kpis.of(List.of(idle()), null).stream().filter(one -> one.met() != null).map(Kpi::name))
        .containsExactly("l1_memory", "triggers");
  }

  @Test
  void everyTargetOfTheMission_isInTheTable() {
    assertThat(Kpis.of(List.of(idle()), null).stream().map(one -> one.name() + " " + one.target()))
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(
                    "hit_rate > 0.75",
                    "l1_hit_rate > 0.85",
                    "l2_hit_rate > 0.7",
                    "l1_latency < 1",
                    "l2_latency < 5",
                    "l1_memory < 104857600",
                    "l2_memory < 1073741824",
                    "evictions < 0.05",
                    "compression > 0.3",
                    "cpu_mean < 70",
                    "cpu_peak < 90",
                    "memory_mean < 80",
                    "memory_peak < 95",
                    "p95 < 1000",
                    "p99 < 2000",
                    "error_rate < 0.01",
                    "throughput > 1000",
                    "score > 0.8",
                    "triggers < 5",
                    "emergency < 0.01",
                    "savings > 0.2")
                .toList());
  }

  @Test
  void rates_comeFromTheSumsOfGateways() {
    KpiReading busy = gateway(900, 100, null, quickHits());
    KpiReading quiet = gateway(0, 100, null, quickHits());
    assertThat(kpi("hit_rate", null, busy, quiet).value()).isCloseTo(0.818, within(1e-3));
    assertThat(kpi("hit_rate", null, busy, quiet).met()).isTrue();
    assertThat(kpi("compression", null, busy).value()).isCloseTo(0.4, within(1e-9));
    assertThat(kpi("cpu_peak", null, busy).met()).isFalse();
    assertThat(kpi("memory_mean", null, busy).met()).isNull();
  }

  @Test
  void savings_areTheShareOfTheTimeThatThereWouldHaveBeenWithoutHits() {
    // 90 hits of 0 ms instead of 100 ms saved 9 s; 100 exchanges of 10 ms took 1 s.
    KpiReading one = gateway(90, 10, null, quickHits());
    assertThat(kpi("savings", null, one).value()).isCloseTo(0.9, within(1e-9));
  }

  @Test
  void upperBound_canOnlyShowThatATargetIsMet() {
    KpiReading quick = gateway(1, 1, null, quickHits());
    KpiReading slow = gateway(1, 1, null, Gateways.busy("GET /a", 90, 3, 10, 100, 0));
    assertThat(kpi("l1_latency", null, quick).met()).isTrue();
    assertThat(kpi("l1_latency", null, slow).met()).isNull();
    assertThat(kpi("l1_latency", null, slow).note()).contains("upper bound");
    assertThat(kpi("throughput", 400.0, quick).met()).isNull();
    assertThat(kpi("throughput", 1_400.0, quick).met()).isTrue();
  }

  @Test
  void redis_countsOnce_andItsLatencyIsExactForOneGatewayAlone() {
    KpiReading one = gateway(1, 1, redis("r", GIGABYTE / 2 + 1, 9), quickHits());
    KpiReading two = gateway(1, 1, redis("r", GIGABYTE / 2 + 1, 1), quickHits());
    assertThat(kpi("l2_memory", null, one, two).value()).isEqualTo(GIGABYTE / 2 + 1);
    assertThat(kpi("l2_memory", null, one, two).met()).isTrue();
    assertThat(kpi("l2_latency", null, one).met()).isFalse();
    assertThat(kpi("l2_latency", null, one, two).met()).isNull();
  }
}
