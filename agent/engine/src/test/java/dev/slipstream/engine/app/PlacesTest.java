package dev.slipstream.engine.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.Test;

class PlacesTest {
  private final Places places = new Places(2);

  @Test
  void take_moreThanThereAre_getsNone() {
    Places.Place first = Objects.requireNonNull(places.take(0, 100));
    assertThat(places.take(0, 100)).isNotNull();
    assertThat(places.take(99, 199)).isNull();
    first.giveBack();
    assertThat(places.take(99, 199)).isNotNull();
    assertThat(places.take(99, 199)).isNull();
  }

  @Test
  void take_oneThatWasNotGivenBackInTime_isTakenOver() {
    Places.Place late = Objects.requireNonNull(places.take(0, 100));
    assertThat(places.take(0, 200)).isNotNull();
    assertThat(places.take(100, 200)).isNotNull();
    assertThat(places.take(100, 200)).isNull();
    late.giveBack();
    assertThat(places.take(100, 200)).as("it is another's now").isNull();
  }
}
