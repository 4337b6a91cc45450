package dev.slipstream.it.watch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The alerts, and how Prometheus is to scrape the console. */
final class PrometheusTest {
  private static final Path TESTS = Alert.FOLDER.resolve("alerts_test.yaml");
  private static final Path PAGE = Path.of("..", "docs", "monitoring.md");
  private static final Pattern FIRED = Pattern.compile("alertname=\"(\\w+)\"");

  static List<Alert> alerts() {
    return Alert.all();
  }

  @ParameterizedTest
  @MethodSource("alerts")
  void alert_saysHowBadItIs_whatItIs_andWhatToDo(Alert alert) throws IOException {
    assertThat(alert.name()).matches("Slipstream[A-Z]\\w+");
    assertThat(alert.json().at("/labels/severity").asText()).isIn("critical", "warning");
    assertThat(alert.annotation("summary")).hasSizeBetween(10, 120);
    assertThat(alert.annotation("description")).hasSizeGreaterThan(20);
    String[] runbook = alert.annotation("runbook_url").split("#", 2);
    Path page = Path.of("..").resolve(runbook[0]);
    assertThat(page).exists();
    assertThat(anchors(page)).as("%s", page).contains(runbook[1]);
    assertThat(Files.readString(PAGE)).contains("`" + alert.name() + "`");
  }

  /** What headings of a page can be linked by. */
  private static Set<String> anchors(Path page) throws IOException {
    return Files.readAllLines(page).stream()
        .filter(line -> line.startsWith("#"))
        .map(line -> line.replaceFirst("#+ *", "").toLowerCase(Locale.ROOT))
        .map(heading -> heading.replaceAll("[^\\w -]", "").replace(' ', '-'))
        .collect(Collectors.toSet());
  }

  @Test
  void alerts_areTheOnesThatEveryOperatorNeeds() {
    assertThat(alerts())
        .extracting(Alert::name)
        .doesNotHaveDuplicates()
        .contains(
            "SlipstreamHitRatioCollapsed",
            "SlipstreamL2Down",
            "SlipstreamEmergency",
            "SlipstreamRuleHarmed",
            "SlipstreamAgentErrorBreakerOpen");
  }

  @Test
  void otherAlerts_thatOneRefersTo_areThere() {
    Set<String> names = alerts().stream().map(Alert::name).collect(Collectors.toSet());
    for (Alert alert : alerts()) {
      Matcher referred = FIRED.matcher(alert.json().path("expr").asText());
      while (referred.find()) {
        assertThat(names).contains(referred.group(1));
      }
    }
  }

  @Test
  void everyAlert_hasATestInWhichItFires() throws IOException {
    Set<String> fired = new TreeSet<>();
    Matcher matcher = FIRED.matcher(Files.readString(TESTS));
    while (matcher.find()) {
      fired.add(matcher.group(1));
    }
    assertThat(fired).containsAll(alerts().stream().map(Alert::name).toList());
  }

  @Test
  void promtool_findsAlertsAndConfigurationInOrder() throws Exception {
    Promtool.run("check", "rules", Alert.FILE.toString());
    Promtool.run(
        "check", "config", "--syntax-only", Alert.FOLDER.resolve("prometheus.yaml").toString());
  }

  @Test
  void promtool_seesEachAlertFire_andNoneWithoutItsReason() throws Exception {
    Promtool.run("test", "rules", TESTS.toString());
  }

  /** Our own reading of PromQL is not the judge of what is PromQL. */
  @Test
  void promtool_understandsWhatDashboardsAsk(@TempDir Path folder) throws Exception {
    List<Map<String, String>> rules = new ArrayList<>();
    for (Dashboard dashboard : Dashboard.all()) {
      for (Expression expression : dashboard.expressions()) {
        rules.add(Map.of("record", "dashboard:" + rules.size(), "expr", expression.query()));
      }
    }
    assertThat(rules).hasSizeGreaterThan(80);
    Path file = folder.resolve("rules.yaml"); // JSON is YAML
    new ObjectMapper()
        .writeValue(
            file.toFile(), Map.of("groups", List.of(Map.of("name", "dashboards", "rules", rules))));
    Promtool.run("check", "rules", "--lint=none", file.toString());
  }

  @Test
  void prometheus_scrapesTheConsole_andLoadsTheAlerts() throws IOException {
    JsonNode config = new YAMLMapper().readTree(Alert.FOLDER.resolve("prometheus.yaml").toFile());
    assertThat(config.at("/rule_files/0").asText()).isEqualTo("alerts.yaml");
    JsonNode job = config.at("/scrape_configs/0");
    assertThat(job.path("job_name").asText()).isEqualTo("slipstream"); // alerts name it
    assertThat(job.at("/static_configs/0/targets/0").asText()).isEqualTo("console:8000");
    assertThat(job.at("/authorization/credentials_file").asText()).isNotEmpty();
  }
}
