package dev.slipstream.agent;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GatewayNameTest {
  @ParameterizedTest
  @CsvSource({
    "com.example.Gateway --password=x, Gateway",
    "/opt/gateway-1.0.jar --port 80, gateway-1.0.jar",
    "gateway.jar, gateway.jar",
    "com.example/com.example.Main, Main",
    "Main, Main",
    "'', java",
    ", java"
  })
  void of_isWhatRuns_withoutArguments(@Nullable String command, String name) {
    assertThat(GatewayName.of(command, 42)).isEqualTo(name + " (42)");
  }
}
