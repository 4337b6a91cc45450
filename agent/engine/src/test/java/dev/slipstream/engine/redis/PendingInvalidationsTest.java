package dev.slipstream.engine.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PendingInvalidationsTest {
  private final PendingInvalidations pending = new PendingInvalidations();

  @Test
  void batch_whatWasAddedOnce_untilItIsDone() {
    pending.add(List.of("a", "b"), List.of("x*"));
    pending.add(List.of("a"), List.of());
    assertThat(pending.size()).isEqualTo(3);
    PendingInvalidations.Batch batch = pending.batch();
    assertThat(batch)
        .isEqualTo(new PendingInvalidations.Batch(false, List.of("a", "b"), List.of("x*")));
    assertThat(pending.done(batch)).isTrue();
    assertThat(pending.batch().isEmpty()).isTrue();
  }

  @Test
  void done_whereMoreCameSince_leavesAllPending() {
    pending.add(List.of("a"), List.of());
    PendingInvalidations.Batch batch = pending.batch();
    pending.add(List.of(), List.of("x"));
    assertThat(pending.done(batch)).isFalse();
    assertThat(pending.size()).isEqualTo(2);
  }

  @Test
  void add_overTheBound_becomesEverything() {
    pending.add(IntStream.range(0, 4_001).mapToObj(Integer::toString).toList(), List.of());
    pending.add(List.of("a"), List.of());
    assertThat(pending.size()).isEqualTo(1);
    PendingInvalidations.Batch batch = pending.batch();
    assertThat(batch).isEqualTo(new PendingInvalidations.Batch(true, List.of(), List.of()));
    assertThat(pending.done(batch)).isTrue();
    assertThat(pending.size()).isZero();
  }
}
