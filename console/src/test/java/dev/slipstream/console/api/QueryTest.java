package dev.slipstream.console.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueryTest {
  private static final List<String> ACCEPTED = List.of("level", "pattern");

  @Test
  void parse_decodes() {
    Query query = Query.parse("pattern=a%2Ab+%C3%BC%26c&level=l1", ACCEPTED);
    assertThat(query.value("pattern")).contains("a*b ü&c");
    assertThat(query.value("level")).contains("l1");
    assertThat(Query.parse(null, ACCEPTED).value("level")).isEmpty();
    assertThat(Query.parse("", ACCEPTED).value("level")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "levle=l1",
        "level",
        "level=",
        "level=%20",
        "level=l1&level=l1",
        "level=l1&",
        "&",
        "=",
        "level=%zz",
        "level=%",
        "level=%ff",
        "LEVEL=l1",
        "level=l1;pattern=x&x=1"
      })
  void parse_refusesWhatItDoesNotUnderstand(String query) {
    assertThatThrownBy(() -> Query.parse(query, ACCEPTED)).isInstanceOf(ProblemException.class);
  }
}
