package dev.slipstream.engine.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes out for a decision, and what a request is answered with. */
class PayloadTest {
  private static final Fields FIELDS =
      Fields.of(
          "Content-Type",
          "text/plain",
          "Content-Encoding",
          "br",
          "Content-Language",
          "de",
          "ETag",
          "\"1\"",
          "Last-Modified",
          "Sun, 01 Mar 2026 11:00:00 GMT",
          "Cache-Control",
          "max-age=60",
          "Content-Location",
          "/x",
          "Expires",
          "0",
          "Vary",
          "Accept",
          "X-Other",
          "1");

  private static Payload payload(TestStored stored, String... request) {
    return payload("GET", stored.fields(FIELDS).build(), request);
  }

  private static Payload payload(String method, StoredResponse stored, String... request) {
    Content content = Content.of(method, Fields.of(request), stored, true, stored.storedAtMillis());
    return Payload.of(new Decision.Serve(stored, content, 0, 60, "", null));
  }

  private static String body(Payload payload) {
    return new String(payload.body(), StandardCharsets.UTF_8);
  }

  @Test
  void of_whole_isWhatIsStored() {
    Payload payload = payload(new TestStored().status(404).body("0123456789"));

    assertThat(payload.status()).isEqualTo(404);
    assertThat(payload.fields()).isEqualTo(FIELDS);
    assertThat(body(payload)).isEqualTo("0123456789");
    assertThat(payload.lengthStated()).isTrue();
    assertThat(payload(new TestStored().lengthNotStated()).lengthStated()).isFalse();
  }

  /** RFC 9110 §15.4.5. */
  @Test
  void of_notModified_hasTheFieldsOfA304() {
    Payload payload = payload(new TestStored().body("x"), "If-None-Match", "\"1\"");

    assertThat(payload.status()).isEqualTo(304);
    assertThat(payload.body()).isNull();
    assertThat(payload.lengthStated()).isFalse();
    assertThat(payload.fields().names())
        .containsExactly("ETag", "Cache-Control", "Content-Location", "Expires", "Vary");
  }

  @Test
  void of_oneRange_isThatPart() {
    Payload payload = payload(new TestStored().body("0123456789"), "Range", "bytes=2-4");

    assertThat(payload.status()).isEqualTo(206);
    assertThat(body(payload)).isEqualTo("234");
    assertThat(payload.lengthStated()).isTrue();
    assertThat(payload.fields().all("Content-Range")).containsExactly("bytes 2-4/10");
    assertThat(payload.fields().without("content-range"::equals)).isEqualTo(FIELDS);
  }

  @Test
  void of_oneRange_takesThePlaceOfAContentRangeThatIsStored() {
    StoredResponse stored =
        new TestStored().fields("content-range", "x").body("0123456789").build();

    assertThat(payload("GET", stored, "Range", "bytes=2-4").fields())
        .isEqualTo(Fields.of("Content-Range", "bytes 2-4/10"));
  }

  @Test
  void of_oneRangeOfAPart_countsFromTheBodysBegin() {
    StoredResponse part = new TestStored().part("2345", 2, 10).build();

    Payload payload = payload("GET", part, "Range", "bytes=3-4");

    assertThat(body(payload)).isEqualTo("34");
    assertThat(payload.fields().first("Content-Range")).isEqualTo("bytes 3-4/10");
  }

  /** RFC 9110 §14.6: each part has a Content-Range, and the whole has none. */
  @Test
  void of_severalRanges_isMultipart() {
    Payload payload = payload(new TestStored().body("0123456789"), "Range", "bytes=0-0, -1");

    String type = payload.fields().first("Content-Type");
    assertThat(payload.status()).isEqualTo(206);
    assertThat(type).startsWith("multipart/byteranges; boundary=");
    assertThat(payload.fields().all("Content-Type")).hasSize(1);
    assertThat(payload.fields().contains("Content-Range")).isFalse();
    assertThat(body(payload))
        .contains("Content-Range: bytes 0-0/10\r\n", "Content-Range: bytes 9-9/10\r\n")
        .contains("Content-Type: text/plain\r\n")
        .endsWith("--" + type.substring(type.indexOf('=') + 1).replace("\"", "") + "--\r\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"bytes=10-", "bytes=10-20, 30-40", "bytes=-0"})
  void of_rangeBeyondTheBody_saysHowLongItIs(String range) {
    Payload payload = payload(new TestStored().body("0123456789"), "Range", range);

    assertThat(payload.status()).isEqualTo(416);
    assertThat(payload.body()).isEmpty();
    assertThat(payload.lengthStated()).isTrue();
    assertThat(payload.fields().first("Content-Range")).isEqualTo("bytes */10");
    for (String name :
        List.of("Content-Type", "Content-Encoding", "Content-Language", "ETag", "Last-Modified")) {
      assertThat(payload.fields().contains(name)).as(name).isFalse();
    }
    assertThat(payload.fields().contains("X-Other")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"items=0-1", "bytes=", "bytes=x", "bytes=4-2", "bytes 0-1", ""})
  void content_rangeThatIsNone_isTheWhole(String range) {
    assertThat(payload(new TestStored().body("0123456789"), "Range", range).status())
        .isEqualTo(200);
  }

  /** RFC 9110 §14.2: Range is for GET alone, and only where the answer would be a 200. */
  @Test
  void content_rangeOfHeadOrOfAnotherStatus_isTheWhole() {
    StoredResponse stored = new TestStored().fields(FIELDS).body("0123456789").build();

    assertThat(payload("HEAD", stored, "Range", "bytes=0-1").status()).isEqualTo(200);
    assertThat(payload(new TestStored().status(404).body("01"), "Range", "bytes=0-0").status())
        .isEqualTo(404);
    assertThat(payload(new TestStored().status(203).body("01"), "Range", "bytes=0-0").status())
        .isEqualTo(203);
  }

  @Test
  void content_ifRange_decidesAboutRange() {
    String[] same = {"Range", "bytes=0-1", "If-Range", "\"1\""};
    String[] other = {"Range", "bytes=0-1", "If-Range", "\"2\""};

    assertThat(payload(new TestStored().body("0123456789"), same).status()).isEqualTo(206);
    assertThat(payload(new TestStored().body("0123456789"), other).status()).isEqualTo(200);
  }

  /** RFC 9110 §13.2.2: If-None-Match comes before Range. */
  @Test
  void content_conditionAndRange_theConditionFirst() {
    String[] both = {"Range", "bytes=0-1", "If-None-Match", "\"1\""};
    String[] otherTag = {"Range", "bytes=0-1", "If-None-Match", "\"2\""};

    assertThat(payload(new TestStored().body("0123456789"), both).status()).isEqualTo(304);
    assertThat(payload(new TestStored().body("0123456789"), otherTag).status()).isEqualTo(206);
  }

  @Test
  void content_partOfUnknownLength_answersNothing() {
    StoredResponse part = new TestStored().part("2345", 2, ContentRange.UNKNOWN).build();

    assertThat(Content.of("GET", Fields.of("Range", "bytes=2-3"), part, true, 0)).isNull();
    assertThat(Content.of("GET", Fields.EMPTY, part, true, 0)).isNull();
  }

  @Test
  void content_postThatIsCachedByItsBody_isTheWhole() {
    StoredResponse stored = new TestStored().fields(FIELDS).body("0123456789").build();

    assertThat(
            Content.of(
                "POST", Fields.of("Range", "bytes=0-1", "If-None-Match", "\"1\""), stored, true, 0))
        .isEqualTo(Content.WHOLE);
  }
}
