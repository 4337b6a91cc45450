package dev.slipstream.it.beyond;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipstream.it.Answer;
import dev.slipstream.it.conformance.Reply;
import dev.slipstream.it.conformance.Resource;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers from the cache in gzip, where a rule says so. */
final class GzipTest extends BeyondTest {
  private static final String GZIP = "Accept-Encoding: gzip";
  private static final String TEXT = "Content-Type: text/plain;charset=utf-8";
  private static final String BODY = "a line that comes again\n".repeat(100);

  private Resource stored(String body, String... fields) {
    Resource resource = resource("gzip").answers(request -> Reply.ok(body, fields));
    awaitStored(resource);
    return resource;
  }

  private static String gunzipped(Answer answer) throws IOException {
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(answer.bytes()))) {
      return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }

  private static void assertIdentity(Answer answer, String body) {
    assertThat(answer.status()).as("%s", answer).isEqualTo(200);
    assertThat(answer.body()).isEqualTo(body);
    assertThat(answer.values("Content-Encoding")).as("%s", answer).isEmpty();
  }

  @Test
  void firstAnswer_isInGzip_andStoredAsMade() throws IOException {
    Resource resource = resource("gzip").answers(r -> Reply.ok(BODY, FRESH, TEXT, "ETag: \"a\""));

    Answer answer = get(resource, GZIP);

    assertThat(answer.cacheStatus()).contains("fwd=uri-miss");
    assertThat(answer.values("Vary")).containsExactly("Accept-Encoding");
    if (proxy.isAsynchronous()) {
      assertIdentity(answer, BODY); // it had no byte before it went asynchronous
    } else {
      assertThat(answer.values("Content-Encoding")).containsExactly("gzip");
      assertThat(gunzipped(answer)).isEqualTo(BODY);
      assertThat(answer.values("Content-Length")).containsExactly("" + answer.body().length());
      assertThat(answer.values("ETag")).containsExactly("W/\"a\"");
    }
    awaitStored(resource);
    Answer stored = assertReused(resource);
    assertIdentity(stored, BODY);
    assertThat(stored.values("ETag")).containsExactly("\"a\"");
  }

  @Test
  void firstAnswer_forOthers_isAsMade_andSaysThatOthersMayDiffer() throws IOException {
    Resource resource = resource("gzip").answers(r -> Reply.ok(BODY, FRESH, TEXT, "ETag: \"a\""));

    Answer answer = get(resource);

    assertIdentity(answer, BODY);
    assertThat(answer.values("Vary")).containsExactly("Accept-Encoding");
    assertThat(answer.values("ETag")).containsExactly("\"a\"");
  }

  /** BREACH: what is one identity's may hold its secrets beside what others have put there. */
  @Test
  void answerOfOneIdentity_isAsMade() throws IOException {
    Resource resource = resource("each").answers(request -> Reply.ok(BODY, FRESH, TEXT));

    assertIdentity(get(resource, GZIP, "Authorization: Bearer alice"), BODY);
  }

  @Test
  void hit_isInGzipForWhoAcceptsIt() throws IOException {
    Resource resource = stored(BODY, FRESH, TEXT, "ETag: \"a\"");

    Answer answer = assertReused(resource, resource.path(), GZIP);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.values("Content-Encoding")).containsExactly("gzip");
    assertThat(gunzipped(answer)).isEqualTo(BODY);
    assertThat(answer.body().length()).isLessThan(BODY.length() / 2);
    assertThat(answer.values("Content-Length")).containsExactly("" + answer.body().length());
    assertThat(answer.values("ETag")).containsExactly("W/\"a\"");
    assertThat(answer.values("Vary")).containsExactly("Accept-Encoding");
    assertThat(answer.values("Content-Type")).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "gzip, deflate, br",
        "br;q=1.0, gzip;q=0.8, *;q=0.1",
        "*",
        "GZIP",
        "x-gzip",
        "gzip;q=0.001"
      })
  void accepted_isInGzip(String codings) throws IOException {
    Resource resource = stored(BODY, FRESH, TEXT);

    Answer answer = assertReused(resource, resource.path(), "Accept-Encoding: " + codings);

    assertThat(gunzipped(answer)).isEqualTo(BODY);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"br", "", "identity", "gzip;q=0", "gzip;q=0.000", "*, gzip;q=0", "gzipped"})
  void notAccepted_isAsMade(String codings) throws IOException {
    Resource resource = stored(BODY, FRESH, TEXT, "ETag: \"a\"");

    Answer answer = assertReused(resource, resource.path(), "Accept-Encoding: " + codings);

    assertIdentity(answer, BODY);
    assertThat(answer.values("Vary")).containsExactly("Accept-Encoding");
    assertThat(answer.values("ETag")).containsExactly("\"a\"");
  }

  @Test
  void withoutTheField_isAsMade() throws IOException {
    Resource resource = stored(BODY, FRESH, TEXT);

    assertIdentity(assertReused(resource), BODY);
  }

  @Test
  void withoutTheRule_isAsMade() throws IOException {
    Resource resource = resource("plain").answers(request -> Reply.ok(BODY, FRESH, TEXT));
    awaitStored(resource);

    Answer answer = assertReused(resource, resource.path(), GZIP);

    assertIdentity(answer, BODY);
    assertThat(answer.values("Vary")).isEmpty();
  }

  @ParameterizedTest(name = RULE)
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          no-transform  | 2400 | Cache-Control: max-age=3600, no-transform + Content-Type: text/plain
          a small body  | 300  | Cache-Control: max-age=3600 + Content-Type: text/plain
          an image      | 2400 | Cache-Control: max-age=3600 + Content-Type: image/png
          of no type    | 2400 | Cache-Control: max-age=3600
          """)
  void notToBeEncoded_isAsMade(String rule, int length, String fields) throws IOException {
    String body = "x".repeat(length);
    Resource resource = stored(body, lines(fields));

    assertIdentity(assertReused(resource, resource.path(), GZIP), body);
  }

  @Test
  void encodedByTheApplication_isNotEncodedAgain() throws IOException {
    String encoded = "(these bytes stand for an encoding) ".repeat(60);
    Resource resource = stored(encoded, FRESH, TEXT, "Content-Encoding: br", "ETag: \"a\"");

    Answer answer = assertReused(resource, resource.path(), GZIP);

    assertThat(answer.body()).isEqualTo(encoded);
    assertThat(answer.values("Content-Encoding")).containsExactly("br");
    assertThat(answer.values("ETag")).containsExactly("\"a\"");
  }

  @Test
  void applicationThatVariesItself_isAskedForEachCoding() throws IOException {
    Resource resource =
        resource("gzip")
            .answers(request -> Reply.ok(BODY, FRESH, TEXT, "Vary: Accept-Encoding, X-One"));
    awaitStored(resource, GZIP);

    Answer answer = assertReused(resource, resource.path(), GZIP);

    assertThat(gunzipped(answer)).isEqualTo(BODY);
    assertThat(answer.values("Vary")).containsExactly("Accept-Encoding, X-One");
  }

  @ParameterizedTest
  @ValueSource(strings = {"W/\"a\"", "\"a\"", "\"b\", W/\"a\"", "*"})
  void tagThatTheClientHas_isNotModified(String tag) throws IOException {
    Resource resource = stored(BODY, FRESH, TEXT, "ETag: \"a\"");

    Answer answer = assertReused(resource, resource.path(), GZIP, "If-None-Match: " + tag);

    assertThat(answer.status()).isEqualTo(304);
    assertThat(answer.body()).isEmpty();
    assertThat(answer.values("Vary")).containsExactly("Accept-Encoding");
    assertThat(answer.values("Content-Encoding")).isEmpty();
  }

  /** RFC 9110 §15.4.5: what the 200 would have had; a strong tag is no client's copy in gzip. */
  @Test
  void notModified_hasTheTagOfTheAnswerItStandsFor() throws IOException {
    Resource resource = stored(BODY, FRESH, TEXT, "ETag: \"a\"");

    Answer gzip = assertReused(resource, resource.path(), GZIP, "If-None-Match: W/\"a\"");
    Answer identity = assertReused(resource, resource.path(), "If-None-Match: \"a\"");

    assertThat(gzip.values("ETag")).containsExactly("W/\"a\"");
    assertThat(identity.values("ETag")).containsExactly("\"a\"");
  }

  @Test
  void head_isThatOfGet() throws IOException {
    Resource resource = stored(BODY, FRESH, TEXT, "ETag: \"a\"");
    Answer expected = assertReused(resource, resource.path(), GZIP);
    int before = resource.requests();

    Answer head = send(Setup.SERVING, "HEAD", resource.path(), GZIP);

    assertThat(resource.requests()).isEqualTo(before);
    assertThat(head.status()).isEqualTo(200);
    for (String name : new String[] {"Content-Encoding", "Content-Length", "ETag", "Vary"}) {
      assertThat(head.values(name)).as(name).isEqualTo(expected.values(name)).isNotEmpty();
    }
  }

  /** RFC 9110 §15.3.7: with the Vary of the 200. */
  @Test
  void range_isOfTheBytesAsMade() throws IOException {
    Resource resource = stored(BODY, FRESH, TEXT, "ETag: \"a\"");

    Answer answer = assertReused(resource, resource.path(), GZIP, "Range: bytes=2-5");

    assertThat(answer.status()).isEqualTo(206);
    assertThat(answer.body()).isEqualTo(BODY.substring(2, 6));
    assertThat(answer.values("Content-Encoding")).isEmpty();
    assertThat(answer.values("Content-Range")).containsExactly("bytes 2-5/" + BODY.length());
    assertThat(answer.values("ETag")).containsExactly("\"a\"");
    assertThat(answer.values("Vary")).containsExactly("Accept-Encoding");
  }

  /** A part of the encoded bytes would not fit to what this one has: all is sent. */
  @Test
  void rangeOfTheEncodedBytes_isAnsweredWhole() throws IOException {
    Resource resource = stored(BODY, FRESH, TEXT, "ETag: \"a\"");

    Answer answer =
        assertReused(resource, resource.path(), GZIP, "Range: bytes=2-5", "If-Range: W/\"a\"");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(gunzipped(answer)).isEqualTo(BODY);
  }

  @Test
  void confirmedAnswer_isInGzipStill() throws IOException {
    Resource resource =
        resource("gzip")
            .answers(
                request ->
                    request.isConditional()
                        ? Reply.notModified(FRESH, "ETag: \"a\"")
                        : Reply.ok(BODY, FRESH, TEXT, "ETag: \"a\""));
    awaitStored(resource);

    Answer answer = assertForwarded(resource, resource.path(), GZIP, "Cache-Control: no-cache");

    assertThat(resource.last().values("If-None-Match")).containsExactly("\"a\"");
    assertThat(gunzipped(answer)).isEqualTo(BODY);
    assertThat(answer.values("ETag")).containsExactly("W/\"a\"");
  }
}
