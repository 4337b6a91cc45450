package dev.slipstream.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.gateway.Caching;
import com.example.gateway.Scenario;
import com.example.gateway.Style;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every way of answering, on every thread, in every container: a client sees no difference between
 * the gateway alone, the gateway with the agent, and an answer from the cache.
 */
@ParameterizedClass
@EnumSource
final class MatrixTest extends GatewayPairTest {
  MatrixTest(Container container) {}

  static Stream<Arguments> stored() {
    return exchanges(Caching.STORED);
  }

  static Stream<Arguments> notStored() {
    return exchanges(Caching.NOT_STORED);
  }

  static Stream<Arguments> optional() {
    return exchanges(Caching.OPTIONAL);
  }

  private static Stream<Arguments> exchanges(Caching caching) {
    return Exchanges.of(gateways().container())
        .filter(exchange -> ((Scenario) exchange.get()[2]).caching() == caching);
  }

  @ParameterizedTest(name = "{0} {1} {2}")
  @MethodSource
  void stored(String contextPath, Style style, Scenario scenario) throws IOException {
    String target = path(contextPath, style, scenario);
    Answer expected = fromBaseline(target);

    Answer miss = fromCached(target);
    miss.assertSameAs(expected);
    assertMiss(miss);

    Answer hit = fromCached(target);
    hit.assertSameAs(expected);
    assertHit(hit);
    assertThat(hit.values("X-Run")).isEqualTo(miss.values("X-Run"));
    assertThat(runs(target)).as("runs of the application").isOne();
  }

  @ParameterizedTest(name = "{0} {1} {2}")
  @MethodSource
  void notStored(String contextPath, Style style, Scenario scenario) throws IOException {
    String target = path(contextPath, style, scenario);

    for (int run = 1; run <= 2; run++) {
      Answer answer = fromCached(target);
      answer.assertSameAs(fromBaseline(target));
      assertNoHit(answer);
      assertThat(runs(target)).as("runs of the application").isEqualTo(run);
    }
  }

  @ParameterizedTest(name = "{0} {1} {2}")
  @MethodSource
  void optional(String contextPath, Style style, Scenario scenario) throws IOException {
    String target = path(contextPath, style, scenario);
    Answer expected = fromBaseline(target);

    fromCached(target).assertSameAs(expected);
    fromCached(target).assertSameAs(expected);
  }
}
