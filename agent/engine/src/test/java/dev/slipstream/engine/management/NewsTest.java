package dev.slipstream.engine.management;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipstream.config.jmx.ActivationReport;
import dev.slipstream.config.jmx.NotificationTypes;
import dev.slipstream.config.jmx.ObjectNames;
import dev.slipstream.engine.redis.RedisProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.management.JMException;
import javax.management.Notification;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an engine that runs notifies its listeners of, on a Redis that goes and comes. */
class NewsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final List<Notification> HEARD = new CopyOnWriteArrayList<>();

  @TempDir private static Path directory;
  private static RedisProcess redis;
  private static Path rules;
  private static AllBeans beans;

  @BeforeAll
  static void start() throws Exception {
    redis = RedisProcess.start(directory);
    rules = Files.writeString(directory.resolve("rules.yaml"), "rules: []");
    beans =
        new AllBeans(
            "redis_url=redis://127.0.0.1:" + redis.port(),
            "redis_health_check_interval=1",
            "performance_monitoring_interval=1",
            "cache_rules_config_file=" + rules);
    beans.engine.start();
    for (String name :
        List.of(
            ObjectNames.OPTIMIZER,
            ObjectNames.ADMISSION,
            ObjectNames.L2,
            ObjectNames.RULES,
            ObjectNames.AGENT)) {
      beans.server.addNotificationListener(
          new ObjectName(name), (notification, handback) -> HEARD.add(notification), null, null);
    }
    await()
        .atMost(PATIENCE)
        .until(() -> beans.engine.cache().redis().unavailableReason().isEmpty());
  }

  @AfterAll
  static void stop() throws JMException {
    beans.close();
    redis.close();
  }

  private static List<Notification> heard(String type, String source) {
    return HEARD.stream()
        .filter(one -> one.getType().equals(type))
        .filter(one -> one.getSource().toString().equals(source))
        .toList();
  }

  private static Notification await1(String type, String source) {
    await().atMost(PATIENCE).until(() -> !heard(type, source).isEmpty());
    return heard(type, source).get(0);
  }

  @Test
  void activations_areToldWithWhatJmxHasOfThem() {
    beans.engine.optimization().optimizer().injectMetric("cpu", 99, 5, System.currentTimeMillis());

    Notification began = await1(NotificationTypes.ACTIVATION_BEGAN, ObjectNames.OPTIMIZER);
    ActivationReport report = ActivationReport.from((CompositeData) began.getUserData());
    assertThat(report.endedAtMillis()).isNull();
    assertThat(report.injected()).isEqualTo("cpu");
    assertThat(began.getMessage()).contains(report.rule(), "entered: ", report.reason());
    assertThat(began.getTimeStamp())
        .isBetween(report.beganAtMillis() - 1, report.beganAtMillis() + 60_000);

    beans.engine.optimization().optimizer().setEnabled(report.rule(), false);
    Notification ended = await1(NotificationTypes.ACTIVATION_ENDED, ObjectNames.OPTIMIZER);
    assertThat(ActivationReport.from((CompositeData) ended.getUserData()).endedAtMillis())
        .isNotNull();
    Notification judged = await1(NotificationTypes.ACTIVATION_JUDGED, ObjectNames.OPTIMIZER);
    assertThat(ActivationReport.from((CompositeData) judged.getUserData()).effect()).isNotEmpty();
  }

  @Test
  void emergency_isToldAtBothEnds() {
    beans.engine.admission().emergency(true, System.nanoTime());
    await1(NotificationTypes.EMERGENCY_BEGAN, ObjectNames.ADMISSION);

    beans.engine.admission().emergency(false, System.nanoTime());
    await1(NotificationTypes.EMERGENCY_ENDED, ObjectNames.ADMISSION);

    // Between two looks.
    beans.engine.admission().emergency(true, System.nanoTime());
    beans.engine.admission().emergency(false, System.nanoTime());
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                heard(NotificationTypes.EMERGENCY_BEGAN, ObjectNames.ADMISSION).size() == 2
                    && heard(NotificationTypes.EMERGENCY_ENDED, ObjectNames.ADMISSION).size() == 2);
  }

  @Test
  void tier_thatIsLost_andIsBack() {
    redis.kill();
    assertThat(await1(NotificationTypes.TIER_FAILED, ObjectNames.L2).getMessage())
        .startsWith("L2 is not used: ")
        .hasSizeGreaterThan("L2 is not used: ".length());

    redis.start();
    await1(NotificationTypes.TIER_RECOVERED, ObjectNames.L2);
  }

  @Test
  void rules_thatAreRejected() throws Exception {
    Files.writeString(rules, "rules: [{name: a, pattern: /a, tll: 5}]");

    assertThat(await1(NotificationTypes.RULE_ERROR, ObjectNames.RULES).getMessage())
        .contains("tll", ":1:");
  }

  @Test
  void agent_thatIsTurnedOff() {
    beans.agent.setEnabled(false);
    try {
      assertThat(await1(NotificationTypes.AGENT_OFF, ObjectNames.AGENT).getMessage())
          .contains("a test");
    } finally {
      beans.agent.setEnabled(true);
    }
  }
}
