package dev.slipstream.engine.optimize;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipstream.config.OptimizationLevel;
import dev.slipstream.config.PerformanceMode;
import org.junit.jupiter.api.Test;

class AdaptiveLevelTest {
  private final AdaptiveLevel adaptive =
      new AdaptiveLevel(
          Ladder.of(Samples.settings(PerformanceMode.ACT, OptimizationLevel.ADAPTIVE)));
  private long now = Samples.START;
  private Level least = Level.CONSERVATIVE;

  private Level after(int seconds, double cpu, int helped, int harmed) {
    Level level = adaptive.level();
    for (int i = 0; i <= seconds; i += 5) {
      level = adaptive.advance(Samples.of(now, Metric.CPU, cpu), helped, harmed, least);
      now += 5_000;
    }
    return level;
  }

  @Test
  void advance_pressureForAMinute_goesUp() {
    assertThat(after(55, 95, 0, 0)).isEqualTo(Level.BALANCED);
    assertThat(after(5, 95, 0, 0)).isEqualTo(Level.AGGRESSIVE);
    assertThat(adaptive.why()).isEqualTo("pressure for 60 s");
  }

  @Test
  void advance_moreHarmThanHelp_goesToConservativeAndStaysUnderPressure() {
    assertThat(after(120, 95, 1, 2)).isEqualTo(Level.CONSERVATIVE);
    assertThat(adaptive.why()).isEqualTo("2 activations did harm, 1 helped");
  }

  @Test
  void advance_moreHarmThanHelpWhileProtecting_keepsWhatProtects() {
    after(60, 95, 0, 0);
    least = Level.AGGRESSIVE;
    assertThat(after(60, 95, 0, 2)).isEqualTo(Level.AGGRESSIVE);
    assertThat(after(660, 89, 0, 0)).isEqualTo(Level.AGGRESSIVE);
    least = Level.BALANCED;
    assertThat(after(60, 95, 0, 2)).isEqualTo(Level.BALANCED);
    least = Level.CONSERVATIVE;
    assertThat(after(0, 95, 0, 2)).isEqualTo(Level.CONSERVATIVE);
  }

  @Test
  void advance_harmOutweighedByHelp_stays() {
    assertThat(after(10, 50, 5, 2)).isEqualTo(Level.BALANCED);
  }

  @Test
  void advance_tenCalmMinutes_goesBackToBalanced() {
    after(70, 95, 0, 0);
    assertThat(after(590, 50, 0, 0)).isEqualTo(Level.AGGRESSIVE);
    assertThat(after(10, 50, 0, 0)).isEqualTo(Level.BALANCED);
  }

  @Test
  void ladder_followsTheSettings_andNeverLeavesItsBounds() {
    Ladder ladder = Ladder.of(Samples.settings(PerformanceMode.ACT, OptimizationLevel.BALANCED));
    assertThat(ladder).isEqualTo(new Ladder(90, 95, 98, 80, 90, 95, 70));
  }
}
