package dev.slipstream.it.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipstream.it.Answer;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 9111 §4.2.3 and §5.1: how old a response is, and what says so. */
final class Rfc9111Section423AgeTest extends ConformanceTest {
  private static final String FRESH = "Cache-Control: max-age=3600 + ";

  /** What a slow machine may add, in seconds. */
  private static final int LEEWAY = 20;

  @ParameterizedTest(name = RULE)
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          new                      | X-None: 1                        | 0
          without Date             | -Date                            | 0
          Date in the future       | Date: {now+1h}                   | 0
          Date that is none        | Date: yesterday                  | 0
          Age                      | Age: 100                         | 100
          Date                     | Date: {now-100s}                 | 100
          Age over Date            | Age: 200 + Date: {now-100s}      | 200
          Date over Age            | Age: 100 + Date: {now-300s}      | 300
          Age without Date         | Age: 100 + -Date                 | 100
          the first member         | Age: 0, 7200                     | 0
          """)
  void age_isThatOfTheResponse(String rule, String fields, int expected) throws IOException {
    Resource resource = resource(FRESH + fields);
    get(resource);

    Answer reused = assertReused(resource);

    assertThat(reused.values("Age")).as("%s", reused).singleElement().asString().matches("\\d+");
    assertThat(Integer.parseInt(reused.values("Age").get(0)))
        .as("%s", reused)
        .isBetween(expected, expected + LEEWAY);
  }

  @ParameterizedTest(name = RULE)
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          a lifetime ago               | Age: 3600
          more than a lifetime ago     | Age: 7200
          2^31                         | Age: 2147483648
          more than 2^31               | Age: 99999999999
          more than 2^63               | Age: 9223372036854775808
          by Date                      | Date: {now-2h}
          by Date, with Age            | Date: {now-2h} + Age: 10
          the first member             | Age: 7200, 0
          the first line               | Age: 7200 + Age: 0
          """)
  void oldAge_isStale(String rule, String fields) throws IOException {
    Resource resource = resource(FRESH + fields);
    get(resource);

    assertFetched(resource);
  }

  /** RFC 9111 §5.1: what is no number is ignored, and so is all after the first member. */
  @ParameterizedTest(name = RULE)
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          letters                | Age: abc
          negative               | Age: -10
          decimal                | Age: 10.0
          a parameter            | Age: 10;x=y
          empty                  | Age:
          two lines, old last    | Age: 0 + Age: 7200
          two lines, one invalid | Age: 0 + Age: abc
          """)
  void invalidAge_isIgnored(String rule, String fields) throws IOException {
    Resource resource = resource(FRESH + fields);
    get(resource);

    assertReused(resource);
  }

  /** RFC 9111 §5.1: an Age says that the origin was not asked for this request. */
  @Test
  void fetched_hasNoAgeOfThisCache() throws IOException {
    assertThat(get(resource(FRESH + "X-None: 1")).values("Age")).isEmpty();
  }

  @Test
  void fetched_keepsTheAgeOfAnotherCache() throws IOException {
    assertThat(get(resource(FRESH + "Age: 100")).values("Age")).containsExactly("100");
  }
}
