package dev.slipstream.console.performance;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Which endpoints to list, and in which order.
 *
 * @param search part of the names to list, in any case; null for all
 */
public record EndpointSelection(Order order, int limit, @Nullable String search) {

  /** What comes first; endpoints of which that is not known come last. */
  public enum Order {
    /** The busiest. */
    REQUESTS(one -> (double) one.requests()),
    /** The slowest. */
    P95(EndpointFigures::p95Ms),
    /** Those that fail most. */
    ERRORS(EndpointFigures::errorRate),
    /** Those that do worst. */
    SCORE(one -> negative(one.score())),
    /** Those with the fewest hits. */
    HIT_RATE(one -> negative(one.hitRate()));

    @SuppressWarnings("ImmutableEnumChecker") // none of the functions has a state
    private final Function<EndpointFigures, @Nullable Double> key;

    Order(Function<EndpointFigures, @Nullable Double> key) {
      this.key = key;
    }

    /** Its name in the API. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }

    private double weight(EndpointFigures endpoint) {
      Double value = key.apply(endpoint);
      return value == null ? Double.NEGATIVE_INFINITY : value;
    }

    private static @Nullable Double negative(@Nullable Double value) {
      return value == null ? null : Double.valueOf(-value);
    }
  }

  List<EndpointFigures> of(List<EndpointFigures> endpoints) {
    String part = search == null ? "" : search.toLowerCase(Locale.ROOT);
    return endpoints.stream()
        .filter(one -> one.endpoint().toLowerCase(Locale.ROOT).contains(part))
        .sorted(
            Comparator.comparingDouble(order::weight)
                .reversed()
                .thenComparing(EndpointFigures::requests, Comparator.reverseOrder())
                .thenComparing(EndpointFigures::endpoint))
        .limit(limit)
        .toList();
  }
}
