package dev.slipstream.it.watch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What Grafana and its users expect of a dashboard's file. */
final class DashboardsTest {
  private static final Path PROVISIONING = Path.of("..", "deploy", "grafana", "provisioning");

  /** The classic model of Grafana 12, which 13 takes, too. */
  private static final int SCHEMA = 41;

  private static final Set<String> PANELS = Set.of("timeseries", "stat", "state-timeline", "table");
  private static final String DATA_SOURCE = "${datasource}";

  static List<Dashboard> dashboards() {
    return Dashboard.all();
  }

  @Test
  void dashboards_areTheTwo() {
    assertThat(dashboards())
        .extracting(dashboard -> dashboard.json().path("uid").asText())
        .containsExactly("slipstream-cache", "slipstream-optimizer");
  }

  @ParameterizedTest
  @MethodSource("dashboards")
  void dashboard_leadsToTheOther_andIsForTheGatewaysChosen(Dashboard dashboard) {
    JsonNode json = dashboard.json();
    assertThat(json.path("schemaVersion").asInt()).isEqualTo(SCHEMA);
    assertThat(json.path("id").isNull()).isTrue();
    assertThat(json.path("title").asText()).isNotEmpty();
    assertThat(json.path("description").asText()).isNotEmpty();
    assertThat(json.path("tags")).extracting(JsonNode::asText).contains("slipstream");
    assertThat(json.at("/links/0/type").asText()).isEqualTo("dashboards");
    assertThat(json.at("/links/0/tags/0").asText()).isEqualTo("slipstream");
    assertThat(json.at("/links/0/includeVars").asBoolean()).isTrue();
    assertThat(json.at("/links/0/keepTime").asBoolean()).isTrue();
    assertThat(json.at("/templating/list"))
        .extracting(variable -> variable.path("name").asText())
        .containsExactly("datasource", "job", "target");
    for (Expression expression : dashboard.expressions()) {
      if (!expression.where().endsWith("variable")) {
        assertThat(expression.text()).as("%s", expression).contains("job=~\"$job\"", "\"$target\"");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("dashboards")
  void panel_saysWhatItShows_inAUnit_ofTheDataSourceChosen(Dashboard dashboard) {
    Set<Integer> ids = new HashSet<>();
    for (JsonNode panel : dashboard.panels()) {
      String title = panel.path("title").asText();
      assertThat(ids.add(panel.path("id").asInt())).as(title).isTrue();
      assertThat(title).isNotEmpty();
      assertThat(panel.path("description").asText()).as(title).hasSizeGreaterThan(10);
      assertThat(panel.path("type").asText()).as(title).isIn(PANELS);
      assertThat(panel.at("/datasource/uid").asText()).as(title).isEqualTo(DATA_SOURCE);
      JsonNode defaults = panel.at("/fieldConfig/defaults");
      boolean says =
          defaults.has("unit")
              || defaults.has("decimals")
              || !defaults.path("mappings").isEmpty()
              || !panel.at("/fieldConfig/overrides").isEmpty();
      assertThat(says).as(title + " has a unit").isTrue();
      assertThat(panel.path("targets")).as(title).isNotEmpty();
      for (JsonNode target : panel.path("targets")) {
        assertThat(target.at("/datasource/uid").asText()).as(title).isEqualTo(DATA_SOURCE);
        boolean table = panel.path("type").asText().equals("table");
        assertThat(target.path("legendFormat").asText().isEmpty()).as(title).isEqualTo(table);
        assertThat(target.path("format").asText().equals("table")).as(title).isEqualTo(table);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("dashboards")
  void panels_areBelowHeadings_andDoNotOverlap(Dashboard dashboard) {
    JsonNode all = dashboard.json().path("panels");
    assertThat(all.path(0).path("type").asText()).isEqualTo("row");
    Set<List<Integer>> taken = new HashSet<>();
    for (JsonNode panel : all) {
      JsonNode place = panel.path("gridPos");
      int right = place.path("x").asInt() + place.path("w").asInt();
      assertThat(right).as(panel.path("title").asText()).isBetween(1, 24);
      for (int x = place.path("x").asInt(); x < right; x++) {
        for (int y = 0; y < place.path("h").asInt(); y++) {
          assertThat(taken.add(List.of(x, place.path("y").asInt() + y)))
              .as(panel.path("title").asText())
              .isTrue();
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("dashboards")
  void counters_areAskedForTheirRates_whichRestartsDoNotHurt(Dashboard dashboard)
      throws IOException {
    Reference reference = Reference.read();
    for (Expression expression : dashboard.expressions()) {
      List<Selector> selectors = expression.read().selectors();
      // The mean of what was saved since the start is of both since the start.
      boolean mean =
          selectors.stream().anyMatch(one -> one.metric().equals("slipstream_saved_seconds"));
      for (Selector selector : selectors) {
        boolean counter = reference.isCounter(selector.metric());
        assertThat(selector.ranged() || mean).as("%s", expression).isEqualTo(counter || mean);
      }
    }
  }

  @Test
  void dataSource_isTheOneThatComposeExpects() throws IOException {
    JsonNode source =
        new YAMLMapper()
            .readTree(PROVISIONING.resolve("datasources").resolve("prometheus.yaml").toFile())
            .at("/datasources/0");
    assertThat(source.path("uid").asText()).isEqualTo("prometheus");
    assertThat(source.path("type").asText()).isEqualTo("prometheus");
    assertThat(
            new YAMLMapper()
                .readTree(PROVISIONING.resolve("dashboards").resolve("slipstream.yaml").toFile())
                .at("/providers/0/options/path")
                .asText())
        .isEqualTo("/var/lib/grafana/dashboards");
  }
}
