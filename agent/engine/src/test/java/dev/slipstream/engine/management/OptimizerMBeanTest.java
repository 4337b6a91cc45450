package dev.slipstream.engine.management;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import dev.slipstream.config.Settings;
import dev.slipstream.config.jmx.ActivationReport;
import dev.slipstream.config.jmx.OptimizerMXBean;
import dev.slipstream.config.jmx.RuleMXBean;
import dev.slipstream.engine.AgentLog;
import dev.slipstream.engine.MutableClock;
import dev.slipstream.engine.TestSettings;
import dev.slipstream.engine.cache.Coherence;
import dev.slipstream.engine.cache.MemoryTier;
import dev.slipstream.engine.cache.TieredCache;
import dev.slipstream.engine.codec.FrameCodec;
import dev.slipstream.engine.flight.Flight;
import dev.slipstream.engine.http.HttpCache;
import dev.slipstream.engine.monitor.SystemMonitor;
import dev.slipstream.engine.optimize.Measurements;
import dev.slipstream.engine.optimize.Metric;
import dev.slipstream.engine.optimize.Optimization;
import dev.slipstream.engine.optimize.StalenessBudget;
import dev.slipstream.engine.profile.Endpoints;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import javax.management.JMX;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The optimizer and its rules, as a JMX client sees them. */
class OptimizerMBeanTest {
  private final MutableClock clock = new MutableClock();
  private final Settings settings = TestSettings.with();
  private final TieredCache tiers =
      HttpCache.tiers(
          settings,
          new MemoryTier(settings.cache().maxMemoryBytes(), Duration.ofDays(1), clock),
          FrameCodec.of(settings.cache()),
          new Coherence(null, clock, System::nanoTime),
          clock);
  private final HttpCache cache = new HttpCache(settings, tiers, clock, Runnable::run);
  private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
  private final SystemMonitor monitor = new SystemMonitor(System::nanoTime);
  private final Optimization optimization =
      new Optimization(
          settings,
          cache,
          tiers,
          new Endpoints(cache.endpointNames()),
          monitor,
          StalenessBudget.NONE,
          thread,
          AgentLog.toStandardError(settings.agent().logLevel(), clock),
          new Flight(),
          (what, error) -> {
            throw new AssertionError(what, error);
          },
          clock);
  private final MBeanServer server = MBeanServerFactory.newMBeanServer();
  private OptimizerMXBean bean;
  private RuleMXBean cleanup;

  @BeforeEach
  void register() throws Exception {
    bean = register("a:type=Optimizer", new OptimizerMBean(optimization), OptimizerMXBean.class);
    cleanup =
        register(
            "a:type=Rule",
            new RuleMBean(optimization.optimizer(), "cache_cleanup"),
            RuleMXBean.class);
  }

  private <T> T register(String name, T implementation, Class<T> type) throws Exception {
    ObjectName objectName = new ObjectName(name);
    server.registerMBean(new DescribedMBean(implementation, type), objectName);
    return JMX.newMXBeanProxy(server, objectName, type);
  }

  @AfterEach
  void end() {
    optimization.close();
    monitor.close();
    thread.shutdownNow();
  }

  private void tick(int samples) {
    tick(samples, null);
  }

  private void tick(int samples, @Nullable Double memoryPercent) {
    for (int i = 0; i < samples; i++) {
      optimization
          .optimizer()
          .tick(Measurements.at(clock.millis()).add(Metric.MEMORY, memoryPercent).build());
      for (int beat = 0; beat < 10; beat++) {
        optimization.optimizer().fastTick(clock.millis());
        clock.advance(Duration.ofMillis(500));
      }
    }
  }

  @Test
  void beforeAnything_isHonest() {
    assertThat(bean.getMode()).isEqualTo("act");
    assertThat(bean.getLevel()).isEqualTo("balanced");
    assertThat(bean.getScore()).isNull();
    assertThat(bean.getScoreParts()).isEmpty();
    assertThat(bean.getMeasurements()).isEmpty();
    assertThat(bean.getActivations()).isEmpty();
    assertThat(bean.getRecommendations()).isEmpty();
    assertThat(bean.getPriorityActions()).isEmpty();
    assertThat(cleanup.getState()).isEqualTo("out");
    assertThat(cleanup.getThreshold()).isEqualTo(80);
    assertThat(cleanup.getLeaveThreshold()).isEqualTo(70);
    assertThat(cleanup.getThresholdUnit()).isEqualTo("%");
    assertThat(cleanup.getLastEnteredAtMillis()).isNull();
  }

  @Test
  void injectMetric_setsRulesInMotion_markedEverywhere() {
    assertThat(bean.injectMetric("memory", 85, 30)).isEqualTo("memory is 85.0 % for 30 s");
    tick(3);

    assertThat(bean.getInjectedMetrics()).containsExactly(entry("memory", 85.0));
    assertThat(bean.getMeasurements()).containsEntry("memory", 85.0);
    assertThat(bean.getActiveCount()).isEqualTo(1);
    assertThat(bean.getTriggeredLastHour()).isEqualTo(1);
    ActivationReport activation = bean.getActivations().get(0);
    assertThat(activation.rule()).isEqualTo("cache_cleanup");
    assertThat(activation.injected()).isEqualTo("memory");
    assertThat(activation.verdict()).isEqualTo("pending");
    assertThat(activation.countedMetric()).isEqualTo("memory (%)");
    assertThat(activation.endedAtMillis()).isNull();
    assertThat(cleanup.getState()).isEqualTo("in");
    assertThat(cleanup.getLastReason()).isEqualTo("memory 85.0 %, threshold 80.0 %");

    tick(10);
    assertThat(bean.getInjectedMetrics()).isEmpty();
    assertThat(cleanup.getState()).isEqualTo("cooling_down");
    assertThat(cleanup.getLastVerdict()).isEqualTo("unknown");
    assertThat(cleanup.getLastEffect()).isEqualTo("values were injected");
    assertThat(cleanup.getVerdicts())
        .containsOnly(
            entry("harmed", 0L), entry("helped", 0L), entry("no_effect", 0L), entry("unknown", 1L));
    assertThat(cleanup.getActiveMillis()).isEqualTo(59_000);
  }

  @Test
  void injectMetric_notAccepted_tellsTheClientWhatIs() {
    assertThatThrownBy(() -> bean.injectMetric("memory", 185, 30))
        .hasMessageContaining("memory 185; accepted: 0 to 100, in %");
  }

  @Test
  void setLevel_takesEffect_andAnythingElseIsRefused() {
    bean.setLevel("aggressive");
    assertThat(bean.getLevelInForce()).isEqualTo("aggressive");
    bean.setLevel("adaptive");
    assertThat(bean.getLevelInForce()).isEqualTo("balanced");
    assertThatThrownBy(() -> bean.setLevel("wild"))
        .hasMessageContaining(
            "level \"wild\"; accepted: conservative, balanced, aggressive, adaptive");
  }

  @Test
  void rule_thresholdAndEnabled_areSettable() {
    cleanup.setThreshold(60);
    tick(3, 65.0);
    assertThat(cleanup.getState()).isEqualTo("in");
    cleanup.setEnabled(false);
    assertThat(cleanup.getState()).isEqualTo("disabled");
    assertThat(bean.getActiveCount()).isZero();
    assertThatThrownBy(() -> cleanup.setThreshold(0))
        .hasMessageContaining("threshold 0; accepted: 1 to 99 %");
  }

  @Test
  void attributes_haveDescriptions() throws Exception {
    for (String name : List.of("a:type=Optimizer", "a:type=Rule")) {
      assertThat(server.getMBeanInfo(new ObjectName(name)).getAttributes())
          .allSatisfy(
              one -> assertThat(one.getDescription()).isNotEqualTo(one.getName()).isNotBlank());
    }
  }
}
