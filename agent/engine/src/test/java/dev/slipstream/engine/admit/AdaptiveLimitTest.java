package dev.slipstream.engine.admit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Of a limit that begins at 20, where the median is 20 ms when all is well. */
class AdaptiveLimitTest {
  private final AdaptiveLimit limit = new AdaptiveLimit(20, millis(20));

  private static long millis(long count) {
    return count * 1_000_000;
  }

  /** A window in which the limit was reached. */
  private int answered(long medianMillis) {
    limit.answered(millis(medianMillis), limit.get());
    return limit.get();
  }

  @Test
  void afterTrouble_growsByLeapsUntilItIsNotReached() {
    assertThat(answered(1_000)).isEqualTo(20);

    assertThat(answered(25)).isEqualTo(80);
    assertThat(answered(25)).isEqualTo(320);
    limit.answered(millis(20), 100);
    assertThat(limit.get()).isEqualTo(320);
    assertThat(answered(20)).isEqualTo(1_000);
    assertThat(answered(20)).isEqualTo(1_000);
  }

  @Test
  void afterNothingEnded_growsByLeaps() {
    limit.stuck(millis(1_000), 20);

    assertThat(answered(25)).isEqualTo(80);
  }

  @Test
  void withoutTroubleBefore_growsStepByStep() {
    assertThat(answered(20)).isBetween(21, 40);
  }

  @Test
  void leapThatWasTooFar_isTakenBack_andNotTriedForAWhile() {
    answered(1_000);
    answered(20);
    assertThat(answered(20)).isEqualTo(320);

    assertThat(answered(500)).isEqualTo(80);
    for (int i = 1; i < AdaptiveLimit.PAUSE_WINDOWS; i++) {
      answered(500);
      assertThat(answered(25)).isLessThan(120);
    }
  }

  @Test
  void leapAfterWhichNothingEnds_isTakenBack() {
    answered(1_000);
    assertThat(answered(20)).isEqualTo(80);

    limit.stuck(millis(1_000), 80);

    assertThat(limit.get()).isEqualTo(20);
  }

  @Test
  void never_isLessThanWhereItBegan() {
    AdaptiveLimit great = new AdaptiveLimit(2_000, millis(20));
    great.answered(millis(500), 2_000);
    great.answered(millis(20), 2_000);

    assertThat(great.get()).isEqualTo(2_000);
  }
}
