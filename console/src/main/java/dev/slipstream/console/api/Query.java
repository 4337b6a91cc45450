package dev.slipstream.console.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.javalin.http.Context;
import java.net.URLDecoder;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The query of a request, read strictly: neither a misspelt {@code levle=l1}, nor an empty {@code
 * pattern=}, nor a {@code target=%zz} may end in flushing everything.
 */
final class Query {
  private static final char UNDECODABLE = '\uFFFD';

  private static final String PARSED = "dev.slipstream.console.query";

  private final Map<String, String> values;

  private Query(Map<String, String> values) {
    this.values = values;
  }

  static Query of(Context context, String... accepted) {
    Query query = parse(context.queryString(), List.of(accepted));
    context.attribute(PARSED, query);
    return query;
  }

  /** The query of a request whose route has read it. */
  static Optional<Query> parsedOf(Context context) {
    return Optional.ofNullable(context.attribute(PARSED));
  }

  /**
   * Reads it.
   *
   * @throws ProblemException if a parameter is not accepted, has no value, or is there twice
   */
  static Query parse(@Nullable String query, List<String> accepted) {
    Map<String, String> values = new HashMap<>();
    for (String parameter :
        query == null || query.isEmpty() ? new String[0] : query.split("&", -1)) {
      int equals = parameter.indexOf('=');
      String name = decoded(equals < 0 ? parameter : parameter.substring(0, equals));
      String value = equals < 0 ? "" : decoded(parameter.substring(equals + 1));
      if (!accepted.contains(name)) {
        throw ProblemException.invalid(
            "unknown parameter \"" + name + "\"; accepted: " + new TreeSet<>(accepted));
      }
      if (value.isBlank()) {
        throw ProblemException.invalid(
            "parameter " + name + " is empty; leave it out to mean everything");
      }
      if (values.put(name, value) != null) {
        throw ProblemException.invalid("parameter " + name + " is given more than once");
      }
    }
    return new Query(values);
  }

  /** The value of a parameter, if it is there; never blank. */
  Optional<String> value(String name) {
    return Optional.ofNullable(values.get(name));
  }

  /** The same; it has to be there. */
  String needed(String name) {
    return value(name)
        .orElseThrow(() -> ProblemException.invalid("parameter " + name + " is missing"));
  }

  /** A whole number within bounds. */
  int integer(String name, int otherwise, int least, int most) {
    Optional<String> text = value(name);
    if (text.isEmpty()) {
      return otherwise;
    }
    try {
      int number = Integer.parseInt(text.get());
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw ProblemException.invalid(
        name + " \"" + text.get() + "\" is no whole number from " + least + " to " + most);
  }

  /** A number. */
  double number(String name) {
    String text = needed(name);
    try {
      double number = Double.parseDouble(text);
      if (Double.isFinite(number)) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw ProblemException.invalid(name + " \"" + text + "\" is no number");
  }

  /** One of the values of the type of what holds otherwise. */
  <E extends Enum<E>> E oneOf(String name, E otherwise, Function<E, String> label) {
    Optional<String> text = value(name);
    if (text.isEmpty()) {
      return otherwise;
    }
    List<E> values = List.copyOf(EnumSet.allOf(otherwise.getDeclaringClass()));
    return values.stream()
        .filter(value -> label.apply(value).equals(text.get()))
        .findFirst()
        .orElseThrow(
            () ->
                ProblemException.invalid(
                    name
                        + " \""
                        + text.get()
                        + "\" is none of "
                        + values.stream().map(label).collect(Collectors.joining(", "))));
  }

  private static String decoded(String text) {
    String decoded;
    try {
      decoded = URLDecoder.decode(text, UTF_8);
    } catch (IllegalArgumentException e) {
      throw ProblemException.invalid("the query is not well encoded");
    }
    if (decoded.indexOf(UNDECODABLE) >= 0) {
      throw ProblemException.invalid("the query is no UTF-8");
    }
    return decoded;
  }
}
