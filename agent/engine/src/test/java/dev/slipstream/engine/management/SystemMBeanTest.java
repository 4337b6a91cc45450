package dev.slipstream.engine.management;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipstream.config.jmx.MetricHistory;
import dev.slipstream.config.jmx.MetricTrend;
import dev.slipstream.config.jmx.ObjectNames;
import dev.slipstream.config.jmx.SystemMXBean;
import dev.slipstream.engine.MutableClock;
import dev.slipstream.engine.monitor.Metric;
import dev.slipstream.engine.monitor.SystemMonitor;
import java.time.Duration;
import javax.management.JMX;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SystemMBeanTest {
  private final MutableClock clock = new MutableClock();
  private final SystemMonitor monitor = new SystemMonitor(System::nanoTime);
  private final MBeanServer server = MBeanServerFactory.newMBeanServer();
  private ObjectName name;
  private SystemMXBean bean;

  @BeforeEach
  void register() throws Exception {
    name = new ObjectName(ObjectNames.SYSTEM);
    server.registerMBean(
        new DescribedMBean(new SystemMBean(monitor, clock), SystemMXBean.class), name);
    bean = JMX.newMXBeanProxy(server, name, SystemMXBean.class);
  }

  @AfterEach
  void close() {
    monitor.close();
  }

  @Test
  void attributes_beforeTheFirstSample_areAbsent() {
    assertThat(bean.getSampledAtMillis()).isNull();
    assertThat(bean.getHeapUsedBytes()).isNull();
    assertThat(bean.getThreads()).isNull();
  }

  @Test
  void attributes_areThoseOfTheLastSample() {
    var sample = monitor.sample(clock.instant());

    assertThat(bean.getSampledAtMillis()).isEqualTo(clock.instant().toEpochMilli());
    assertThat(bean.getHeapUsedBytes()).isEqualTo(sample.heap().usedBytes());
    assertThat(bean.getHeapMaxBytes()).isEqualTo(Runtime.getRuntime().maxMemory());
    assertThat(bean.getAllowedProcessors()).isEqualTo(sample.cpu().allowedCpus());
    assertThat(bean.getDiskTotalBytes()).isEqualTo(sample.disk().totalBytes());
    assertThat(bean.getProcessCpuPercent()).isNull();
  }

  @Test
  void history_isTimesAndValues_inOpenTypes() throws Exception {
    rise(3);

    MetricHistory history = bean.history("hit_rate", 600);
    Object sent =
        server.invoke(
            name,
            "history",
            new Object[] {"hit_rate", 600},
            new String[] {String.class.getName(), int.class.getName()});

    assertThat(history.unit()).isEqualTo("percent");
    assertThat(history.stepMillis()).isEqualTo(1_000);
    assertThat(history.means()).containsExactly(0, 1, 2);
    assertThat(history.maxima()).containsExactly(0, 1, 2);
    assertThat(history.timesMillis()).hasSize(3).isSorted();
    assertThat(sent).isInstanceOf(CompositeData.class);
    assertThat(bean.history("hit_rate", 15).means()).containsExactly(1, 2);
  }

  @Test
  void trend_andWhenALevelIsReached() {
    rise(60); // one in 10 seconds

    MetricTrend trend = bean.trend("hit_rate");

    assertThat(trend.perMinute()).isEqualTo(6);
    assertThat(trend.level()).isEqualTo(59);
    assertThat(trend.confidence()).isGreaterThan(0.99);
    assertThat(bean.minutesUntil("hit_rate", 89)).isEqualTo(5);
    assertThat(bean.minutesUntil("hit_rate", 10)).isNull();
  }

  @Test
  void trend_ofThinData_isAbsent() {
    rise(5);

    assertThat(bean.trend("hit_rate")).isNull();
    assertThat(bean.minutesUntil("hit_rate", 90)).isNull();
  }

  @Test
  void unknownMetric_isRefused_withThoseThatThereAre() {
    assertThatThrownBy(() -> bean.history("cpus", 60))
        .hasStackTraceContaining("no such metric: cpus")
        .hasStackTraceContaining("host_cpu (percent)");
    assertThatThrownBy(() -> bean.history("host_cpu", 0)).hasStackTraceContaining("more than 0");
    assertThat(bean.getMetrics()).hasSize(Metric.values().length).contains("threads (threads)");
  }

  private void rise(int points) {
    for (int i = 0; i < points; i++) {
      clock.advance(Duration.ofSeconds(10));
      monitor.history().record(Metric.HIT_RATE, (double) i, clock.instant());
    }
  }
}
