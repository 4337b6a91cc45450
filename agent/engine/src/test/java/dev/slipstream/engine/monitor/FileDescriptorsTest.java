package dev.slipstream.engine.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FileDescriptorsTest {
  private long nanos = Long.MAX_VALUE - 1_000;
  private long cost;
  private int counts;

  private final FileDescriptors descriptors =
      new FileDescriptors(
          () -> {
            nanos += cost;
            return ++counts;
          },
          () -> nanos);

  @Test
  void count_thatTookLong_isRepeatedForAThousandTimesAsLong() {
    cost = 15_000_000;
    assertThat(descriptors.count()).isEqualTo(1);

    nanos += 14_999_999_999L;
    assertThat(descriptors.count()).isEqualTo(1);

    nanos += 1;
    assertThat(descriptors.count()).isEqualTo(2);
  }

  @Test
  void count_thatTookNoTime_isMadeEachTime() {
    assertThat(descriptors.count()).isEqualTo(1);
    assertThat(descriptors.count()).isEqualTo(2);
  }
}
