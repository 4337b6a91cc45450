package dev.slipstream.it.beyond;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipstream.it.Answer;
import dev.slipstream.it.conformance.Reply;
import dev.slipstream.it.conformance.Resource;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a rule can say beyond how long an answer is fresh. */
final class RulesTest extends BeyondTest {
  private static final Pattern TTL = Pattern.compile("ttl=(\\d+)");

  /** A path whose answers are told apart by their number. */
  private Resource numbered(String area, String... fields) {
    AtomicInteger number = new AtomicInteger();
    return resource(area).answers(r -> Reply.ok("answer " + number.incrementAndGet(), fields));
  }

  private static int ttl(Answer answer) {
    Matcher ttl = TTL.matcher(answer.cacheStatus());
    assertThat(ttl.find()).as("a lifetime in %s", answer).isTrue();
    return Integer.parseInt(ttl.group(1));
  }

  @ParameterizedTest
  @CsvSource({"404, 7, 10", "503, 2, 5", "200, 3590, 3600"})
  void status_hasALifetimeOfItsOwn(int status, int least, int most) throws IOException {
    Resource resource = resource("negative").answers(request -> Reply.of(status, "stored"));

    Answer first = get(resource);
    assertThat(first.cacheStatus()).contains("stored");
    assertThat(ttl(first)).isBetween(least, most);

    Answer second = awaitStored(resource);
    assertThat(second.status()).isEqualTo(status);
    assertThat(second.body()).isEqualTo("stored");
    assertThat(ttl(second)).isBetween(0, most);
  }

  @ParameterizedTest
  @ValueSource(ints = {403, 500, 502})
  void otherStatus_isNotStored(int status) throws IOException {
    Resource resource = resource("negative").answers(request -> Reply.of(status, "passed on"));

    get(resource);

    assertThat(assertForwarded(resource).status()).isEqualTo(status);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"X-Fresh: 1", "x-fresh: yes", "Cookie: fresh=now", "Cookie: fresh=now-or-never"})
  void bypass_fetchesAndStores(String field) throws IOException {
    Resource resource = numbered("bypass");
    awaitStored(resource);

    Answer answer = assertForwarded(resource, resource.path(), field);

    assertThat(answer.cacheStatus()).contains("fwd=request; detail=condition").contains("stored");
    awaitStored(resource);
    assertThat(assertReused(resource).body()).as("as refreshed").isEqualTo(answer.body());
  }

  @Test
  void bypass_byQuery_isNotAnsweredFromTheCache() throws IOException {
    Resource resource = numbered("bypass");
    String target = resource.path() + "?a=b&fresh=1";
    get(target);

    assertForwarded(resource, target);
    assertForwarded(resource, target);
  }

  @ParameterizedTest
  @ValueSource(strings = {"X-Fresh: 0", "X-Fresh:", "Cookie: fresh=later", "X-Fresher: 1"})
  void bypass_conditionThatDoesNotHold_isAnsweredFromTheCache(String field) throws IOException {
    Resource resource = numbered("bypass");
    awaitStored(resource);

    assertReused(resource, resource.path(), field);
  }

  @ParameterizedTest
  @ValueSource(strings = {"X-Preview: 1", "Cookie: preview=draft-7"})
  void noStore_isNotStored(String field) throws IOException {
    Resource resource = numbered("no-store");

    assertThat(get(resource, field).cacheStatus()).doesNotContain("stored");

    assertThat(assertForwarded(resource).body()).isEqualTo("answer 2");
    awaitStored(resource);
    assertThat(assertReused(resource, resource.path(), field).body())
        .as("what is stored may be used still")
        .isNotEqualTo("answer 1");
  }

  @Test
  void noStore_byQuery_isNotStored() throws IOException {
    Resource resource = numbered("no-store");
    String target = resource.path() + "?preview=1";
    get(target);

    assertForwarded(resource, target);
    assertForwarded(resource, target);
  }

  @ParameterizedTest
  @ValueSource(strings = {"X-Preview: 0", "Cookie: preview=final", "X-None: 1"})
  void noStore_conditionThatDoesNotHold_isStored(String field) {
    awaitStored(numbered("no-store"), field);
  }

  @Test
  void staleWhileRevalidate_isARules() throws IOException {
    Resource resource = numbered("revalidating", lines(STALE));
    get(resource);
    Answer stale = get(resource);

    assertThat(stale.body()).isEqualTo("answer 1");
    assertThat(stale.cacheStatus()).contains("detail=stale-while-revalidate");
    await().atMost(LONGEST).until(() -> !get(resource).body().equals("answer 1"));

    Resource unruled = numbered("plain", lines(STALE + " + ETag: \"a\""));
    get(unruled);
    assertThat(assertForwarded(unruled).body()).isEqualTo("answer 2");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 500, 503})
  void staleIfError_isARules(int status) throws IOException {
    String[] longStale = lines("Cache-Control: max-age=10 + Age: 200 + ETag: \"a\"");
    for (String area : new String[] {"if-error", "plain"}) {
      Resource resource =
          resource(area)
              .replies(Reply.ok("stale", longStale))
              .answers(request -> Reply.of(status, "error"));
      get(resource);

      Answer answer = assertForwarded(resource);

      boolean ruled = area.equals("if-error");
      assertThat(answer.status()).isEqualTo(ruled ? 200 : status == 0 ? 502 : status);
      assertThat(answer.body().equals("stale")).as("%s", answer).isEqualTo(ruled);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 503})
  void neverStale_isNeverStale(int status) throws IOException {
    String[] fields =
        lines("Cache-Control: max-age=10, stale-while-revalidate=99, stale-if-error=99 + Age: 20");
    for (String area : new String[] {"never-stale", "plain"}) {
      Resource resource =
          resource(area)
              .replies(Reply.ok("stale", fields))
              .answers(request -> Reply.of(status, "error"));
      get(resource);

      boolean stale = get(resource).body().equals("stale");

      assertThat(stale).as(area).isEqualTo(area.equals("plain"));
    }
  }

  @Test
  void sortQuery_takesOrdersForOne() throws IOException {
    Resource sorted = numbered("sorted");
    awaitStored(Setup.SERVING, sorted, sorted.path() + "?b=2&a=1&a=0");
    assertReused(sorted, sorted.path() + "?a=1&a=0&b=2");
    assertForwarded(sorted, sorted.path() + "?a=1&a=0&b=3");
    assertForwarded(sorted, sorted.path() + "?a=1&b=2");

    Resource plain = numbered("plain", FRESH);
    awaitStored(Setup.SERVING, plain, plain.path() + "?b=2&a=1");
    assertForwarded(plain, plain.path() + "?a=1&b=2");
  }

  @Test
  void maxBody_isTheLargestBodyStored() throws IOException {
    Resource small = resource("small").answers(request -> Reply.ok("x".repeat(100)));
    assertThat(awaitStored(small).body()).hasSize(100);

    Resource large = resource("small").answers(request -> Reply.ok("x".repeat(101)));
    get(large);
    assertThat(assertForwarded(large).body()).hasSize(101);
  }

  @Test
  void maxVariants_isTheMostVariantsStored() throws IOException {
    Resource resource =
        resource("plain")
            .answers(request -> Reply.ok("" + request.values("X-One"), FRESH, "Vary: X-One"));
    for (int i = 0; i < 3; i++) {
      awaitStored(Setup.OTHERWISE, resource, resource.path(), "X-One: " + i);
    }
    int before = resource.requests();
    for (int round = 0; round < 2; round++) {
      for (int i = 0; i < 5; i++) {
        Answer answer = send(Setup.OTHERWISE, "GET", resource.path(), "X-One: " + i);
        assertThat(answer.body()).isEqualTo("[" + i + "]");
      }
    }
    assertThat(resource.requests() - before).as("of the two that have no room").isEqualTo(4);
  }

  /** A targeted field is the application's own, as any other: it is passed on, once, and obeyed. */
  @Test
  void targetedField_isObeyed() throws IOException {
    Resource resource =
        numbered("plain", "Slipstream-Cache-Control: max-age=60", "Cache-Control: no-store");
    assertThat(ttl(get(resource))).isBetween(50, 60);
    Answer hit = awaitStored(resource);

    assertThat(hit.values("Cache-Control")).containsExactly("no-store");
  }
}
