package dev.slipstream.engine.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class WriteQueueTest {
  private static PendingWrite write(int bytes) {
    return new PendingWrite("k", new byte[bytes], 0, "", 0, 0, false);
  }

  @Test
  void offer_overTheCount_isRefused() {
    WriteQueue queue = new WriteQueue(2, 1_000_000);
    assertThat(queue.offer(write(1))).isTrue();
    assertThat(queue.offer(write(1))).isTrue();
    assertThat(queue.offer(write(1))).isFalse();
    assertThat(queue.poll(1, 1_000)).hasSize(1);
    assertThat(queue.offer(write(1))).isTrue();
    assertThat(queue.size()).isEqualTo(2);
  }

  @Test
  void offer_overTheBytes_isRefusedUntilTheyAreTaken() {
    WriteQueue queue = new WriteQueue(100, 3_000);
    assertThat(queue.offer(write(2_000))).isTrue();
    assertThat(queue.offer(write(1_000))).isFalse();
    assertThat(queue.offer(write(500))).isTrue();
    assertThat(queue.poll(10, 10_000)).hasSize(2);
    assertThat(queue.offer(write(2_800))).isTrue();
    assertThat(queue.offer(write(2_800))).isFalse();
  }

  @Test
  void poll_takesTheOldestWithinBothBounds() {
    WriteQueue queue = new WriteQueue(100, 1_000_000);
    for (int i = 0; i < 10; i++) {
      queue.offer(write(1_000 + i));
    }
    assertThat(queue.poll(3, 1_000_000))
        .extracting(w -> w.value().length)
        .containsExactly(1_000, 1_001, 1_002);
    assertThat(queue.poll(100, 2_500)).hasSize(2);
    assertThat(queue.poll(100, 1)).hasSize(1);
    assertThat(queue.size()).isEqualTo(4);
    assertThat(new WriteQueue(1, 1).poll(5, 5)).isEmpty();
  }

  @Test
  void poll_whatSomebodyWaitsFor_first_eachInItsOrder() {
    WriteQueue queue = new WriteQueue(10, 1_000_000);
    for (String key : List.of("a", "B", "c", "D")) {
      boolean awaited = key.equals("B") || key.equals("D");
      CompletableFuture<Boolean> written = awaited ? new CompletableFuture<>() : null;
      queue.offer(new PendingWrite(key, new byte[1], 0, "", 0, 0, false, written));
    }
    assertThat(queue.size()).isEqualTo(4);
    assertThat(queue.poll(3, 1_000_000))
        .extracting(PendingWrite::key)
        .containsExactly("B", "D", "a");
    assertThat(queue.poll(3, 1_000_000)).extracting(PendingWrite::key).containsExactly("c");
  }
}
