package dev.slipstream.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentMBeanTest {
  @TempDir Path directory;
  private TestAgent agent;
  private AgentMBean bean;

  @BeforeEach
  void makeAgent() {
    agent = new TestAgent(directory.resolve("agent.log"));
    bean =
        new AgentMBean(
            agent.engine, agent.loaded, agent.killSwitch, agent.targets, InstantSource.system());
    agent.killSwitch.serveWith(agent.dispatcher, agent.errors);
  }

  @Test
  void setEnabled_isTheKillSwitch() throws Exception {
    assertThat(bean.isEnabled()).isTrue();
    assertThat(bean.getDisabledReason()).isEmpty();

    bean.setEnabled(false);
    assertThat(bean.isEnabled()).isFalse();
    assertThat(agent.killSwitch.isOn()).isFalse();
    assertThat(bean.getDisabledReason()).isEqualTo("turned off by JMX");

    bean.setEnabled(true);
    assertThat(bean.isEnabled()).isTrue();
    assertThat(bean.getDisabledReason()).isEmpty();
    assertThat(Files.readAllLines(directory.resolve("agent.log")))
        .hasSize(2)
        .allMatch(line -> line.contains(" WARN the agent was turned o"));
  }

  @Test
  void getErrors_areOurs() {
    agent.provokeError();

    assertThat(bean.getErrors()).isEqualTo(1);
    assertThat(bean.getRecentErrors()).isEqualTo(1);
  }

  @Test
  void getHealth_saysWhatIsWrong() {
    assertThat(bean.getHealth()).isEqualTo("degraded");
    assertThat(bean.getHealthReasons())
        .singleElement()
        .asString()
        .startsWith("configuration: ")
        .contains("no_such_setting");

    agent.provokeError();
    assertThat(bean.getHealthReasons()).contains("errors of the agent within 60 s: 1");

    bean.setEnabled(false);
    assertThat(bean.getHealth()).isEqualTo("off");
    assertThat(bean.getHealthReasons()).contains("the agent is off: turned off by JMX");
  }

  @Test
  void getLoaders_countWhatIsWovenInEach() {
    ClassLoader loader = getClass().getClassLoader();
    agent.targets.add("a.A", loader);
    agent.targets.add("a.B", loader);
    agent.targets.add("a.A", null);

    assertThat(bean.getLoaders()).singleElement().asString().endsWith(": 2 classes");
    assertThat(bean.getGateway()).endsWith(" (" + ProcessHandle.current().pid() + ")");
  }

  @Test
  void getVersion_isTheBuilds() {
    assertThat(bean.getVersion()).matches("[0-9]+\\.[0-9]+\\.[0-9]+.*");
    assertThat(bean.getJavaVersion()).isEqualTo(Runtime.version().toString());
    assertThat(bean.getUptimeMillis()).isNotNegative();
  }

  @Test
  void getConfigurationProblems_areTheSettings() {
    assertThat(bean.getConfigurationProblems())
        .hasSize(1)
        .first()
        .asString()
        .contains("no_such_setting");
  }

  @Test
  void getSettings_eachWithItsOrigin() {
    assertThat(bean.getSettings())
        .contains("cache_max_memory_mb=7 (agent argument cache_max_memory_mb)")
        .contains("cache_mode=serve (default)");
  }

  @Test
  void selfCheck_listsWhatIsWovenAndWrong() {
    agent.targets.add("a.Servlet", null);

    assertThat(bean.selfCheck())
        .contains(bean.summary(), "woven: a.Servlet in the boot loader")
        .contains("errors of the agent: 0, recent: 0")
        .anyMatch(line -> line.startsWith("configuration: ") && line.contains("no_such_setting"));
    assertThat(bean.summary()).contains(bean.getVersion(), "mode serve", "L1 7 MB");
  }

  @Test
  void summary_whileOff_saysWhy() {
    agent.killSwitch.off("a test");

    assertThat(bean.summary()).contains("off (a test)").doesNotContain("mode serve");
  }
}
