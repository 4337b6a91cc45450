package dev.slipstream.console.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.slipstream.config.jmx.EndpointReport;
import dev.slipstream.console.performance.EndpointsReading;
import dev.slipstream.console.performance.Gateways;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HistoryTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final String USERS = "GET /users/{id}";

  private final History history = new History();
  private Instant now = START;

  private Sample sample(EndpointsReading endpoints, long l1Hits, long l1Misses) {
    return new Sample(
        now.toEpochMilli(),
        endpoints,
        Gateways.system("host", 40.0, 2, null),
        new Sample.Tiers(l1Hits, l1Misses, 3, 1_000, 10, null, 0));
  }

  private Sample busy(int hits, int misses) {
    return busy(hits, misses, 100);
  }

  private Sample busy(int hits, int misses, long missMillis) {
    return sample(Gateways.busy(USERS, hits, 1, misses, missMillis, 0), hits, misses);
  }

  private void add(Map<String, Sample> samples) {
    history.add(samples, now);
    now = now.plus(History.STEP);
  }

  private Map<String, Number> last(String target) {
    List<Map<String, Number>> points = history.points(target, START);
    return points.get(points.size() - 1);
  }

  @Test
  void rates_areOfWhatHappenedSinceThePointBefore() {
    add(Map.of("a", busy(0, 100)));
    assertThat(last("a")).containsEntry("requests_per_second", null);
    add(Map.of("a", busy(90, 110)));
    assertThat(last("a"))
        .containsEntry("t", START.plusSeconds(5).toEpochMilli())
        .containsEntry("requests_per_second", 20.0)
        .containsEntry("hit_rate", 0.9)
        .containsEntry("l1_hit_rate", 0.9)
        .containsEntry("l2_hit_rate", null)
        .containsEntry("cpu_percent", 40.0);
  }

  @Test
  void ofAll_countsAddUp_andRatesComeFromSums() {
    add(Map.of("a", busy(0, 100), "b", busy(0, 10)));
    add(Map.of("a", busy(90, 110), "b", busy(0, 20)));
    assertThat(last(null))
        .containsEntry("requests_per_second", 22.0)
        .containsEntry("in_flight", 2.0)
        .containsEntry("l1_bytes", 2_000.0);
    assertThat(last(null).get("hit_rate").doubleValue()).isCloseTo(90 / 110.0, within(1e-6));
  }

  @Test
  void gatewayStartedAnew_hasNoRateUntilTheNextPoint() {
    add(Map.of("a", busy(0, 100)));
    add(Map.of("a", busy(0, 10)));
    assertThat(last("a"))
        .containsEntry("requests_per_second", null)
        .containsEntry("hit_rate", null);
    add(Map.of("a", busy(5, 15)));
    assertThat(last("a")).containsEntry("requests_per_second", 2.0);
  }

  @Test
  void savings_areOfTheHitsSinceThePointBefore_whateverOneSlowMissDoesToTheMean() {
    add(Map.of("a", busy(1_000_000, 100)));
    add(Map.of("a", busy(1_000_010, 101, 1_000)));
    assertThat(last("a")).containsEntry("saved_ms_per_second", 10 * 999.0 / 5);
    add(Map.of("a", busy(1_000_020, 200, 100)));
    assertThat(last("a")).containsEntry("saved_ms_per_second", 10 * 99.0 / 5);
    add(Map.of("a", busy(1_000_020, 300, 50)));
    assertThat(last("a")).as("no hit").containsEntry("saved_ms_per_second", 0.0);
  }

  @Test
  void savings_areNotKnown_beforeThereIsAMissToCompareWith() {
    add(Map.of("a", withoutMisses(100_000)));
    add(Map.of("a", withoutMisses(100_005)));
    assertThat(last("a")).containsEntry("saved_ms_per_second", null);
    add(Map.of("a", busy(100_010, 1)));
    assertThat(last("a").get("saved_ms_per_second").doubleValue())
        .isCloseTo(5 * 99.0 / 5, within(1e-3));
  }

  private Sample withoutMisses(int hits) {
    return sample(Gateways.busy(USERS, hits, 1, 0, 0, 0), hits, 0);
  }

  @Test
  void newGateway_takesTheRoomOfTheOneThatIsGoneForLongest() {
    for (int i = 0; i < 70; i++) {
      add(Map.of("gateway-" + i, busy(0, 100)));
    }
    assertThat(history.points("gateway-69", START)).hasSize(1);
    assertThat(history.points("gateway-6", START)).hasSize(1);
    assertThat(history.points("gateway-5", START)).isEmpty();
    assertThat(history.points(null, START)).hasSize(70);
  }

  @Test
  void gatewayThatDoesNotAnswer_hasNoPoint_andIsNotInThatOfAll() {
    add(Map.of("a", busy(0, 100), "b", busy(0, 100)));
    add(Map.of("a", busy(0, 200)));
    assertThat(history.points("b", START)).hasSize(1);
    assertThat(last(null)).containsEntry("requests_per_second", 20.0);
    add(Map.of("a", busy(0, 300), "b", busy(0, 300)));
    assertThat(last("b")).containsEntry("requests_per_second", 20.0);
  }

  @Test
  void points_areThoseOfTwoHours_theOldestFirst() {
    for (int i = 0; i < History.POINTS + 200; i++) {
      add(Map.of("a", busy(0, i)));
    }
    List<Map<String, Number>> points = history.points("a", START);
    assertThat(points).hasSize(History.POINTS);
    assertThat(points.get(0).get("t"))
        .isEqualTo(START.plus(History.STEP.multipliedBy(200)).toEpochMilli());
    assertThat(points)
        .isSortedAccordingTo((one, two) -> Long.compare((Long) one.get("t"), (Long) two.get("t")));
    assertThat(history.points("a", now.minus(Duration.ofSeconds(10)))).hasSize(2);
    assertThat(history.points("b", START)).isEmpty();
  }

  @Test
  void endpoint_hasAHistory_ifItIsOfTheBusiest() {
    List<EndpointReport> reports = new ArrayList<>();
    for (int i = 1; i <= 150; i++) {
      reports.addAll(Gateways.busy("GET /" + i, i, 1, 0, 0, 0).endpoints());
    }
    EndpointsReading many = new EndpointsReading(Gateways.idle().total(), reports, Map.of());
    add(Map.of("a", sample(many, 0, 0)));
    assertThat(history.endpoint("a", "GET /150", START)).hasSize(1);
    assertThat(history.endpoint(null, "GET /51", START)).hasSize(1);
    assertThat(history.endpoint("a", "GET /50", START)).isEmpty();
    assertThat(history.endpoint("a", "GET /150", START).get(0))
        .containsEntry("hit_rate", 1.0)
        .containsEntry("misses_p95_ms", null);
  }

  @Test
  void memory_isBounded_andGivenBack() {
    List<EndpointReport> reports = new ArrayList<>();
    for (int i = 1; i <= 120; i++) {
      reports.addAll(Gateways.busy("GET /" + i, i, 1, 0, 0, 0).endpoints());
    }
    Sample many = sample(new EndpointsReading(Gateways.idle().total(), reports, Map.of()), 0, 0);
    Map<String, Sample> samples = new HashMap<>();
    for (int i = 0; i < 80; i++) {
      samples.put("gateway-" + i, many);
    }
    long pointBytes = 64L * (8 + 4 * Figure.values().length);
    long endpointBytes = 64L * (8 + 4 * Figure.OfEndpoint.values().length);
    for (int i = 0; i < 3; i++) {
      add(samples);
      assertThat(history.bytes()).isLessThanOrEqualTo(66 * pointBytes + 500 * endpointBytes);
    }
    now = now.plus(History.LENGTH).plusSeconds(60);
    add(Map.of());
    assertThat(history.bytes()).isZero();
  }
}
