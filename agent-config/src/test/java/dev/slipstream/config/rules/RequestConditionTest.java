package dev.slipstream.config.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipstream.config.InvalidValueException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestConditionTest {

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "header:X, -, false",
        "header:X, '', false",
        "header:X, 0, false",
        "header:X, 00, true",
        "header:X, no, true",
        "cookie:a=on, on, true",
        "cookie:a=on, ON, false",
        "cookie:a=on, one, false",
        "cookie:a=on, -, false",
        "cookie:a=0, 0, true",
        "query:a=draft-*, draft-7, true",
        "query:a=draft-*, draft-, true",
        "query:a=draft-*, draft, false",
        "query:a=v?, v2, true",
        "query:a=*, '', true",
      })
  void accepts_value(String condition, String found, boolean expected) throws Exception {
    assertThat(RuleTypes.CONDITION.parse(condition).accepts(found)).isEqualTo(expected);
  }

  @Test
  void parse_ofAValueTooLong() throws Exception {
    assertThat(RuleTypes.CONDITION.parse("query:a=" + "x".repeat(128)).value()).isNotNull();
    assertThatThrownBy(() -> RuleTypes.CONDITION.parse("query:a=" + "x".repeat(129)))
        .isInstanceOf(InvalidValueException.class);
  }

  @Test
  void parse_ofAControlCharacter() {
    assertThatThrownBy(() -> RuleTypes.CONDITION.parse("query:a=x\ny"))
        .isInstanceOf(InvalidValueException.class);
  }

  @Test
  void new_withoutAName() {
    assertThatThrownBy(() -> new RequestCondition(RequestCondition.Kind.QUERY, "", null))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
