package dev.slipstream.engine.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Parts of a body, stored and combined (RFC 9111 §3.3, §3.4). */
class HttpCachePartialTest {
  private static final String BODY = "0123456789";

  private final TestGateway gateway = new TestGateway();

  private static TestRequest range(String range) {
    return TestRequest.get("/a").field("Range", range);
  }

  private void part(int first, int last, String etag, String... more) {
    Fields.Builder fields = Fields.builder();
    fields.add("Cache-Control", "max-age=60").add("ETag", etag);
    fields.add("Content-Range", "bytes " + first + '-' + last + "/10");
    Fields.of(more).forEach(fields::add);
    Fill fill = gateway.fill(range("bytes=" + first + '-' + last));
    byte[] bytes = BODY.substring(first, last + 1).getBytes(StandardCharsets.UTF_8);
    ResponseHead head = ResponseHead.of(206, Fields.EMPTY, fields.build());
    fill.begin(head);
    fill.append(bytes, 0, bytes.length);
    TestGateway.end(fill, head);
  }

  private String bytes(String range) {
    Decision decision = gateway.decide(range(range));
    return decision instanceof Decision.Serve serve
        ? new String(Payload.of(serve).body(), StandardCharsets.UTF_8)
        : ((Decision.Fetch) decision).why().toString();
  }

  @ParameterizedTest
  @CsvSource({
    "bytes=2-5, 2345",
    "bytes=3-4, 34",
    "bytes=5-5, 5",
    "bytes=-5, PARTIAL",
    "bytes=2-, PARTIAL",
    "bytes=1-5, PARTIAL",
    "bytes=2-6, PARTIAL",
    "'bytes=2-2,8-8', PARTIAL",
    "items=2-3, PARTIAL",
  })
  void decide_rangeWithinThePart(String range, String expected) {
    part(2, 5, "\"1\"");

    assertThat(bytes(range)).isEqualTo(expected);
  }

  @Test
  void decide_thePart_isNotTheWhole() {
    part(2, 5, "\"1\"");

    assertThat(gateway.fetch(TestRequest.get("/a")).why()).isEqualTo(Forward.PARTIAL);
    assertThat(gateway.decide(TestRequest.of("HEAD", "/a"))).isInstanceOf(Decision.Fetch.class);
  }

  @Test
  void decide_beyondTheBody_isUnsatisfiable() {
    part(2, 5, "\"1\"");

    Decision.Serve serve = gateway.serve(range("bytes=10-"));

    assertThat(serve.content()).isEqualTo(new Content.Unsatisfiable(10));
  }

  @ParameterizedTest
  @CsvSource({"3, 7, 234567", "6, 8, 2345678", "0, 1, 012345", "0, 9, 0123456789"})
  void fill_partsThatMeet_areCombined(int first, int last, String combined) {
    part(2, 5, "\"1\"");
    part(first, last, "\"1\"");

    int from = Math.min(2, first);
    int to = Math.max(5, last);
    assertThat(bytes("bytes=" + from + '-' + to)).isEqualTo(combined);
  }

  @Test
  void fill_partsThatAreTheWhole_answerEverything() {
    part(0, 4, "\"1\"");
    part(5, 9, "\"1\"");

    Decision.Serve serve = gateway.serve(TestRequest.get("/a"));
    assertThat(TestGateway.body(serve)).isEqualTo(BODY);
    assertThat(serve.response().status()).isEqualTo(200);
    assertThat(serve.response().fields().contains("Content-Range")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"'\"1\"', '\"2\"'", "'W/\"1\"', 'W/\"1\"'", "'\"1\"', 'W/\"1\"'"})
  void fill_partsWithoutACommonStrongTag_areNotCombined(String first, String second) {
    part(2, 5, first);
    part(6, 8, second);

    assertThat(bytes("bytes=6-8")).isEqualTo("678");
    assertThat(bytes("bytes=2-8")).isEqualTo("PARTIAL");
    assertThat(bytes("bytes=2-5")).isEqualTo("PARTIAL");
  }

  @Test
  void fill_partsWithAGap_theLaterIsKept() {
    part(0, 1, "\"1\"");
    part(8, 9, "\"1\"");

    assertThat(bytes("bytes=8-9")).isEqualTo("89");
    assertThat(bytes("bytes=0-1")).isEqualTo("PARTIAL");
  }

  /** RFC 9111 §3.3: a part of what is stored already takes nothing away. */
  @Test
  void fill_partOfAWholeThatIsStored_leavesTheWhole() {
    gateway.answer(TestRequest.get("/a"), BODY, "Cache-Control", "max-age=60", "ETag", "\"1\"");
    gateway.clock.advanceSeconds(61);
    part(2, 5, "\"1\"");

    assertThat(gateway.outcome(TestRequest.get("/a"))).isEqualTo(BODY);
  }

  @Test
  void fill_partOfAnotherLengthThanItSays_isNotStored() {
    Fill fill = gateway.fill(range("bytes=0-4"));
    TestGateway.complete(
        fill, 206, "012", "Cache-Control", "max-age=60", "Content-Range", "bytes 0-4/10");

    assertThat(gateway.refusals(Refusal.INCOMPLETE)).isEqualTo(1);
    assertThat(bytes("bytes=0-2")).isEqualTo("URI_MISS");
  }

  /** That field is of a 416 (RFC 9110 §14.4): nothing may fail by it, and nothing is stored. */
  @Test
  void fill_contentRangeOfNoRange_isNotStored() {
    Fill fill = gateway.fill(range("bytes=0-0"));
    TestGateway.complete(
        fill, 206, "0", "Cache-Control", "max-age=60", "Content-Range", "bytes */10");

    assertThat(bytes("bytes=0-0")).isEqualTo("URI_MISS");
    assertThat(gateway.cache.counters().stores()).isZero();
  }

  @Test
  void fill_multipartAnswer_isNotStored() {
    Fill fill = gateway.fill(range("bytes=0-0,9-9"));
    TestGateway.complete(
        fill,
        206,
        "--x",
        "Cache-Control",
        "max-age=60",
        "Content-Type",
        "multipart/byteranges; boundary=x");

    assertThat(gateway.refusals(Refusal.STATUS)).isEqualTo(1);
  }
}
