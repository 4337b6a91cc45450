package dev.slipstream.it.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the tests of dashboards and alerts see of an expression. */
final class PromQlTest {
  private static List<String> metrics(PromQl read) {
    return read.selectors().stream().map(Selector::metric).toList();
  }

  @Test
  void everyMetric_isSeen_whereverItIs() {
    PromQl read =
        PromQl.of(
            "topk(3, sum by (a) (rate(one{x=\"1\"}[5m] offset 1h)) / (sum(two) > 0)) > bool 0"
                + " and on (b) -three{y!~\"by (z)\"} unless four or vector(1.5e3)");
    assertThat(metrics(read)).containsExactly("one", "two", "three", "four");
    assertThat(read.selectors())
        .extracting(Selector::ranged)
        .containsExactly(true, false, false, false);
    assertThat(read.selectors().get(2).matchers())
        .containsExactly(new Selector.Matcher("y", "!~", "by (z)"));
  }

  @Test
  void labels_thatAreGroupedAndJoinedBy_areNeededOfTheirMetrics() {
    PromQl read = PromQl.of("max(one) by (a, b) * on (c) group_left (d) two");
    assertThat(read.needed())
        .extracting(
            PromQl.Needed::label,
            needed -> needed.of().stream().map(Selector::metric).toList(),
            PromQl.Needed::ofEach)
        .containsExactly(
            tuple("a", List.of("one"), true),
            tuple("b", List.of("one"), true),
            tuple("c", List.of("one", "two"), true),
            tuple("d", List.of("one", "two"), false));
    assertThat(read.labelsOfResult()).containsExactly("a", "b");
    assertThat(PromQl.of("one == 0").labelsOfResult()).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sum(one",
        "one two",
        "rat(one[5m])",
        "rate(one[5m)",
        "one{x=1}",
        "one{x}",
        "sum by a (one)",
        "one + ",
        "one[$__rate_interval]",
        "'one'",
        "one # two",
        ""
      })
  void whatIsNotUnderstood_isRefused(String text) {
    assertThatThrownBy(() -> PromQl.of(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void selector_takesASeries_byAllItsMatchers() {
    Selector selector = PromQl.of("one{a=~\"x.*\", b!=\"2\"}").selectors().get(0);
    assertThat(selector.matches(Map.of("a", "xy", "b", "1"))).isTrue();
    assertThat(selector.matches(Map.of("a", "y", "b", "1"))).isFalse();
    assertThat(selector.matches(Map.of("a", "xy", "b", "2"))).isFalse();
  }
}
