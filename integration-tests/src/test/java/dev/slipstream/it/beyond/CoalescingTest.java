package dev.slipstream.it.beyond;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipstream.it.Answer;
import dev.slipstream.it.HttpConnection;
import dev.slipstream.it.conformance.Reply;
import dev.slipstream.it.conformance.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Requests for the same answer at the same time: one goes on, the others wait for what it gets. */
final class CoalescingTest extends BeyondTest {
  private static final int CLIENTS = 50;

  private final ExecutorService clients = Executors.newCachedThreadPool();
  private final CountDownLatch release = new CountDownLatch(1);

  @AfterEach
  void end() {
    release.countDown();
    clients.shutdownNow();
  }

  private Future<Answer> start(Setup setup, Resource resource) {
    return clients.submit(
        () -> {
          try (HttpConnection connection = anotherConnection(setup)) {
            return connection.get(resource.path());
          }
        });
  }

  private List<Future<Answer>> start(int count, Resource resource) {
    List<Future<Answer>> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      all.add(start(Setup.SERVING, resource));
    }
    return all;
  }

  private static Answer answer(Future<Answer> future) throws Exception {
    return future.get(20, TimeUnit.SECONDS);
  }

  private void awaitWaiters(int count) {
    await()
        .atMost(LONGEST)
        .until(
            () ->
                management(Setup.SERVING).threadsIn("dev.slipstream.engine.http.Flights$Flight")
                    == count);
  }

  @Test
  void sameAnswer_isFetchedOnceForAll() throws Exception {
    Resource resource = resource("plain").replies(Reply.ok("for all", FRESH).heldUntil(release));
    List<Future<Answer>> futures = start(CLIENTS, resource);
    awaitWaiters(CLIENTS - 1);
    release.countDown();

    int collapsed = 0;
    for (Future<Answer> future : futures) {
      Answer answer = answer(future);
      assertThat(answer.status()).as("%s", answer).isEqualTo(200);
      assertThat(answer.body()).isEqualTo("for all");
      if (answer.cacheStatus().contains("collapsed")) {
        assertThat(answer.cacheStatus()).startsWith("Slipstream; fwd=uri-miss; collapsed");
        collapsed++;
      } else {
        assertThat(answer.cacheStatus()).contains("fwd=uri-miss").contains("stored");
      }
    }
    assertThat(collapsed).isEqualTo(CLIENTS - 1);
    assertThat(resource.requests()).isOne();
  }

  /** Each gets its own, and none before all have asked: so none of them waits for another. */
  @Test
  void answerThatIsNotStored_letsAllGoOn() throws Exception {
    int waiters = 9;
    CountDownLatch arrived = new CountDownLatch(waiters);
    AtomicInteger number = new AtomicInteger();
    Resource resource =
        resource("plain")
            .answers(
                request -> {
                  int mine = number.incrementAndGet();
                  Reply reply = Reply.ok("answer " + mine, "Cache-Control: no-store");
                  if (mine == 1) {
                    return reply.heldUntil(release);
                  }
                  arrived.countDown();
                  return reply.heldUntil(arrived);
                });
    List<Future<Answer>> futures = start(1 + waiters, resource);
    awaitWaiters(waiters);
    release.countDown();

    List<String> bodies = new ArrayList<>();
    for (Future<Answer> future : futures) {
      bodies.add(answer(future).body());
    }
    assertThat(bodies).doesNotHaveDuplicates().hasSize(1 + waiters);
    assertThat(resource.requests()).isEqualTo(1 + waiters);
  }

  /** Two more are answered only once both have reached the origin. */
  @Test
  void afterAnswerThatIsNotStored_nobodyWaits() throws Exception {
    CountDownLatch arrived = new CountDownLatch(2);
    Resource resource =
        resource("plain")
            .replies(Reply.ok("first", "Cache-Control: no-store"))
            .answers(
                request -> {
                  arrived.countDown();
                  return Reply.ok("own", "Cache-Control: no-store").heldUntil(arrived);
                });
    get(resource);
    List<Future<Answer>> futures = start(2, resource);

    for (Future<Answer> future : futures) {
      assertThat(answer(future).body()).isEqualTo("own");
    }
  }

  @Test
  void originThatHangs_holdsOthersUpForABoundedTime() throws Exception {
    Resource resource =
        resource("plain")
            .replies(Reply.ok("too late", FRESH).heldUntil(release))
            .answers(request -> Reply.ok("in time", FRESH));
    Future<Answer> first = start(Setup.OTHERWISE, resource);
    await().atMost(LONGEST).until(() -> resource.requests() == 1);

    Answer second = answer(start(Setup.OTHERWISE, resource));

    assertThat(second.body()).isEqualTo("in time");
    assertThat(first.isDone()).as("while the first still hangs").isFalse();
    release.countDown();
    assertThat(answer(first).body()).isEqualTo("too late");
  }
}
