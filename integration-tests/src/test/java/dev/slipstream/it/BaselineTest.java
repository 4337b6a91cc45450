package dev.slipstream.it;

import com.example.gateway.Scenario;
import com.example.gateway.Style;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The comparison itself: two gateways without the agent answer alike, so what the other tests find
 * is the agent's doing.
 */
@ParameterizedClass
@EnumSource
final class BaselineTest {
  private static GatewayProcess first;
  private static GatewayProcess second;
  private static Container started;

  BaselineTest(Container container) {}

  @BeforeParameterizedClassInvocation
  static void start(Container container) {
    started = container;
    first = GatewayProcess.of(container).start();
    second = GatewayProcess.of(container).start();
  }

  @AfterParameterizedClassInvocation
  static void stop() {
    first.close();
    second.close();
  }

  static Stream<Arguments> exchanges() {
    Set<Style> styles = EnumSet.of(Style.SYNC, Style.ASYNC_START);
    return Exchanges.of(started).filter(exchange -> styles.contains((Style) exchange.get()[1]));
  }

  @ParameterizedTest(name = "{0} {1} {2}")
  @MethodSource("exchanges")
  void twoGatewaysWithoutAgent_answerAlike(String contextPath, Style style, Scenario scenario)
      throws IOException {
    String target = GatewayPairTest.path(contextPath, style, scenario);

    try (HttpConnection toFirst = new HttpConnection(first.port());
        HttpConnection toSecond = new HttpConnection(second.port())) {
      toFirst.get(target).assertSameAs(toSecond.get(target));
    }
  }
}
