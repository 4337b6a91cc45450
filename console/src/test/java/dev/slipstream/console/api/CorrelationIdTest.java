package dev.slipstream.console.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class CorrelationIdTest {

  @Test
  void sane_isEchoed() {
    assertThat(CorrelationId.of("req-1:a.b_C")).isEqualTo("req-1:a.b_C");
    assertThat(CorrelationId.of("x".repeat(128))).hasSize(128);
  }

  @ParameterizedTest
  @NullAndEmptySource
  @ValueSource(strings = {" ", "a b", "a\nb", "<script>", "ä", "a\"b", "{}", "%0d"})
  void anythingElse_isReplaced(String given) {
    assertThat(CorrelationId.of(given)).hasSize(36).isNotEqualTo(given);
    assertThat(CorrelationId.of("x".repeat(129))).hasSize(36);
  }
}
