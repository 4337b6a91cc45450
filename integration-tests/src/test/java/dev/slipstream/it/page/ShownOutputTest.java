package dev.slipstream.it.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What counts as output that a page shows. */
final class ShownOutputTest {
  @ParameterizedTest
  @CsvSource({
    "Age: 1, Age: 23",
    "hit; ttl=59, hit; ttl=57",
    "in …/conf on 17, in /tmp/conf on 25",
    "PID  MAIN, PID     MAIN CLASS",
  })
  void outputWithOtherNumbersAndGaps_isShown(String shown, String output) {
    assertShown(List.of(shown), "before\n" + output + "\nafter\n");
  }

  @ParameterizedTest
  @CsvSource({
    "hit, miss",
    "stored; ttl=60, stored; ttl=600",
    "fwd-status=200, fwd-status=404",
    "0, 1",
  })
  void otherOutput_isNot(String shown, String output) {
    assertNotShown(List.of(shown), output + "\n");
  }

  @Test
  void answers_areTheSameAndOthersAsShown() {
    assertShown(List.of("answer 7: a", "answer 7: a"), "answer 1: a\nanswer 1: a\n");
    assertShown(List.of("answer 7: a", "answer 8: a"), "answer 1: a\nanswer 2: a\n");
    assertNotShown(List.of("answer 7: a", "answer 7: a"), "answer 1: a\nanswer 2: a\n");
    assertNotShown(List.of("answer 7: a", "answer 8: a"), "answer 1: a\nanswer 1: a\n");
  }

  @Test
  void lines_areInOrder() {
    assertNotShown(List.of("hit", "miss"), "miss\nhit\n");
  }

  private static void assertShown(List<String> shown, String output) {
    assertThat(ShownOutput.missing(shown, output)).isEmpty();
  }

  private static void assertNotShown(List<String> shown, String output) {
    assertThat(ShownOutput.missing(shown, output)).isNotEmpty();
  }
}
