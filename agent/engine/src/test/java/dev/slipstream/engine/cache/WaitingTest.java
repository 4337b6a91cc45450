package dev.slipstream.engine.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WaitingTest {
  private final Waiting waiting = new Waiting();
  private final List<Invalidation> underWay = new ArrayList<>();

  private static Invalidation tag(String tag) {
    return Invalidation.of(Set.of(tag), Set.of());
  }

  @Test
  void add_whileOneIsCarriedOut_isJoinedToTheNext() {
    assertThat(waiting.add(tag("a"))).isTrue();
    assertThat(waiting.moveTo(underWay)).isEqualTo(tag("a"));

    assertThat(waiting.add(tag("b"))).isFalse();
    assertThat(waiting.add(Invalidation.of(Set.of("c"), Set.of("x*")))).isFalse();

    assertThat(waiting.again()).isTrue();
    assertThat(waiting.moveTo(underWay)).isEqualTo(Invalidation.of(Set.of("b", "c"), Set.of("x*")));
    assertThat(waiting.again()).isFalse();
    assertThat(waiting.add(tag("d"))).as("the next is on its own again").isTrue();
  }

  @Test
  void concerns_whatWaits_untilItIsUnderWay() {
    waiting.add(tag("a"));
    assertThat(waiting.concerns("k", List.of("a"))).isTrue();
    assertThat(waiting.concerns("k", List.of("b"))).isFalse();

    waiting.moveTo(underWay);
    assertThat(waiting.concerns("k", List.of("a"))).isFalse();
    assertThat(underWay).containsExactly(tag("a"));
  }

  @Test
  void add_overTheBound_isEverything() {
    for (int i = 0; i <= Waiting.MOST; i++) {
      waiting.add(tag("t" + i));
    }

    assertThat(waiting.moveTo(underWay)).isEqualTo(Invalidation.EVERYTHING);
  }
}
