package dev.slipstream.engine.http;

import dev.slipstream.config.rules.RequestCondition;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Does a request have what a rule's condition names? Pure. */
final class Conditions {
  private Conditions() {}

  /** Whether one of the conditions holds; false where there is none. */
  static boolean anyHolds(List<RequestCondition> conditions, RequestView request) {
    for (int i = 0; i < conditions.size(); i++) {
      if (holds(conditions.get(i), request)) {
        return true;
      }
    }
    return false;
  }

  private static boolean holds(RequestCondition condition, RequestView request) {
    Predicate<String> accepts = condition::accepts;
    return switch (condition.kind()) {
      case HEADER -> request.all(condition.name()).stream().anyMatch(accepts);
      case COOKIE ->
          request.all("Cookie").stream()
              .flatMap(line -> values(line, ";", condition.name()))
              .anyMatch(accepts);
      case QUERY -> values(request.query(), "&", condition.name()).anyMatch(accepts);
    };
  }

  /** The values of a name in pairs such as {@code a=1; b=2}; empty where it has no equals sign. */
  private static Stream<String> values(@Nullable String pairs, String separator, String name) {
    if (pairs == null) {
      return Stream.empty();
    }
    return Stream.of(pairs.split(separator, -1))
        .map(String::strip)
        .filter(pair -> pair.equals(name) || pair.startsWith(name + '='))
        .map(pair -> pair.substring(Math.min(pair.length(), name.length() + 1)));
  }
}
