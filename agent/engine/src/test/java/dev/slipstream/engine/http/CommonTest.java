package dev.slipstream.engine.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CommonTest {
  private final Common<Object> common = new Common<>();

  @Test
  void of_anEqualValue_isTheFirst() {
    List<String> first = List.of("a", "b");

    assertThat(common.of(first)).isSameAs(first);
    assertThat(common.of(List.of("a", "b"))).isSameAs(first);
  }

  @Test
  void of_anotherValueInItsPlace_isThatValue() {
    for (int i = 0; i < 10_000; i++) {
      assertThat(common.of(i)).isEqualTo(i);
    }
  }

  @Test
  void sharing_shortTexts_areOneObject_andTheFieldsTheSame() {
    Common<String> texts = new Common<>();
    String longText = "x".repeat(200);
    Fields one = Fields.of("Content-Type", "text/plain", "X-Long", longText);
    Fields same = Fields.of(copy("Content-Type"), copy("text/plain"), "X-Long", copy(longText));

    Fields shared = one.sharing(texts);
    Fields alike = same.sharing(texts);

    assertThat(alike).isEqualTo(one);
    assertThat(alike.first("content-type")).isSameAs(shared.first("content-type"));
    assertThat(alike.first("x-long")).isNotSameAs(shared.first("x-long"));
  }

  private static String copy(String text) {
    return String.valueOf(text.toCharArray());
  }
}
