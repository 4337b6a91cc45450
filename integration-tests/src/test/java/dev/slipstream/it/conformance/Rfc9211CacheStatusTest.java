package dev.slipstream.it.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipstream.it.Answer;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9211: what the cache says it did. */
final class Rfc9211CacheStatusTest extends ConformanceTest {
  private static final String FRESH = "Cache-Control: max-age=3600";
  private static final String STALE = "Cache-Control: max-age=10 + Age: 20";

  private static CacheStatusMember ours(Answer answer) {
    CacheStatusMember last = CacheStatusMember.last(answer);
    assertThat(last.cache()).as("%s", answer).isEqualTo("Slipstream");
    return last;
  }

  private static CacheStatusMember forwarded(Answer answer, String why) {
    CacheStatusMember ours = ours(answer);
    assertThat(ours.parameters()).as("%s", answer).containsEntry("fwd", why);
    assertThat(ours.parameters()).as("hit and fwd exclude each other").doesNotContainKey("hit");
    return ours;
  }

  @Test
  void hit() throws IOException {
    Resource resource = resource(FRESH);
    get(resource);

    CacheStatusMember ours = ours(assertReused(resource));

    assertThat(ours.parameters())
        .containsEntry("hit", "?1")
        .doesNotContainKeys("fwd", "fwd-status", "stored", "collapsed", "key");
  }

  @Test
  void hit_saysForHowLongItIsFresh() throws IOException {
    Resource resource = resource(FRESH + " + Age: 100");
    get(resource);

    String ttl = ours(assertReused(resource)).parameters().get("ttl");

    assertThat(Integer.parseInt(ttl)).isBetween(3480, 3500);
  }

  @Test
  void staleHit_hasANegativeTtl() throws IOException {
    Resource resource = resource(STALE);
    get(resource);

    CacheStatusMember ours = ours(assertReused(resource, "Cache-Control: max-stale=60"));

    assertThat(ours.parameters()).containsEntry("hit", "?1");
    assertThat(Integer.parseInt(ours.parameters().get("ttl"))).isBetween(-30, -10);
  }

  @Test
  void notModified_isAHitToo() throws IOException {
    Resource resource = resource(FRESH + " + ETag: \"a\"");
    get(resource);

    Answer answer = assertNotForwarded("GET", resource, "If-None-Match: \"a\"");

    assertThat(answer.status()).isEqualTo(304);
    assertThat(ours(answer).parameters()).containsEntry("hit", "?1");
  }

  @Test
  void uriMiss() throws IOException {
    CacheStatusMember ours = forwarded(get(resource(FRESH)), "uri-miss");

    assertThat(ours.parameters()).containsEntry("stored", "?1").doesNotContainKey("key");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Cache-Control: no-store", "Cache-Control: private", "X-None: 1"})
  void uriMiss_notStored(String fields) throws IOException {
    CacheStatusMember ours = forwarded(get(resource(fields)), "uri-miss");

    assertThat(ours.parameters()).doesNotContainKey("stored");
  }

  @Test
  void varyMiss() throws IOException {
    Resource resource = resource(FRESH + " + Vary: X-One");
    get(resource, "X-One: 1");

    forwarded(assertFetched(resource, "X-One: 2"), "vary-miss");
  }

  @Test
  void stale() throws IOException {
    Resource resource = resource(STALE);
    get(resource);

    forwarded(assertFetched(resource), "stale");
  }

  @Test
  void stale_validated_saysWhatTheOriginAnswered() throws IOException {
    Resource resource =
        resource(
            Reply.ok(FIRST, lines(STALE + " + ETag: \"a\"")),
            Reply.notModified(lines(FRESH + " + ETag: \"a\"")));
    get(resource);

    CacheStatusMember ours = forwarded(assertForwarded(resource, ""), "stale");

    assertThat(ours.parameters()).containsEntry("fwd-status", "304");
  }

  @Test
  void stale_validated_replaced() throws IOException {
    Resource resource = resource(STALE + " + ETag: \"a\"");
    get(resource);

    CacheStatusMember ours = forwarded(assertFetched(resource), "stale");

    assertThat(ours.parameters().getOrDefault("fwd-status", "200")).isEqualTo("200");
  }

  @ParameterizedTest(name = RULE)
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          no-cache  | Cache-Control: no-cache
          max-age   | Cache-Control: max-age=0
          min-fresh | Cache-Control: min-fresh=4000
          Pragma    | Pragma: no-cache
          """)
  void request(String rule, String fields) throws IOException {
    Resource resource = resource(FRESH + " + Age: 10");
    get(resource);

    forwarded(assertFetched(resource, fields), "request");
  }

  @Test
  void bypass() throws IOException {
    Resource resource = resource(Reply.ok(FIRST, lines(FRESH)), Reply.ok(SECOND));
    get(resource);

    forwarded(assertFetched(resource, "Authorization: Basic YW5uYTo="), "bypass");
  }

  @Test
  void otherCaches_comeFirst() throws IOException {
    String others = "Cache-Status: Origin; hit; ttl=5 + Cache-Status: \"Near, by\"; fwd=uri-miss";
    Resource resource = resource(FRESH + " + " + others);

    for (Answer answer : List.of(get(resource), assertReused(resource))) {
      assertThat(CacheStatusMember.of(answer))
          .as("%s", answer)
          .extracting(CacheStatusMember::cache)
          .containsExactly("Origin", "\"Near, by\"", "Slipstream");
    }
  }

  @Test
  void ourOwnMember_isNotStored() throws IOException {
    Resource resource = resource(FRESH);
    get(resource);
    assertReused(resource);

    assertThat(CacheStatusMember.of(assertReused(resource))).hasSize(1);
  }

  /** A request that waited for the answer to another one says so; one that did not, does not. */
  @Test
  void collapsed_isWhatWasNotForwarded() throws IOException {
    CountDownLatch release = new CountDownLatch(1);
    Resource resource =
        resource(
            Reply.ok(FIRST, FRESH).heldUntil(release), Reply.ok(FIRST, FRESH).heldUntil(release));

    List<Answer> answers = getTogether(resource, "", "", release);
    Answer other = answers.get(1);

    assertThat(forwarded(answers.get(0), "uri-miss").parameters()).doesNotContainKey("collapsed");
    assertThat(other.body()).isEqualTo(FIRST);
    boolean waited = resource.requests() == 1;
    assertThat(ours(other).parameters().containsKey("collapsed")).as("%s", other).isEqualTo(waited);
  }
}
