package dev.slipstream.it.beyond;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipstream.it.Answer;
import dev.slipstream.it.conformance.Reply;
import dev.slipstream.it.conformance.Resource;
import java.io.IOException;
import java.util.Locale;
import javax.management.JMException;
import javax.management.openmbean.CompositeData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Surrogate-Key and Cache-Tag, and what is invalidated or made stale by them. */
final class TagsTest extends BeyondTest {
  private static final String[] NONE = {};

  private Resource tagged(String... fields) {
    Resource resource =
        resource("plain")
            .answers(
                request ->
                    request.isConditional()
                        ? Reply.notModified(FRESH, "ETag: \"a\"")
                        : Reply.ok("tagged", with(fields)));
    awaitStored(resource);
    return resource;
  }

  private static String[] with(String... fields) {
    return (FRESH + " + ETag: \"a\" + " + String.join(" + ", fields)).split(" \\+ ", -1);
  }

  /** No other case's. */
  private String tag(String word) {
    return word + "-" + proxy.name().toLowerCase(Locale.ROOT);
  }

  private long invalidate(String operation, String[] tags, String[] patterns)
      throws IOException, JMException {
    Object result = management(Setup.SERVING).invoke("type=Cache", operation, tags, patterns, "it");
    return (Long) ((CompositeData) result).get("entries");
  }

  @Test
  void invalidated_areThoseWithTheTag_andNoOther() throws Exception {
    Resource key = tagged("Surrogate-Key: " + tag("red") + " " + tag("blue"));
    Resource cacheTag = tagged("Cache-Tag: " + tag("green") + ", " + tag("red"));
    Resource both = tagged("Surrogate-Key: x", "Cache-Tag: y," + tag("red"));
    Resource twoLines = tagged("Surrogate-Key: x", "Surrogate-Key: " + tag("red"));
    Resource other = tagged("Surrogate-Key: " + tag("blue"));
    Resource longer = tagged("Surrogate-Key: " + tag("red") + "-");
    Resource untagged = tagged("X-None: " + tag("red"));

    assertThat(invalidate("invalidate", new String[] {tag("red")}, NONE)).isEqualTo(4);

    for (Resource gone : new Resource[] {key, cacheTag, both, twoLines}) {
      assertForwarded(gone);
      assertThat(gone.last().isConditional()).as("nothing is left to confirm").isFalse();
    }
    assertReused(other);
    assertReused(longer);
    assertReused(untagged);
  }

  @Test
  void madeStale_areThoseWithTheTag_andNoOther() throws Exception {
    Resource concerned = tagged("Surrogate-Key: " + tag("soft"));
    Resource other = tagged("Surrogate-Key: " + tag("hard"));

    assertThat(invalidate("makeStale", new String[] {tag("soft")}, NONE)).isOne();

    assertReused(other);
    assertThat(assertForwarded(concerned).body()).isEqualTo("tagged");
    assertThat(concerned.last().values("If-None-Match")).containsExactly("\"a\"");
    awaitStored(concerned);
    assertThat(invalidate("invalidate", new String[] {tag("soft")}, NONE))
        .as("what was confirmed has its tags still")
        .isOne();
  }

  @Test
  void madeStale_areThoseThatThePatternMatches_andNoOther() throws Exception {
    Resource concerned = tagged("X-None: 1");
    Resource other = tagged("X-None: 1");

    String[] patterns = {"GET:" + concerned.path() + ":*"};
    assertThat(invalidate("makeStale", NONE, patterns)).isOne();

    assertReused(other);
    assertThat(assertForwarded(concerned).body()).isEqualTo("tagged");
    assertThat(concerned.last().values("If-None-Match")).containsExactly("\"a\"");
  }

  /** They are for the cache alone, whatever becomes of the answer. */
  @ParameterizedTest(name = RULE)
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          GET                   | GET    | Cache-Control: max-age=3600         | X-None: 1
          not stored            | GET    | Cache-Control: no-store             | X-None: 1
          private               | GET    | Cache-Control: private              | X-None: 1
          credentials           | GET    | Cache-Control: max-age=3600         | Authorization: Basic YTo=
          the client's no-store | GET    | Cache-Control: max-age=3600         | Cache-Control: no-store
          the client's no-cache | GET    | Cache-Control: max-age=3600         | Cache-Control: no-cache
          range                 | GET    | Cache-Control: max-age=3600         | Range: bytes=0-1
          precondition          | GET    | Cache-Control: max-age=3600         | If-Match: "a"
          HEAD                  | HEAD   | Cache-Control: max-age=3600         | X-None: 1
          """)
  void tags_areTakenOut(String rule, String method, String fields, String asked)
      throws IOException {
    Resource resource =
        resource("plain")
            .answers(
                request ->
                    Reply.ok("tagged", fields, "Surrogate-Key: a b", "Cache-Tag: c", "X-Other: d"));
    for (int i = 0; i < 3; i++) {
      Answer answer = send(Setup.SERVING, method, resource.path(), asked);
      assertThat(answer.values("Surrogate-Key")).as("%s", answer).isEmpty();
      assertThat(answer.values("Cache-Tag")).as("%s", answer).isEmpty();
      assertThat(answer.values("X-Other")).as("%s", answer).containsExactly("d");
    }
  }

  @Test
  void tags_areTakenOutOfWhatIsStored() throws IOException {
    Resource resource = tagged("Surrogate-Key: a b", "Cache-Tag: c");

    Answer hit = assertReused(resource);
    Answer head = send(Setup.SERVING, "HEAD", resource.path());
    Answer notModified = assertReused(resource, resource.path(), "If-None-Match: \"a\"");
    Answer confirmed = get(resource, "Cache-Control: no-cache");

    assertThat(notModified.status()).isEqualTo(304);
    for (Answer answer : new Answer[] {hit, head, notModified, confirmed}) {
      assertThat(answer.values("Surrogate-Key")).as("%s", answer).isEmpty();
      assertThat(answer.values("Cache-Tag")).as("%s", answer).isEmpty();
    }
  }

  @Test
  void noTagFields_leavesThem() throws IOException {
    Resource resource =
        resource("plain")
            .answers(request -> Reply.ok("b", FRESH, "Surrogate-Key: a b", "Cache-Tag: c"));

    Answer miss = send(Setup.OTHERWISE, "GET", resource.path());
    Answer hit = awaitStored(Setup.OTHERWISE, resource, resource.path());

    for (Answer answer : new Answer[] {miss, hit}) {
      assertThat(answer.values("Surrogate-Key")).containsExactly("a b");
      assertThat(answer.values("Cache-Tag")).containsExactly("c");
    }
  }
}
