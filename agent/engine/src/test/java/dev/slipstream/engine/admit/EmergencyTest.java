package dev.slipstream.engine.admit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class EmergencyTest {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private final Emergency emergency = new Emergency();

  @Test
  void millis_isTheTimeInIt() {
    emergency.begin(10 * SECOND);
    emergency.begin(12 * SECOND);
    assertThat(emergency.isOn(13 * SECOND)).isTrue();
    assertThat(emergency.millis(13 * SECOND)).isEqualTo(3_000);
    emergency.end(15 * SECOND);
    emergency.end(16 * SECOND);
    emergency.begin(20 * SECOND);
    emergency.end(21 * SECOND);

    assertThat(emergency.isOn(22 * SECOND)).isFalse();
    assertThat(emergency.millis(30 * SECOND)).isEqualTo(6_000);
    assertThat(emergency.times()).isEqualTo(2);
  }

  @Test
  void isOn_thoughNobodyEndsIt_endsByItself() {
    emergency.begin(0);
    long longest = Emergency.LONGEST_SECONDS * SECOND;

    assertThat(emergency.isOn(longest - 1)).isTrue();
    assertThat(emergency.isOn(longest)).isFalse();
    emergency.tick(longest + SECOND);
    assertThat(emergency.millis(longest + 9 * SECOND)).isEqualTo(longest / 1_000_000);

    emergency.begin(longest + 10 * SECOND);
    assertThat(emergency.isOn(longest + 11 * SECOND)).isTrue();
    assertThat(emergency.times()).isEqualTo(2);
  }
}
