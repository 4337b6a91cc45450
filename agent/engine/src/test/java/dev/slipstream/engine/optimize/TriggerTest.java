package dev.slipstream.engine.optimize;

import static dev.slipstream.engine.optimize.Position.BETWEEN;
import static dev.slipstream.engine.optimize.Position.OVER;
import static dev.slipstream.engine.optimize.Position.UNDER;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TriggerTest {
  private static final Duration COOL_DOWN = Duration.ofMinutes(1);

  private final Trigger trigger = new Trigger(Trigger.Timing.STEADY);
  private long nowMillis = 1_000_000;

  /** What each sample, 5 s apart, brings about. */
  private List<Trigger.Step> take(Position... positions) {
    List<Trigger.Step> steps = new ArrayList<>();
    for (Position position : positions) {
      steps.add(trigger.advance(position, nowMillis, COOL_DOWN));
      nowMillis += 5_000;
    }
    return steps;
  }

  @Test
  void advance_threeSamplesOverInARow_enters() {
    assertThat(take(OVER, OVER, OVER))
        .containsExactly(Trigger.Step.NONE, Trigger.Step.NONE, Trigger.Step.ENTER);
    assertThat(trigger.isIn()).isTrue();
  }

  @Test
  void advance_samplesOverWithOneBetween_beginAgain() {
    assertThat(take(OVER, OVER, BETWEEN, OVER, OVER)).containsOnly(Trigger.Step.NONE);
    assertThat(take(OVER)).containsExactly(Trigger.Step.ENTER);
  }

  @Test
  void advance_sixSamplesUnderInARow_leaves() {
    take(OVER, OVER, OVER);
    assertThat(take(UNDER, UNDER, UNDER, UNDER, UNDER)).containsOnly(Trigger.Step.NONE);
    assertThat(take(UNDER)).containsExactly(Trigger.Step.LEAVE);
    assertThat(trigger.isIn()).isFalse();
  }

  @Test
  void advance_betweenWhileIn_staysIn() {
    take(OVER, OVER, OVER);
    take(UNDER, UNDER, UNDER, UNDER, UNDER, BETWEEN);
    assertThat(take(UNDER, UNDER, UNDER, UNDER, UNDER)).containsOnly(Trigger.Step.NONE);
    assertThat(trigger.isIn()).isTrue();
  }

  @Test
  void advance_overWhileCoolingDown_countsOnlyAfterIt() {
    take(OVER, OVER, OVER, UNDER, UNDER, UNDER, UNDER, UNDER, UNDER);
    Position[] minute = new Position[11]; // it left 5 s ago
    java.util.Arrays.fill(minute, OVER);
    assertThat(take(minute)).containsOnly(Trigger.Step.NONE);
    assertThat(take(OVER, OVER, OVER)).contains(Trigger.Step.ENTER);
    assertThat(trigger.isIn()).isTrue();
  }

  @Test
  void advance_coolDown_lastsItsTimeToTheMillisecond() {
    Trigger cooling = new Trigger(new Trigger.Timing(1, 1, true));
    cooling.advance(OVER, 0, COOL_DOWN);
    cooling.advance(UNDER, 1_000, COOL_DOWN);
    assertThat(cooling.isCooling(60_999)).isTrue();
    assertThat(cooling.advance(OVER, 60_999, COOL_DOWN)).isEqualTo(Trigger.Step.NONE);
    assertThat(cooling.advance(OVER, 61_000, COOL_DOWN)).isEqualTo(Trigger.Step.ENTER);
  }

  @Test
  void advance_fastTiming_entersAndLeavesWithinTwoSeconds() {
    Trigger fast = new Trigger(Trigger.Timing.FAST);
    assertThat(fast.advance(OVER, 500, COOL_DOWN)).isEqualTo(Trigger.Step.NONE);
    assertThat(fast.advance(OVER, 1_000, COOL_DOWN)).isEqualTo(Trigger.Step.ENTER);
    assertThat(fast.advance(UNDER, 1_500, COOL_DOWN)).isEqualTo(Trigger.Step.NONE);
    assertThat(fast.advance(UNDER, 2_000, COOL_DOWN)).isEqualTo(Trigger.Step.NONE);
    assertThat(fast.advance(UNDER, 2_500, COOL_DOWN)).isEqualTo(Trigger.Step.LEAVE);
    fast.advance(OVER, 3_000, COOL_DOWN);
    assertThat(fast.advance(OVER, 3_500, COOL_DOWN)).isEqualTo(Trigger.Step.ENTER);
  }

  @Test
  void isIdle_afterCoolDown_nothingIsRemembered() {
    take(OVER, OVER, OVER, UNDER, UNDER, UNDER, UNDER, UNDER, UNDER);
    assertThat(trigger.isIdle(nowMillis)).isFalse();
    assertThat(trigger.isIdle(nowMillis + 60_000)).isTrue();
  }
}
