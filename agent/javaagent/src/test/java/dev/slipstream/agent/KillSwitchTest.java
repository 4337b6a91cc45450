package dev.slipstream.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipstream.engine.ErrorBreaker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KillSwitchTest {
  @TempDir Path directory;
  private TestAgent agent;

  @BeforeEach
  void makeAgent() {
    agent = new TestAgent(directory.resolve("agent.log"));
  }

  @Test
  void serveWith_letsRequestsThrough() {
    assertThat(agent.killSwitch.isOn()).isFalse();

    agent.killSwitch.serveWith(agent.dispatcher, agent.errors);

    assertThat(agent.killSwitch.isOn()).isTrue();
    assertThat(agent.killSwitch.reason()).isEmpty();
    assertThat(TestAgent.handler).isSameAs(agent.dispatcher);
  }

  @Test
  void off_letsRequestsPassAndSaysWhy() {
    agent.killSwitch.serveWith(agent.dispatcher, agent.errors);

    agent.killSwitch.off("a test");

    assertThat(agent.killSwitch.isOn()).isFalse();
    assertThat(agent.killSwitch.reason()).isEqualTo("a test");
    assertThat(TestAgent.handler).isNull();
  }

  @Test
  void eachChange_isTold() {
    agent.killSwitch.serveWith(agent.dispatcher, agent.errors);
    agent.killSwitch.off("a test");
    agent.killSwitch.on();

    assertThat(agent.state).containsExactly("on", "off (a test)", "on");
  }

  /** The gate may be another agent's by then. */
  @Test
  void on_afterGateWasClosed_changesNothing() {
    agent.killSwitch.serveWith(agent.dispatcher, agent.errors);
    agent.gate.close();
    assertThat(TestAgent.handler).isNull();
    Function<Object[], Object> anotherAgent = call -> null;
    TestAgent.handler = anotherAgent;

    agent.killSwitch.on();
    agent.killSwitch.off("too late");
    agent.gate.close();

    assertThat(TestAgent.handler).isSameAs(anotherAgent);
    assertThat(agent.killSwitch.isOn()).isFalse();
  }

  @Test
  void on_afterOff_isAsBefore() {
    agent.killSwitch.serveWith(agent.dispatcher, agent.errors);
    agent.killSwitch.off("a test");

    agent.killSwitch.on();

    assertThat(TestAgent.handler).isSameAs(agent.dispatcher);
    assertThat(agent.killSwitch.reason()).isEmpty();
  }

  /** Law 1: after 50 errors the agent is off; turned on again, it may be off again. */
  @Test
  void errors_tooMany_turnItOffEachTime() throws Exception {
    agent.killSwitch.serveWith(agent.dispatcher, agent.errors);
    for (int round = 1; round <= 2; round++) {
      for (int i = 0; i < ErrorBreaker.GREATEST_COUNT; i++) {
        assertThat(agent.killSwitch.isOn()).isTrue();
        agent.provokeError();
      }
      assertThat(agent.killSwitch.isOn()).isFalse();
      assertThat(agent.killSwitch.reason()).isEqualTo("too many errors");
      agent.killSwitch.on();
      assertThat(agent.errors.recent()).isZero();
    }

    assertThat(Files.readString(directory.resolve("agent.log")).lines())
        .filteredOn(line -> line.contains("the agent is off now"))
        .hasSize(2);
  }
}
