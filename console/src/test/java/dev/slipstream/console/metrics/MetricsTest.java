package dev.slipstream.console.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipstream.config.jmx.AdmissionMXBean;
import dev.slipstream.config.jmx.AgentMXBean;
import dev.slipstream.config.jmx.OptimizerMXBean;
import dev.slipstream.config.jmx.RuleMXBean;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What is known is written with its unit; what is not known is left out, never 0. */
class MetricsTest {
  @Test
  void everything_hasWhatItIs_andAUnitThatPrometheusKnows() {
    List<String> lines = new KnownBeans().lines();
    Set<String> names = new TreeSet<>();
    for (String line : lines) {
      if (line.startsWith("# TYPE ")) {
        String[] words = line.split(" ", 4);
        names.add(words[2]);
        assertThat(words[2]).matches("slipstream_[a-z0-9_]+");
        assertThat(words[2].endsWith("_total")).as(line).isEqualTo(words[3].equals("counter"));
        assertThat(words[2]).doesNotContain("millis", "percent", "_ms", "_mb");
      }
      if (!line.startsWith("#")) {
        assertThat(line).contains("target=\"edge\"");
      }
    }
    for (String name : names) {
      assertThat(lines).anyMatch(line -> line.matches("# HELP " + name + " .{8,}"));
    }
  }

  @Test
  void timesAndShares_areInSecondsAndFrom0To1() {
    assertThat(new KnownBeans().lines())
        .contains(
            "slipstream_agent_uptime_seconds{target=\"edge\"} 2.0",
            "slipstream_response_time_seconds{percentile=\"95\",target=\"edge\"} 0.02",
            "slipstream_cpu_ratio{target=\"edge\"} 0.5",
            "slipstream_gc_longest_pause_seconds{target=\"edge\"} 2.0",
            "slipstream_emergency_seconds_total{target=\"edge\"} 2.0");
  }

  @Test
  void whatIsNotKnown_hasNoValue() {
    assertThat(new KnownBeans().idle().lines())
        .noneMatch(line -> line.startsWith("slipstream_cpu_ratio"))
        .noneMatch(line -> line.startsWith("slipstream_heap_after_collection_bytes"))
        .noneMatch(line -> line.startsWith("slipstream_score_ratio"))
        .noneMatch(line -> line.startsWith("slipstream_response_time_seconds"))
        .noneMatch(line -> line.matches("slipstream_l2_latency_seconds.*\"95\".*"))
        .anyMatch(line -> line.startsWith("slipstream_l2_latency_seconds"));
    assertThat(new KnownBeans().withoutRedis().lines())
        .noneMatch(line -> line.startsWith("slipstream_l2_"));
  }

  @Test
  void requests_ofAKindThatThereWereNoneOf_are0_soThatACollapseIsSeen() {
    assertThat(new KnownBeans().idle().lines())
        .contains(
            "slipstream_requests_total{result=\"hit\",target=\"edge\"} 0.0",
            "slipstream_requests_total{result=\"miss\",target=\"edge\"} 0.0",
            "slipstream_requests_total{result=\"bypass\",target=\"edge\"} 0.0",
            "slipstream_requests_total{result=\"refused\",target=\"edge\"} 0.0");
  }

  @Test
  void requests_areOutcomesByKind() {
    assertThat(new KnownBeans().lines())
        .contains(
            "slipstream_requests_total{result=\"hit\",target=\"edge\"} 6.0",
            "slipstream_endpoint_hits_total{endpoint=\"GET /a\",target=\"edge\"} 7.0",
            "slipstream_endpoint_misses_total{endpoint=\"GET /a\",target=\"edge\"} 2.0");
  }

  @Test
  void whatAlertsAreFor_isTold() {
    assertThat(new KnownBeans().with(RuleMXBean.class, "getSuspendedReason", "").lines())
        .contains(
            "slipstream_agent_enabled{target=\"edge\"} 1.0",
            "slipstream_agent_error_breaker_open{target=\"edge\"} 1.0",
            "slipstream_emergency_active{target=\"edge\"} 1.0",
            "slipstream_optimizer_stopped{target=\"edge\"} 1.0",
            "slipstream_l2_connected{target=\"edge\"} 1.0",
            "slipstream_l2_node_up{node=\"a:1\",target=\"edge\"} 1.0",
            "slipstream_l2_node_up{node=\"b:1\",target=\"edge\"} 0.0",
            "slipstream_rule_suspended{rule=\"said\",target=\"edge\"} 0.0",
            "slipstream_rule_verdicts_total{rule=\"said\",target=\"edge\",verdict=\"harmed\"} 3.0",
            "slipstream_endpoint_budget_burn_ratio"
                + "{endpoint=\"GET /a\",kind=\"errors\",target=\"edge\",window=\"5m\"} 2.0");
  }

  @Test
  void agentThatAnOperatorTurnedOff_isNotToldAsOffForItsErrors() {
    assertThat(
            new KnownBeans()
                .with(AgentMXBean.class, "isEnabled", false)
                .with(AgentMXBean.class, "isErrorBreakerOpen", false)
                .with(OptimizerMXBean.class, "getStopped", null)
                .with(AdmissionMXBean.class, "isEmergency", false)
                .lines())
        .contains(
            "slipstream_agent_enabled{target=\"edge\"} 0.0",
            "slipstream_agent_error_breaker_open{target=\"edge\"} 0.0",
            "slipstream_optimizer_stopped{target=\"edge\"} 0.0",
            "slipstream_emergency_active{target=\"edge\"} 0.0",
            "slipstream_rule_suspended{rule=\"said\",target=\"edge\"} 1.0");
  }

  @Test
  void endpoints_thatHadNoTrouble_areNotToldAsGuarded() {
    assertThat(new KnownBeans().lines())
        .contains(
            "slipstream_endpoint_throttle_limit{endpoint=\"GET /a\",target=\"edge\"} 4.0",
            "slipstream_endpoint_breaker_open{endpoint=\"GET /a\",target=\"edge\"} 1.0")
        .noneMatch(line -> line.contains("GET /calm"));
  }
}
