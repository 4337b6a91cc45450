package dev.slipstream.engine.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PendingInvalidationsTest {
  private final PendingInvalidations pending = new PendingInvalidations();

  @Test
  void take_whatWasAddedOnce() {
    pending.add(List.of("a", "b"), List.of("x*"));
    pending.add(List.of("a"), List.of());
    assertThat(pending.size()).isEqualTo(3);
    assertThat(pending.take())
        .isEqualTo(new PendingInvalidations.Batch(false, List.of("a", "b"), List.of("x*")));
    assertThat(pending.take().isEmpty()).isTrue();
  }

  @Test
  void add_overTheBound_becomesEverything() {
    pending.add(IntStream.range(0, 1_001).mapToObj(Integer::toString).toList(), List.of());
    pending.add(List.of("a"), List.of());
    assertThat(pending.size()).isEqualTo(1);
    PendingInvalidations.Batch batch = pending.take();
    assertThat(batch).isEqualTo(new PendingInvalidations.Batch(true, List.of(), List.of()));
    pending.add(batch);
    assertThat(pending.take().everything()).isTrue();
  }
}
