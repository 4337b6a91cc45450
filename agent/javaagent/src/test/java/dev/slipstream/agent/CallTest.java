package dev.slipstream.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipstream.engine.Call;
import org.junit.jupiter.api.Test;

/** The engine's view of a call and the gate agree on the slots. */
class CallTest {
  private final Object[] slots = new Object[6];
  private final Call call = new Call(slots);

  @Test
  void slots_areTheGates() {
    slots[SlipstreamGate.TARGET] = "target";
    slots[SlipstreamGate.FIRST] = "request";
    slots[SlipstreamGate.SECOND] = "response";
    slots[SlipstreamGate.POINT] = "filter";
    slots[SlipstreamGate.EXIT] = "exit";

    assertThat(call.point()).isEqualTo("filter");
    assertThat(call.target()).isEqualTo("target");
    assertThat(call.request()).isEqualTo("request");
    assertThat(call.response()).isEqualTo("response");
  }

  @Test
  void replace_leavesTargetAndExit() {
    slots[SlipstreamGate.TARGET] = "target";
    slots[SlipstreamGate.EXIT] = "exit";

    call.replace("other request", "other response");

    assertThat(slots[SlipstreamGate.TARGET]).isEqualTo("target");
    assertThat(slots[SlipstreamGate.FIRST]).isEqualTo("other request");
    assertThat(slots[SlipstreamGate.SECOND]).isEqualTo("other response");
    assertThat(slots[SlipstreamGate.EXIT]).isEqualTo("exit");
  }

  @Test
  void answered_clearsTheTargetAlone() {
    slots[SlipstreamGate.TARGET] = "target";
    slots[SlipstreamGate.FIRST] = "request";

    call.answered();

    assertThat(slots[SlipstreamGate.TARGET]).isNull();
    assertThat(slots[SlipstreamGate.FIRST]).isEqualTo("request");
  }

  @Test
  void gate_withoutAHandler_letsEveryCallPass() {
    Throwable thrown = new IllegalStateException();

    assertThat(SlipstreamGate.enter("servlet", "target", "request", "response", null)).isNull();
    assertThat(SlipstreamGate.exit(null, thrown)).isSameAs(thrown);
    assertThat(SlipstreamGate.exit(null, null)).isNull();
  }
}
