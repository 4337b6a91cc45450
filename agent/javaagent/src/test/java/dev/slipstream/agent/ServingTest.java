package dev.slipstream.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipstream.config.LogLevel;
import dev.slipstream.config.jmx.ObjectNames;
import dev.slipstream.engine.AgentLog;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import javax.management.InstanceAlreadyExistsException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServingTest {
  private static final MBeanServer SERVER = ManagementFactory.getPlatformMBeanServer();

  @TempDir Path directory;
  private final List<String> state = new ArrayList<>();
  private TestAgent agent;
  private AgentLog log;

  @BeforeEach
  void makeLog() {
    agent = new TestAgent(directory.resolve("parts.log"));
    log = AgentLog.to(directory.resolve("agent.log"), LogLevel.INFO, InstantSource.system());
  }

  @AfterEach
  void closeLog() {
    log.close();
  }

  @Test
  void close_endsBeansAndThreads() throws Exception {
    Serving serving = make();
    serving.begin();
    assertThat(beans()).contains(new ObjectName(ObjectNames.AGENT), new ObjectName(ObjectNames.L1));
    assertThat(state).containsExactly("on");

    agent.gate.close();
    serving.close();

    assertThat(beans()).isEmpty();
    assertHousekeepingEnds();
  }

  @Test
  void make_whereANameIsTaken_leavesNothingBehind() throws Exception {
    ObjectName taken = new ObjectName(ObjectNames.L1);
    SERVER.registerMBean(new javax.management.timer.Timer(), taken);
    try {
      assertThatThrownBy(this::make).isInstanceOf(InstanceAlreadyExistsException.class);

      assertThat(beans()).containsExactly(taken);
      assertHousekeepingEnds();
    } finally {
      SERVER.unregisterMBean(taken);
    }
  }

  private Serving make() throws Exception {
    JaxRs resources = new JaxRs(() -> {});
    return Serving.make(
        agent.gate, resources, agent.loaded, log, agent.targets, state::add, rules -> {});
  }

  private static Iterable<ObjectName> beans() throws Exception {
    return SERVER.queryNames(new ObjectName("dev.slipstream:*"), null);
  }

  private static void assertHousekeepingEnds() throws InterruptedException {
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().equals("slipstream-housekeeping")) {
        thread.join(10_000);
        assertThat(thread.isAlive()).isFalse();
      }
    }
  }
}
