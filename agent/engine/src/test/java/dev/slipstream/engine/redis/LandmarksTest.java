package dev.slipstream.engine.redis;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LandmarksTest {
  private final Landmarks landmarks = new Landmarks();

  private long positionBefore(long micros) {
    Landmarks.Landmark landmark = landmarks.before(micros);
    return landmark == null ? -1 : landmark.position();
  }

  @Test
  void before_anInstant_isTheLatestThatIsEarlier() {
    landmarks.add(1, 10, 1_000);
    landmarks.add(1, 20, 2_000);
    assertThat(positionBefore(1_000)).as("at the same instant either may be first").isEqualTo(-1);
    assertThat(positionBefore(1_001)).isEqualTo(10);
    assertThat(positionBefore(2_000)).isEqualTo(10);
    assertThat(positionBefore(2_001)).isEqualTo(20);
  }

  @Test
  void add_whereNothingWasNotedSince_keepsTheEarlier() {
    landmarks.add(1, 10, 1_000);
    landmarks.add(1, 10, 2_000);
    assertThat(positionBefore(1_500)).isEqualTo(10);
  }

  @Test
  void add_inAnotherGeneration_forgetsTheEarlier() {
    landmarks.add(1, 10, 1_000);
    landmarks.add(2, 10, 2_000);
    assertThat(landmarks.generation()).isEqualTo(2);
    assertThat(positionBefore(1_500)).isEqualTo(-1);
  }

  @Test
  void add_whileTheClockIsBehindWhatItSaid_isNotDone() {
    landmarks.add(1, 10, 1_000);
    landmarks.add(1, 10, 5_000);
    landmarks.add(1, 20, 4_000);
    assertThat(positionBefore(4_500)).isEqualTo(10);
    landmarks.add(1, 30, 5_001);
    assertThat(positionBefore(6_000)).isEqualTo(30);
  }

  @Test
  void add_withoutALog_isNotDone() {
    landmarks.add(1, Hearing.NO_LOG, 1_000);
    assertThat(landmarks.generation()).isZero();
  }

  @Test
  void add_veryMany_keepsTheFirstAndTheLatestAndNoneTooLate() {
    for (int i = 1; i <= 100_000; i++) {
      landmarks.add(1, i, 10L * i);
    }
    assertThat(positionBefore(11)).isEqualTo(1);
    assertThat(positionBefore(1_000_001)).isEqualTo(100_000);
    for (int i = 1; i <= 100_000; i += 997) {
      assertThat(positionBefore(10L * i + 1)).isBetween(1L, (long) i);
    }
  }

  @Test
  void forget_leavesNone() {
    landmarks.add(1, 10, 1_000);
    landmarks.forget();
    assertThat(landmarks.generation()).isZero();
    landmarks.add(1, 10, 500);
    assertThat(positionBefore(600)).as("another clock").isEqualTo(10);
  }
}
