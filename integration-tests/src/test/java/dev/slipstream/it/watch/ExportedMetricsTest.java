package dev.slipstream.it.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Dashboards and alerts ask for nothing that a real console does not export: no metric, no label,
 * no value of a label.
 */
final class ExportedMetricsTest {
  /** What comes with traffic, within seconds. */
  private static final Set<String> AWAITED =
      Set.of(
          "slipstream_endpoint_budget_burn_ratio",
          "slipstream_heap_after_collection_bytes",
          "slipstream_memory_ratio",
          "slipstream_score_ratio",
          "slipstream_l2_latency_seconds",
          "slipstream_saved_seconds",
          "slipstream_hit_time_seconds");

  @TempDir private static Path folder;
  private static Exported exported;
  private static Reference reference;
  private static Catalogue catalogue;

  @BeforeAll
  static void scrape() throws IOException {
    try (WatchedGateway gateway = WatchedGateway.in(folder)) {
      await()
          .atMost(Duration.ofSeconds(30))
          .until(
              () -> {
                gateway.traffic();
                exported = Exported.of(gateway.metrics());
                return exported.metrics().containsAll(AWAITED);
              });
    }
    reference = Reference.read();
    catalogue = new Catalogue(exported, reference);
  }

  @Test
  void dashboards_askForNothingThatIsNotExported() {
    for (Dashboard dashboard : Dashboard.all()) {
      assertThat(dashboard.expressions()).hasSizeGreaterThan(40);
      for (Expression expression : dashboard.expressions()) {
        assertThat(catalogue.missing(expression)).isEmpty();
      }
    }
  }

  @Test
  void alerts_askForNothingThatIsNotExported() {
    assertThat(Alert.all()).hasSizeGreaterThan(20);
    for (Alert alert : Alert.all()) {
      assertThat(catalogue.missing(alert.expression())).isEmpty();
    }
  }

  /** One letter is wrong in each but the first. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          sum by (rule) (rate(slipstream_rule_verdicts_total{verdict="harmed"}[5m])) | {{rule}}    | 0
          sum by (rule) (rate(slipstream_rule_verdict_total{verdict="harmed"}[5m]))  |             | 3
          sum by (rule) (rate(slipstream_rule_verdicts_total{verdict="armed"}[5m]))  |             | 1
          sum by (rule) (rate(slipstream_rule_verdicts_total{verdit="harmed"}[5m]))  |             | 1
          sum by (rul) (rate(slipstream_rule_verdicts_total{verdict="harmed"}[5m]))  |             | 1
          sum by (rule) (rate(slipstream_rule_verdicts_total{verdict="harmed"}[5m])) | {{verdict}} | 1
          slipstream_l2_latency_seconds{percentile=~"9[56]"}                         | {{target}}  | 0
          slipstream_l2_latency_seconds{percentile=~"9[67]"}                         | {{target}}  | 1
          slipstream_l2_latency_seconds                                              | {{node}}    | 1
          slipstream_l2_node_up == 0 and on (target) slipstream_l2_connected == 1    |             | 0
          slipstream_l2_node_up == 0 and on (node) slipstream_l2_connected == 1      |             | 1
          slipstream_endpoint_throttle_limit{endpoint="GET /a"}                      |             | 0
          slipstream_endpoint_throttle_limit{endpoit="GET /a"}                       |             | 1
          """)
  void whatIsMisspelt_isFound(String query, String shown, int missing) {
    Expression expression = Expression.ofAlert("here", query, shown == null ? "" : shown);

    assertThat(catalogue.missing(expression)).hasSize(missing);
  }

  @Test
  void whatIsExported_isInTheReference_withItsLabels_andNothingElseIsThere() {
    for (String metric : exported.metrics()) {
      assertThat(reference.metrics()).contains(metric);
      assertThat(reference.labels(metric)).as(metric).isEqualTo(exported.labels(metric));
    }
    Set<String> missing = new TreeSet<>(reference.metrics());
    missing.removeAll(exported.metrics());
    assertThat(Catalogue.AT_TIMES).containsAll(missing);
  }
}
