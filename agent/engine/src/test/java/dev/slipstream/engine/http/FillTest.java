package dev.slipstream.engine.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FillTest {
  private static final TestRequest REQUEST = TestRequest.get("/a");
  private static final ResponseHead HEAD = TestGateway.head(200, "Cache-Control", "max-age=60");

  private final TestGateway gateway = new TestGateway("max_body=10");

  @Test
  void complete_storesWhatWasWritten() {
    Fill fill = gateway.fill(REQUEST);
    fill.begin(HEAD);
    append(fill, "xabcx", 1, 3);
    fill.append((byte) 'd');
    TestGateway.end(fill, HEAD);

    assertThat(gateway.outcome(REQUEST)).isEqualTo("abcd");
    assertThat(fill.isOpen()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"10, true", "11, false"})
  void append_upToTheBound(int bytes, boolean stored) {
    Fill whole = gateway.fill(REQUEST);
    append(whole, "x".repeat(bytes), 0, bytes);
    TestGateway.end(whole, HEAD);
    Fill single = gateway.fill(TestRequest.get("/b"));
    for (int i = 0; i < bytes; i++) {
      single.append((byte) 'x');
    }
    TestGateway.end(single, HEAD);

    String expected = stored ? "x".repeat(bytes) : "fetch";
    assertThat(gateway.outcome(REQUEST)).isEqualTo(expected);
    assertThat(gateway.outcome(TestRequest.get("/b"))).isEqualTo(expected);
    assertThat(gateway.refusals(Refusal.TOO_LARGE)).isEqualTo(stored ? 0 : 2);
  }

  @Test
  void append_afterOverflow_countsItOnce() {
    Fill fill = gateway.fill(REQUEST);
    append(fill, "x".repeat(11), 0, 11);

    assertThat(fill.isOpen()).isFalse();
    append(fill, "abc", 0, 3);
    fill.append((byte) 'd');
    TestGateway.end(fill, HEAD);

    assertThat(gateway.refusals(Refusal.TOO_LARGE)).isEqualTo(1);
    assertThat(gateway.allRefusals()).isEqualTo(1);
    assertThat(gateway.outcome(REQUEST)).isEqualTo("fetch");
  }

  @Test
  void append_boundOfTheRule_winsOverTheSetting() {
    TestGateway ruled = new TestGateway("max_body=10").withRule("pattern: /a, max_body: 12");
    Fill fill = ruled.fill(REQUEST);
    append(fill, "x".repeat(12), 0, 12);
    TestGateway.end(fill, HEAD);

    assertThat(ruled.outcome(REQUEST)).isEqualTo("x".repeat(12));
  }

  /** Without a lifetime an answer is only watched: its copy is short, and there are few of them. */
  @Test
  void append_onlyWatched_isGivenUpAtItsOwnBound() {
    TestGateway watching = new TestGateway("max_body=1000000");
    Fill fill = watching.fill(REQUEST);
    fill.begin(TestGateway.head(200));
    append(fill, "x".repeat(65_536), 0, 65_536);
    assertThat(fill.isOpen()).isTrue();
    fill.append((byte) 'x');

    assertThat(fill.isOpen()).isFalse();
    assertThat(watching.refusals(Refusal.NOT_FRESH)).isEqualTo(1);
  }

  @Test
  void begin_longOrMoreThanTwoAtATime_isNotWatched() {
    TestGateway watching = new TestGateway("max_body=1000000");
    Fill tooLong = watching.fill(REQUEST);
    tooLong.begin(TestGateway.head(200, "Content-Length", "65537"));
    assertThat(tooLong.isOpen()).isFalse();
    List<Fill> fills = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      Fill fill = watching.fill(REQUEST);
      fill.begin(TestGateway.head(200, "Content-Length", "3"));
      fills.add(fill);
      watching.clock.advanceSeconds(1);
    }
    assertThat(fills).extracting(Fill::isOpen).containsExactly(true, true, false);
    fills.get(0).close();
    Fill next = watching.fill(REQUEST);
    next.begin(TestGateway.head(200));
    assertThat(next.isOpen()).isTrue();
  }

  @Test
  void begin_eventStream_isNotCopied() {
    Fill fill = gateway.fill(REQUEST);
    fill.begin(TestGateway.head(200, "Content-Type", "text/event-stream"));
    assertThat(fill.isOpen()).isFalse();
  }

  @Test
  void append_manyLargePieces_growsToTheBoundOnly() {
    TestGateway large = new TestGateway("max_body=5000");
    Fill fill = large.fill(REQUEST);
    for (int i = 0; i < 5; i++) {
      append(fill, String.valueOf(i).repeat(1000), 0, 1000);
    }
    TestGateway.end(fill, HEAD);

    assertThat(large.outcome(REQUEST))
        .isEqualTo(
            "0".repeat(1000)
                + "1".repeat(1000)
                + "2".repeat(1000)
                + "3".repeat(1000)
                + "4".repeat(1000));
  }

  @Test
  void begin_headThatForbidsStoring_refusesBeforeAnyCopy() {
    Fill fill = gateway.fill(REQUEST);

    assertThat(fill.awaitsBegin()).isTrue();
    fill.begin(TestGateway.head(200, "Cache-Control", "private"));

    assertThat(fill.isOpen()).isFalse();
    assertThat(fill.awaitsBegin()).isFalse();
    TestGateway.end(fill, HEAD);
    assertThat(gateway.refusals(Refusal.PRIVATE)).isEqualTo(1);
    assertThat(gateway.allRefusals()).isEqualTo(1);
  }

  @Test
  void begin_onlyTheFirstCounts() {
    Fill fill = gateway.fill(REQUEST);
    fill.begin(HEAD);

    assertThat(fill.awaitsBegin()).isFalse();
    fill.begin(TestGateway.head(200, "Cache-Control", "private"));

    assertThat(fill.isOpen()).isTrue();
  }

  @Test
  void complete_headThatForbidsStoringSinceBegin_refuses() {
    Fill fill = gateway.fill(REQUEST);
    fill.begin(HEAD);
    append(fill, "abc", 0, 3);
    TestGateway.end(fill, TestGateway.head(200, "Cache-Control", "max-age=60, no-store"));

    assertThat(gateway.refusals(Refusal.NO_STORE)).isEqualTo(1);
    assertThat(gateway.outcome(REQUEST)).isEqualTo("fetch");
  }

  @Test
  void reset_forgetsBodyAndHead() {
    Fill fill = gateway.fill(REQUEST);
    fill.begin(TestGateway.head(500, "Cache-Control", "max-age=60"));
    append(fill, "stack trace".substring(0, 10), 0, 10);

    fill.reset();

    assertThat(fill.awaitsBegin()).isTrue();
    fill.begin(HEAD);
    append(fill, "abc", 0, 3);
    TestGateway.end(fill, HEAD);
    assertThat(gateway.outcome(REQUEST)).isEqualTo("abc");
  }

  @Test
  void reset_afterARefusal_opensNothing() {
    Fill fill = gateway.fill(REQUEST);
    fill.begin(TestGateway.head(200, "Cache-Control", "private"));

    fill.reset();

    assertThat(fill.isOpen()).isFalse();
    assertThat(fill.awaitsBegin()).isFalse();
    TestGateway.end(fill, HEAD);
    assertThat(gateway.outcome(REQUEST)).isEqualTo("fetch");
  }

  @ParameterizedTest
  @CsvSource({"3, true", "4, false", "2, false", "'', false", "x, false", "-1, false"})
  void complete_contentLength_hasToBeTheBodys(String announced, boolean stored) {
    Fill fill = gateway.fill(REQUEST);
    append(fill, "abc", 0, 3);
    TestGateway.end(
        fill, TestGateway.head(200, "Cache-Control", "max-age=60", "Content-Length", announced));

    assertThat(gateway.outcome(REQUEST)).isEqualTo(stored ? "abc" : "fetch");
    assertThat(gateway.refusals(Refusal.INCOMPLETE)).isEqualTo(stored ? 0 : 1);
  }

  @ParameterizedTest
  @CsvSource({"200, false", "404, false", "500, false", "204, true", "301, true", "308, true"})
  void complete_emptyBodyWithoutALength_onlyWhereTheStatusHasNone(int status, boolean stored) {
    Fill fill = gateway.fill(REQUEST);
    TestGateway.end(fill, TestGateway.head(status, "Cache-Control", "max-age=60"));

    assertThat(gateway.outcome(REQUEST)).isEqualTo(stored ? "" : "fetch");
    assertThat(gateway.refusals(Refusal.INCOMPLETE)).isEqualTo(stored ? 0 : 1);
  }

  @Test
  void complete_emptyBodyThatIsAnnounced_isStored() {
    Fill fill = gateway.fill(REQUEST);
    TestGateway.end(
        fill, TestGateway.head(200, "Cache-Control", "max-age=60", "Content-Length", "0"));

    assertThat(gateway.outcome(REQUEST)).isEmpty();
    assertThat(gateway.cache.counters().hits()).isEqualTo(1);
  }

  @Test
  void complete_identifiedMeanwhile_isNotShared() {
    Fill own = gateway.fill(REQUEST);
    append(own, "own", 0, 3);
    TestGateway.endIdentified(own, HEAD);
    Fill shared = gateway.fill(TestRequest.get("/b"));
    append(shared, "all", 0, 3);
    TestGateway.endIdentified(shared, TestGateway.head(200, "Cache-Control", "public, max-age=60"));

    assertThat(gateway.outcome(REQUEST)).isEqualTo("fetch");
    assertThat(gateway.refusals(Refusal.CREDENTIALS)).isEqualTo(1);
    assertThat(gateway.outcome(TestRequest.get("/b"))).isEqualTo("all");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void end_onlyTheFirstCounts(boolean completedFirst) {
    Fill fill = gateway.fill(REQUEST);
    append(fill, "abc", 0, 3);
    if (completedFirst) {
      TestGateway.end(fill, HEAD);
      fill.abandon(Refusal.FAILED);
    } else {
      fill.abandon(Refusal.FAILED);
      TestGateway.end(fill, HEAD);
    }
    TestGateway.end(fill, HEAD);
    fill.abandon(Refusal.FAILED);
    append(fill, "late", 0, 4);
    fill.reset();

    assertThat(gateway.outcome(REQUEST)).isEqualTo(completedFirst ? "abc" : "fetch");
    assertThat(gateway.cache.counters().stores()).isEqualTo(completedFirst ? 1 : 0);
    assertThat(gateway.allRefusals()).isEqualTo(completedFirst ? 0 : 1);
  }

  /** Four threads write, complete and abandon the same answers: each of these ends once. */
  @Test
  void end_concurrently_countsOnce() throws Exception {
    TestGateway busy = new TestGateway();
    int answers = 200;
    List<Fill> fills = new ArrayList<>();
    for (int i = 0; i < answers; i++) {
      fills.add(busy.fill(TestRequest.get("/" + i)));
    }
    CyclicBarrier start = new CyclicBarrier(4);
    List<Callable<Void>> tasks =
        List.of(
            forEach(fills, start, fill -> TestGateway.end(fill, HEAD)),
            forEach(fills, start, fill -> append(fill, "abc", 0, 3)),
            forEach(fills, start, fill -> fill.abandon(Refusal.FAILED)),
            forEach(fills, start, Fill::reset));
    ExecutorService threads = Executors.newFixedThreadPool(tasks.size());
    try {
      for (Future<Void> done : threads.invokeAll(tasks)) {
        done.get();
      }
    } finally {
      threads.shutdown();
    }

    assertThat(fills).noneMatch(Fill::isOpen);
    assertThat(busy.cache.counters().stores() + busy.allRefusals()).isEqualTo(answers);
    for (int i = 0; i < answers; i++) {
      assertThat(busy.outcome(TestRequest.get("/" + i))).isIn("fetch", "abc");
    }
    assertThat(busy.cache.counters().hits()).isEqualTo(busy.cache.counters().stores());
  }

  private interface Step {
    void on(Fill fill);
  }

  private static Callable<Void> forEach(List<Fill> fills, CyclicBarrier start, Step step) {
    return () -> {
      start.await();
      fills.forEach(step::on);
      return null;
    };
  }

  private static void append(Fill fill, String text, int offset, int count) {
    fill.append(text.getBytes(StandardCharsets.US_ASCII), offset, count);
  }
}
