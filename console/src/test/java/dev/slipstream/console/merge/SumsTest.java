package dev.slipstream.console.merge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SumsTest {
  @Test
  void share_ofNothing_isNeitherZeroNorOne() {
    assertThat(Sums.share(0, 0)).isNull();
    assertThat(Sums.share(1, 4)).isEqualTo(0.25);
  }

  @Test
  void known_leavesOutWhatIsNotKnown_andIsNullOfNothing() {
    assertThat(Sums.known(Arrays.asList(1.0, null, 2.0), value -> value)).isEqualTo(3);
    assertThat(Sums.known(Arrays.asList((Double) null), value -> value)).isNull();
    assertThat(Sums.greatest(Arrays.asList(1.0, null, 2.0), value -> value)).isEqualTo(2);
    assertThat(Sums.greatest(List.<Double>of(), value -> value)).isNull();
  }

  @Test
  void common_isMixedWhereTextsDiffer() {
    assertThat(Sums.common(List.of("a", "a"))).isEqualTo("a");
    assertThat(Sums.common(List.of("a", "b"))).isEqualTo("mixed");
    assertThat(Sums.common(List.of())).isNull();
  }

  @Test
  void byName_addsUpEachName() {
    assertThat(Sums.byName(List.of(Map.of("a", 1L, "b", 2L), Map.of("b", 3L)), map -> map))
        .isEqualTo(Map.of("a", 1L, "b", 5L));
  }

  @Test
  void weighted_countsEachValueAsOftenAsItWeighs() {
    record Value(Double value, Long weight) {}
    assertThat(
            Weighted.mean(
                List.of(new Value(10.0, 3L), new Value(20.0, 1L), new Value(null, 9L)),
                Value::value,
                Value::weight))
        .isEqualTo(12.5);
    assertThat(
            Weighted.mean(
                List.of(new Value(10.0, null), new Value(20.0, null)), Value::value, Value::weight))
        .as("without any weight each counts once")
        .isEqualTo(15);
    assertThat(Weighted.mean(List.of(new Value(null, 1L)), Value::value, Value::weight)).isNull();
  }

  @Test
  void redisServer_isTheSameWhereverItsAddressWasSet() {
    assertThat(RedisServer.addressOf("redis://r:6379/0 (environment REDIS_URL)"))
        .isEqualTo(RedisServer.addressOf("redis://r:6379/0, (YAML file)"))
        .isEqualTo("redis://r:6379/0");
  }
}
