package dev.slipstream.engine.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TextMemoTest {
  private final List<String> made = new ArrayList<>();
  private final TextMemo<Integer> memo =
      new TextMemo<>(
          4,
          text -> {
            made.add(text);
            return Integer.valueOf(text);
          });

  @Test
  void of_sameText_isMadeOnce() {
    assertThat(memo.of("1000")).isEqualTo(1000);
    assertThat(memo.of(new String("1000"))).isEqualTo(1000);

    assertThat(made).containsExactly("1000");
  }

  @Test
  void of_longText_isMadeEachTime() {
    assertThat(memo.of("10000")).isEqualTo(10_000);
    assertThat(memo.of("10000")).isEqualTo(10_000);

    assertThat(made).hasSize(2);
  }

  // Of ten thousand texts many have the same place.
  @Test
  void of_manyTexts_isEachTimeWhatIsMadeOfThatText() {
    for (int i = 0; i < 20_000; i++) {
      assertThat(memo.of(Integer.toString(i % 10_000))).isEqualTo(i % 10_000);
    }
  }
}
