package dev.slipstream.engine.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class AtOnceTest {
  @Test
  void areAllDoneIn_oneTaskThatWaits_isNotWaitedFor() {
    CountDownLatch latch = new CountDownLatch(1);
    AtOnce<Integer> atOnce =
        new AtOnce<>(
            List.of(
                () -> {
                  latch.await();
                  return 1;
                }));
    assertThat(atOnce.areAllDoneIn(Duration.ofMillis(1))).isFalse();
    latch.countDown();
    assertThat(atOnce.results()).containsExactly(1);
  }

  @Test
  void results_whereNoThreadCanBeMade_areAllThere() {
    AtOnce<Integer> atOnce =
        new AtOnce<>(
            List.of(() -> 1, () -> 2),
            task -> {
              throw new OutOfMemoryError("unable to create native thread");
            });
    assertThat(atOnce.results()).containsExactly(1, 2);
  }
}
