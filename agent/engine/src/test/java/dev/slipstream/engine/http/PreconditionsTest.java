package dev.slipstream.engine.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipstream.engine.MutableClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PreconditionsTest {
  private static final long NOW = MutableClock.START_MILLIS;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "\"1\"   | \"1\"                    | true",
        "\"1\"   | \"2\"                    | false",
        "\"1\"   | W/\"1\"                  | true",
        "W/\"1\" | \"1\"                    | true",
        "W/\"1\" | W/\"1\"                  | true",
        "\"1\"   | \"0\", \"1\"             | true",
        "\"1\"   | \"0\",W/\"1\" ,\"2\"     | true",
        "\"1\"   | \"0\", \"2\"             | false",
        "\"1\"   | \"11\"                   | false",
        "\"a,b\" | \"x\", \"a,b\"           | true",
        "\"b\"   | \"a,\", \"c\"            | false",
        "\", \"  | \"a\", \"b\"             | false",
        "\"1\"   | *                        | true",
        "\"1\"   | ' * '                    | true",
        "\"1\"   | 1                        | false",
        "\"1\"   | \"1                      | false",
        "1       | 1                        | false",
        "\"\"    | \"\"                     | true",
      })
  void notModified_entityTags(String stored, String ifNoneMatch, boolean expected) {
    assertThat(notModified(200, Fields.of("ETag", stored), "If-None-Match", ifNoneMatch))
        .isEqualTo(expected);
  }

  @Test
  void notModified_entityTagOnASecondLine() {
    TestRequest request =
        TestRequest.get("/").field("If-None-Match", "\"0\"").field("If-None-Match", "\"1\"");

    assertThat(Preconditions.notModified(request, stored(200, Fields.of("ETag", "\"1\"")), NOW))
        .isTrue();
  }

  @Test
  void notModified_storedWithoutEntityTag_matchesOnlyAny() {
    assertThat(notModified(200, Fields.EMPTY, "If-None-Match", "\"1\"")).isFalse();
    assertThat(notModified(200, Fields.EMPTY, "If-None-Match", "*")).isTrue();
  }

  @Test
  void notModified_entityTag_winsOverDate() {
    String date = HttpDate.format(NOW);
    Fields fields = Fields.of("ETag", "\"1\"", "Last-Modified", date);

    assertThat(notModified(200, fields, "If-None-Match", "\"2\"", "If-Modified-Since", date))
        .isFalse();
  }

  @ParameterizedTest
  @CsvSource({"-1, false", "0, true", "1, true"})
  void notModified_dates(long secondsAfter, boolean expected) {
    Fields fields = Fields.of("Last-Modified", HttpDate.format(NOW - 60_000));

    assertThat(
            notModified(
                200,
                fields,
                "If-Modified-Since",
                HttpDate.format(NOW - 60_000 + secondsAfter * 1_000)))
        .isEqualTo(expected);
  }

  @Test
  void notModified_datesThatCannotBeRead_doNotCount() {
    String date = HttpDate.format(NOW);

    assertThat(notModified(200, Fields.of("Last-Modified", date), "If-Modified-Since", "0"))
        .isFalse();
    assertThat(notModified(200, Fields.of("Last-Modified", "0"), "If-Modified-Since", date))
        .isFalse();
  }

  /** RFC 9111 §4.3.2: without Last-Modified, Date takes its place. */
  @ParameterizedTest
  @CsvSource({"-1, false", "0, true", "1, true"})
  void notModified_withoutLastModified_dateCounts(long secondsAfter, boolean expected) {
    assertThat(
            notModified(
                200,
                Fields.EMPTY,
                "If-Modified-Since",
                HttpDate.format(NOW + secondsAfter * 1_000)))
        .isEqualTo(expected);
  }

  @Test
  void notModified_ofAPart() {
    assertThat(notModified(206, Fields.of("ETag", "\"1\""), "If-None-Match", "\"1\"")).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"203", "301", "404", "500"})
  void notModified_onlyOfAnAnswerThatIsOk(int status) {
    assertThat(notModified(status, Fields.of("ETag", "\"1\""), "If-None-Match", "\"1\"")).isFalse();
  }

  @Test
  void notModified_unconditionalRequest() {
    assertThat(notModified(200, Fields.of("ETag", "\"1\""))).isFalse();
  }

  private static boolean notModified(int status, Fields stored, String... request) {
    TestRequest asked = TestRequest.get("/");
    Fields.of(request).forEach(asked::field);
    return Preconditions.notModified(asked, stored(status, stored), NOW);
  }

  private static StoredResponse stored(int status, Fields fields) {
    return new TestStored().status(status).fields(fields).build();
  }
}
