package dev.slipstream.engine.optimize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ThresholdTest {
  @Test
  void position_percent_leavesTenPointsBelow() {
    Threshold threshold = Threshold.percent(90);
    assertThat(threshold.position(90.0)).isEqualTo(Position.BETWEEN);
    assertThat(threshold.position(90.1)).isEqualTo(Position.OVER);
    assertThat(threshold.position(80.0)).isEqualTo(Position.BETWEEN);
    assertThat(threshold.position(79.9)).isEqualTo(Position.UNDER);
  }

  @Test
  void position_smallPercent_leavesAtHalf() {
    Threshold threshold = Threshold.percent(10);
    assertThat(threshold.position(5.0)).isEqualTo(Position.BETWEEN);
    assertThat(threshold.position(4.9)).isEqualTo(Position.UNDER);
  }

  @Test
  void position_duration_leavesATenthBelow() {
    Threshold threshold = Threshold.millis(2_000);
    assertThat(threshold.position(2_001.0)).isEqualTo(Position.OVER);
    assertThat(threshold.position(1_800.0)).isEqualTo(Position.BETWEEN);
    assertThat(threshold.position(1_799.0)).isEqualTo(Position.UNDER);
  }

  @Test
  void position_notMeasured_isUnder() {
    assertThat(Threshold.percent(90).position(null)).isEqualTo(Position.UNDER);
  }

  @Test
  void set_outOfBounds_saysWhatIsAccepted() {
    Threshold threshold = Threshold.percent(90);
    assertThatThrownBy(() -> threshold.set(120))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("threshold 120; accepted: 1 to 99 %");
    assertThatThrownBy(() -> threshold.set(Double.NaN))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(threshold.enter()).isEqualTo(90);
  }

  @Test
  void severity_growsFromThresholdToEnd() {
    Threshold threshold = Threshold.percent(80);
    assertThat(threshold.severity(80.0, 100)).isZero();
    assertThat(threshold.severity(90.0, 100)).isEqualTo(0.5);
    assertThat(threshold.severity(130.0, 100)).isEqualTo(1);
    assertThat(threshold.severity(null, 100)).isZero();
  }
}
