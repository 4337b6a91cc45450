package com.example.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ConnectionFieldsTest {

  @Test
  void contains_wellKnownField_inAnyCase() {
    var fields = new ConnectionFields(List.of());

    assertThat(fields.contains("Transfer-Encoding")).isTrue();
    assertThat(fields.contains("keep-alive")).isTrue();
    assertThat(fields.contains("Cache-Control")).isFalse();
  }

  @Test
  void contains_fieldNamedInConnection() {
    var fields = new ConnectionFields(List.of("close, X-One", "x-two"));

    assertThat(fields.contains("x-one")).isTrue();
    assertThat(fields.contains("X-Two")).isTrue();
    assertThat(fields.contains("X-Three")).isFalse();
  }
}
