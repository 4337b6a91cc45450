package dev.slipstream.it.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 9111 §4.1: the variant that a request's fields select. */
final class Rfc9111Section41VaryTest extends ConformanceTest {
  private static final String FRESH = "Cache-Control: max-age=3600 + ";

  @ParameterizedTest(name = RULE)
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          the same value              | Vary: X-One                   | X-One: 1            | X-One: 1
          absent both times           | Vary: X-One                   | X-None: 1           | X-None: 2
          name in another case        | Vary: x-oNE                   | X-One: 1            | x-one: 1
          a field that is not named   | Vary: X-One                   | X-One: 1 + X-Two: 1 | X-One: 1 + X-Two: 2
          two names                   | Vary: X-One, X-Two            | X-One: 1 + X-Two: 2 | X-One: 1 + X-Two: 2
          two names in another order  | Vary: X-One, X-Two            | X-One: 1 + X-Two: 2 | X-Two: 2 + X-One: 1
          two lines                   | Vary: X-One + Vary: X-Two     | X-One: 1 + X-Two: 2 | X-One: 1 + X-Two: 2
          empty members               | Vary: , X-One, , X-Two        | X-One: 1 + X-Two: 2 | X-One: 1 + X-Two: 2
          several lines of values     | Vary: X-One                   | X-One: 1 + X-One: 2 | X-One: 1 + X-One: 2
          an empty Vary               | Vary:                         | X-One: 1            | X-One: 2
          """)
  void matching_isReused(String rule, String vary, String first, String second) throws IOException {
    Resource resource = resource(FRESH + vary);
    get(resource, first);

    assertReused(resource, second);
  }

  @ParameterizedTest(name = RULE)
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          another value               | Vary: X-One               | X-One: 1            | X-One: 2
          absent, then present        | Vary: X-One               | X-None: 1           | X-One: 1
          present, then absent        | Vary: X-One               | X-One: 1            | X-None: 1
          absent, then empty          | Vary: X-One               | X-None: 1           | X-One:
          the second of two names     | Vary: X-One, X-Two        | X-One: 1 + X-Two: 2 | X-One: 1 + X-Two: 3
          the name on a second line   | Vary: X-One + Vary: X-Two | X-One: 1 + X-Two: 2 | X-One: 1 + X-Two: 3
          a second line of values     | Vary: X-One               | X-One: 1 + X-One: 2 | X-One: 1 + X-One: 3
          one line less               | Vary: X-One               | X-One: 1 + X-One: 2 | X-One: 1
          values of other names       | Vary: X-One, X-Two        | X-One: 1 + X-Two: 2 | X-One: 2 + X-Two: 1
          a value split otherwise     | Vary: X-One, X-Two        | X-One: 1,X-Two: 2   | X-One: 1 + X-Two: 2
          any                         | Vary: *                   | X-One: 1            | X-One: 1
          any, then a name            | Vary: *, X-One            | X-One: 1            | X-One: 1
          a name, then any            | Vary: X-One, *            | X-One: 1            | X-One: 1
          any on a second line        | Vary: X-One + Vary: *     | X-One: 1            | X-One: 1
          """)
  void notMatching_isNotReused(String rule, String vary, String first, String second)
      throws IOException {
    Resource resource = resource(FRESH + vary);
    get(resource, first);

    assertFetched(resource, second);
  }

  @Test
  void eachVariant_isReused() throws IOException {
    String[] fields = lines(FRESH + "Vary: X-One");
    Resource resource = resource(Reply.ok(FIRST, fields), Reply.ok(SECOND, fields));
    get(resource, "X-One: 1");
    get(resource, "X-One: 2");

    assertReused(resource, "X-One: 1");
    assertThat(assertNotForwarded("GET", resource, "X-One: 2").body()).isEqualTo(SECOND);
  }

  /** A later response may name more fields than an earlier one. */
  @Test
  void anotherVary_selectsByTheNewNames() throws IOException {
    Resource resource =
        resource(
            Reply.ok(FIRST, lines(FRESH + "Vary: X-One")),
            Reply.ok(SECOND, lines(FRESH + "Vary: X-One, X-Two")),
            Reply.ok("third"));
    get(resource, "X-One: 1 + X-Two: 1");
    get(resource, "X-One: 2 + X-Two: 2");

    assertThat(assertForwarded(resource, "X-One: 2 + X-Two: 3").body()).isEqualTo("third");
  }
}
