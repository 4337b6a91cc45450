package dev.slipstream.engine.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RecentInvalidationsTest {
  private long nanos = Long.MAX_VALUE - RecentInvalidations.KEPT.toNanos(); // wraps on the way
  private final RecentInvalidations recent = new RecentInvalidations(() -> nanos);

  private PendingInvalidations.Batch batch() {
    PendingInvalidations pending = new PendingInvalidations();
    recent.addTo(pending, key -> !key.startsWith("other"));
    return pending.batch();
  }

  @Test
  void addTo_whatIsNoOlderThanTwoMinutes() {
    recent.add(List.of("a"), List.of());
    recent.addKeys(List.of("apigw:user:1"));
    nanos += RecentInvalidations.KEPT.toNanos();
    recent.add(List.of(), List.of("x*"));
    recent.addKeys(List.of("apigw:user:2"));
    assertBatch(List.of("a"), List.of("x*"), List.of("apigw:user:1", "apigw:user:2"));
    nanos++;
    assertBatch(List.of(), List.of("x*"), List.of("apigw:user:2"));
  }

  private void assertBatch(List<String> tags, List<String> patterns, List<String> keys) {
    PendingInvalidations.Batch batch = batch();
    assertThat(batch.everything()).isFalse();
    assertThat(batch.tags()).isEqualTo(tags);
    assertThat(batch.patterns()).isEqualTo(patterns);
    assertThat(batch.keys()).isEqualTo(keys);
  }

  @Test
  void addTo_overTheBound_isEverythingForAsLong() {
    IntStream.rangeClosed(0, 1_000).forEach(i -> recent.add(List.of("t" + i), List.of()));
    assertThat(batch().everything()).isTrue();
    nanos += RecentInvalidations.KEPT.toNanos() + 1;
    assertThat(batch().isEmpty()).isTrue();
  }

  /** Of what has changed under its key others tell neither tags nor patterns. */
  @Test
  void add_nothing_keepsNothing() {
    recent.add(List.of(), List.of());
    assertThat(recent.size()).isZero();
  }

  @Test
  void addTo_manyKeys_areTheLatest() {
    IntStream.rangeClosed(0, 1_000).forEach(i -> recent.addKeys(List.of("k" + i)));
    assertThat(batch().everything()).isFalse();
    assertThat(batch().keys()).hasSize(1_000).contains("k1", "k1000");
  }

  @Test
  void addTo_keysOfOtherGroups_areNot() {
    recent.addKeys(List.of("one", "other"));
    assertThat(batch().keys()).containsExactly("one");
  }
}
