package dev.slipstream.console.targets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipstream.console.fake.FakeConsole;
import java.util.List;
import org.junit.jupiter.api.Test;

class CombinedTargetsTest {
  private static TargetAddress address(String text) {
    return TargetAddress.parse(text);
  }

  @Test
  void name_isOneGateways_theFirstOnes_andTheOtherIsTold() {
    Targets first =
        FakeConsole.targets(address("b=127.0.0.1:1"), address("gateway-10.0.0.7=127.0.0.1:2"));
    Targets second =
        FakeConsole.targets(address("a=127.0.0.1:3"), address("gateway-10.0.0.7=127.0.0.1:4"));
    Targets both = new CombinedTargets(List.of(first, second));
    assertThat(both.all()).extracting(Gateway::name).containsExactly("a", "b", "gateway-10.0.0.7");
    assertThat(both.all()).contains(first.all().get(1)).doesNotContain(second.all().get(1));
    assertThat(both.problems())
        .containsExactly("two gateways are called gateway-10.0.0.7, of which one is left out");
  }
}
