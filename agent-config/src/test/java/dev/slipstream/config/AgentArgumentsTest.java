package dev.slipstream.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class AgentArgumentsTest {

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", " ", ",", " , "})
  void parse_ofNothing(String text) {
    assertThat(AgentArguments.parse(text)).isEqualTo(AgentArguments.parse(""));
    assertThat(AgentArguments.parse(text).values()).isEmpty();
    assertThat(AgentArguments.parse(text).problems()).isEmpty();
  }

  @Test
  void parse_splitsAtCommasThatAreNotEscaped() {
    assertThat(AgentArguments.parse("config=/a.yaml, redis.url=redis-cluster://a\\,b,x=C:\\y=z,"))
        .extracting(AgentArguments::values)
        .isEqualTo(Map.of("config", "/a.yaml", "redis_url", "redis-cluster://a,b", "x", "C:\\y=z"));
  }
}
