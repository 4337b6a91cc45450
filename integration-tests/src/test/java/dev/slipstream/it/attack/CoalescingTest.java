package dev.slipstream.it.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipstream.it.Answer;
import dev.slipstream.it.HttpConnection;
import dev.slipstream.it.ManagementClient;
import dev.slipstream.it.conformance.Reply;
import dev.slipstream.it.conformance.Resource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Requests that miss the same URL at the same time get no answer that was made for another of them.
 * A cache that joins them by the URL gives all of them the first one's.
 */
@ParameterizedClass(name = "{0}")
@EnumSource
final class CoalescingTest extends AttackTest {
  private static final int WAITERS = 3;

  /** The origin answers none before all have come to it: so nobody waits for another's answer. */
  @ParameterizedTest(name = CASE)
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Authorization | Authorization: Bearer %s
          X-API-Key     | X-API-Key: %s
          a cookie      | Cookie: SID=%s
          """)
  void identitiesAtOnce_getTheirOwn(String attacked, String field) throws Exception {
    for (String area : new String[] {"plain", "ruled", "each"}) {
      CountDownLatch arrived = new CountDownLatch(way.isNaive() ? 1 : 2);
      Resource resource = resource(area);
      resource.answers(
          request -> {
            arrived.countDown();
            return Reply.ok(asker(request), FRESH).heldUntil(arrived);
          });
      Future<Answer> alice = start(resource, field.replace("%s", "alice"));
      await().until(() -> resource.requests() == 1);
      Future<Answer> mallory = start(resource, field.replace("%s", "mallory"));

      assertThat(alice.get(20, TimeUnit.SECONDS).body()).contains("alice");
      assertOutOfReach(mallory.get(20, TimeUnit.SECONDS), "alice");
    }
  }

  /** An identity does not wait for nobody's answer, nor get it. */
  @Test
  void identityBesideNobody_getsItsOwn() throws Exception {
    CountDownLatch arrived = new CountDownLatch(way.isNaive() ? 1 : 2);
    Resource resource = resource("ruled");
    resource.answers(
        request -> {
          arrived.countDown();
          return Reply.ok(asker(request), FRESH).heldUntil(arrived);
        });
    Future<Answer> nobody = start(resource, "X-None: 1");
    await().until(() -> resource.requests() == 1);
    Future<Answer> alice = start(resource, "Authorization: Bearer alice");

    assertThat(nobody.get(20, TimeUnit.SECONDS).body()).contains("nobody");
    assertOutOfReach(alice.get(20, TimeUnit.SECONDS), "nobody");
  }

  /**
   * The first answer turns out to be its client's own: all who waited for it are let go at once,
   * which the origin makes sure of by answering none of them before all have come.
   */
  @ParameterizedTest(name = CASE)
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          a cookie            | Set-Cookie: SID=first + Cache-Control: max-age=3600
          a cookie, public    | Set-Cookie: SID=first + Cache-Control: public, max-age=3600
          private             | X-Owner: SID=first + Cache-Control: private, max-age=3600
          not to be stored    | X-Owner: SID=first + Cache-Control: no-store
          varies by anything  | X-Owner: SID=first + Cache-Control: max-age=3600 + Vary: *
          """)
  void answerOfTheFirst_isNotGivenToThoseWhoWait(String attacked, String fields) throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    CountDownLatch arrived = new CountDownLatch(WAITERS);
    AtomicInteger count = new AtomicInteger();
    Resource resource = resource("ruled");
    resource.answers(
        request -> {
          int number = count.incrementAndGet();
          if (number == 1) {
            return Reply.ok("answer 1", lines(fields)).heldUntil(release);
          }
          arrived.countDown();
          return Reply.ok("answer " + number, "Cache-Control: no-store").heldUntil(arrived);
        });
    Future<Answer> first = start(resource, "X-None: 1");
    await().until(() -> resource.requests() == 1);
    List<Future<Answer>> others = new ArrayList<>();
    for (int i = 0; i < WAITERS; i++) {
      others.add(start(resource, "X-None: 1"));
    }
    awaitWaiters();
    release.countDown();

    assertThat(first.get(20, TimeUnit.SECONDS).body()).isEqualTo("answer 1");
    for (Future<Answer> other : others) {
      Answer answer = other.get(20, TimeUnit.SECONDS);
      assertOutOfReach(answer, "SID=first");
      assertOutOfReach(answer, "answer 1");
    }
    assertThat(resource.requests()).isEqualTo(way.isNaive() ? 1 : 1 + WAITERS);
  }

  /** Until as many threads of the gateway wait as requests were sent: a race is no test. */
  private void awaitWaiters() throws Exception {
    if (way.isNaive()) {
      return; // its first answer goes to all, whenever they come
    }
    try (ManagementClient management = ManagementClient.of(ways().gateway(way))) {
      await()
          .atMost(Duration.ofSeconds(4)) // they wait for 5 s
          .until(
              () -> management.threadsIn("dev.slipstream.engine.http.Flights$Flight") == WAITERS);
    }
  }

  private Future<Answer> start(Resource resource, String field) {
    return Daemons.call(
        () -> {
          try (HttpConnection connection = anotherConnection()) {
            return connection.get(resource.path(), field);
          }
        });
  }
}
