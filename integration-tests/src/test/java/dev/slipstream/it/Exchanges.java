package dev.slipstream.it;

import com.example.gateway.Scenarios;
import com.example.gateway.Style;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** Every scenario in every style that can carry it, in every context of a container. */
final class Exchanges {
  private Exchanges() {}

  static Stream<Arguments> of(Container container) {
    return container.contextPaths().stream()
        .flatMap(
            contextPath ->
                Arrays.stream(Style.values())
                    .flatMap(
                        style ->
                            Scenarios.all().stream()
                                .filter(scenario -> scenario.suits(style))
                                .map(scenario -> Arguments.of(contextPath, style, scenario))));
  }
}
