package dev.slipstream.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.gateway.Caching;
import com.example.gateway.Scenario;
import com.example.gateway.Style;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What {@link MatrixTest} says of a servlet's answers holds for those that enter the application
 * elsewhere: a servlet that is no {@code HttpServlet}, and a filter that answers.
 */
@ParameterizedClass
@EnumSource
final class EntryPointTest extends GatewayPairTest {
  private static final Map<String, Set<Style>> STYLES =
      Map.of(
          "/plain", Set.of(Style.SYNC),
          "/filtered", Set.of(Style.SYNC, Style.ASYNC, Style.DISPATCH_SELF));

  EntryPointTest(Container container) {}

  static Stream<Arguments> exchanges() {
    return STYLES.keySet().stream()
        .flatMap(
            entryPoint ->
                Exchanges.of(gateways().container())
                    .map(exchange -> exchange.get())
                    .filter(exchange -> STYLES.get(entryPoint).contains((Style) exchange[1]))
                    .map(
                        exchange ->
                            Arguments.of(exchange[0] + entryPoint, exchange[1], exchange[2])));
  }

  @ParameterizedTest(name = "{0} {1} {2}")
  @MethodSource
  void exchanges(String entryPoint, Style style, Scenario scenario) throws IOException {
    String target = entryPoint + "/" + style + "/" + scenario;
    Answer expected = fromBaseline(target);

    Answer first = fromCached(target);
    first.assertSameAs(expected);
    Answer second = fromCached(target);
    boolean fresh = scenario.caching() == Caching.NOT_STORED;
    second.assertSameAs(fresh ? fromBaseline(target) : expected);

    if (scenario.caching() == Caching.STORED) {
      assertMiss(first);
      assertHit(second);
      assertThat(runs(target)).as("runs of the application").isOne();
    } else if (scenario.caching() == Caching.NOT_STORED) {
      assertNoHit(first);
      assertNoHit(second);
      assertThat(runs(target)).as("runs of the application").isEqualTo(2);
    }
  }
}
