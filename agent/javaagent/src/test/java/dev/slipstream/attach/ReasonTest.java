package dev.slipstream.attach;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.tools.attach.AgentLoadException;
import com.sun.tools.attach.AttachNotSupportedException;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReasonTest {
  private static final String PROCESS = "process 7 (java)";

  @Test
  void ofAnotherUsersProcess_saysWhoCan() {
    String reason =
        Reason.of(PROCESS, Optional.of("tomcat"), new IOException("Operation not permitted"));

    assertThat(reason)
        .isEqualTo(
            "process 7 (java) is of user tomcat, who alone can attach to it: run this as tomcat");
  }

  @Test
  void ofJvmThatAllowsNoAgents_saysHowItWould() {
    String said =
        "Failed to load agent library: Dynamic agent loading is not enabled. "
            + "Use -XX:+EnableDynamicAgentLoading to launch target VM.";

    assertThat(Reason.of(PROCESS, Optional.empty(), new AgentLoadException(said)))
        .contains("-XX:-EnableDynamicAgentLoading", "-javaagent:slipstream-agent.jar");
  }

  @Test
  void ofJvmThatTakesNoAttachments_saysSo() {
    String said = "The VM does not support the attach mechanism";

    assertThat(Reason.of(PROCESS, Optional.empty(), new AttachNotSupportedException(said)))
        .contains("-XX:+DisableAttachMechanism");
  }

  @Test
  void ofAnythingElse_isWhatTheJdkSaid() {
    assertThat(Reason.of(PROCESS, Optional.empty(), new IOException("Premature EOF")))
        .isEqualTo("process 7 (java) cannot be attached to: Premature EOF (java.io.IOException)");
  }
}
