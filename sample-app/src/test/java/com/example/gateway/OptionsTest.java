package com.example.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OptionsTest {

  @Test
  void parse_noArguments_givesDefaults() {
    assertThat(Options.parse()).isEqualTo(new Options("127.0.0.1", 8080));
  }

  @Test
  void parse_bothOptions_givesTheirValues() {
    assertThat(Options.parse("--port", "0", "--host", "0.0.0.0"))
        .isEqualTo(new Options("0.0.0.0", 0));
  }

  @ParameterizedTest
  @ValueSource(strings = {"--port", "--port x", "--port 65536", "--port -1", "--colour red"})
  void parse_wrongArguments_isRejected(String line) {
    assertThatIllegalArgumentException().isThrownBy(() -> Options.parse(line.split(" ", -1)));
  }
}
