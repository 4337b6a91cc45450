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
        .isEqualTo(
            new PendingInvalidations.Batch(2, false, List.of("a", "b"), List.of("x*"), List.of()));
    assertThat(pending.done(batch)).isTrue();
    assertThat(pending.batch().isEmpty()).isTrue();
  }

  /** Otherwise those that come all the time would keep the server from ever being used. */
  @Test
  void done_whereMoreCameSince_leavesThose() {
    pending.add(List.of("a"), List.of("y"));
    PendingInvalidations.Batch batch = pending.batch();
    pending.add(List.of("b"), List.of("x"));

    assertThat(pending.done(batch)).isFalse();

    assertThat(pending.batch().tags()).containsExactly("b");
    assertThat(pending.batch().patterns()).containsExactly("x");
  }

  @Test
  void done_whereTheSameCameOnceMore_leavesIt() {
    pending.add(List.of("a"), List.of());
    PendingInvalidations.Batch batch = pending.batch();
    pending.add(List.of("a"), List.of());

    assertThat(pending.done(batch)).isFalse();

    assertThat(pending.batch().tags()).containsExactly("a");
  }

  @Test
  void done_whereEverythingCameSince_leavesThat() {
    pending.add(List.of("a"), List.of());
    PendingInvalidations.Batch batch = pending.batch();
    pending.addEverything();

    assertThat(pending.done(batch)).isFalse();

    assertThat(pending.batch().everything()).isTrue();
  }

  @Test
  void done_ofEverything_leavesWhatCameSince() {
    pending.addEverything();
    PendingInvalidations.Batch batch = pending.batch();
    pending.add(List.of("a"), List.of());

    assertThat(pending.done(batch)).isFalse();

    assertThat(pending.batch().everything()).isFalse();
    assertThat(pending.batch().tags()).containsExactly("a");
  }

  @Test
  void add_overTheBound_becomesEverything() {
    pending.add(IntStream.range(0, 4_001).mapToObj(Integer::toString).toList(), List.of());
    pending.add(List.of("a"), List.of());
    assertThat(pending.size()).isEqualTo(1);
    PendingInvalidations.Batch batch = pending.batch();
    assertThat(batch.everything()).isTrue();
    assertThat(batch.globs()).containsExactly("*");
    assertThat(pending.done(batch)).isTrue();
    assertThat(pending.size()).isZero();
  }

  @Test
  void batch_keysAreNoPatterns() {
    pending.addKeys(List.of("k", "l"));
    PendingInvalidations.Batch batch = pending.batch();
    assertThat(batch.keys()).containsExactly("k", "l");
    assertThat(batch.globs()).isEmpty();
    assertThat(batch.hasNoneButKeys()).isTrue();
    assertThat(batch.isEmpty()).isFalse();
    pending.addKeys(List.of("l"));
    assertThat(pending.done(batch)).isFalse();
    assertThat(pending.batch().keys()).containsExactly("l");
    assertThat(pending.size()).isEqualTo(1);
  }
}
