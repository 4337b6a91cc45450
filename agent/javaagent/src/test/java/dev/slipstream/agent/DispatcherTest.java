package dev.slipstream.agent;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpServlet;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Law 1: whatever is wrong with us, the call goes on with what it was made with. */
class DispatcherTest {
  @TempDir Path directory;
  private TestAgent agent;

  @BeforeEach
  void makeAgent() {
    agent = new TestAgent(directory.resolve("agent.log"));
  }

  @Test
  void apply_targetWithoutAnApi_isNoneOfOurs() {
    Object[] slots = {"no servlet", "request", "response", null, null, "servlet"};

    assertThat(agent.dispatcher.apply(slots)).isNull();

    assertThat(slots).containsExactly("no servlet", "request", "response", null, null, "servlet");
    assertThat(agent.errors.total()).isZero();
  }

  /** The tests' loader has no adapters, as a broken jar would not. */
  @Test
  void apply_adapterThatCannotBeMade_isAnErrorOfOurs() {
    HttpServlet servlet = new HttpServlet() {};
    Object[] slots = {servlet, "request", "response", null, null, "servlet"};

    assertThat(agent.dispatcher.apply(slots)).isNull();
    assertThat(agent.dispatcher.apply(slots)).isNull();

    assertThat(slots).containsExactly(servlet, "request", "response", null, null, "servlet");
    assertThat(agent.errors.total()).isEqualTo(2);
  }
}
