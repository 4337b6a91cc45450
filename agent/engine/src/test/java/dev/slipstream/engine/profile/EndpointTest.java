package dev.slipstream.engine.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.slipstream.config.rules.Budget;
import dev.slipstream.engine.flight.Flight;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class EndpointTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long MILLI = 1_000_000L;

  private Budget budget;
  private final Endpoints endpoints =
      new Endpoints(new EndpointNames(), new Flight(), 0, (method, path) -> budget);
  private final Endpoint items = endpoints.at("GET", "/items");
  private long now;

  private void seconds(int count) {
    for (int i = 0; i < count; i++) {
      now += SECOND;
      endpoints.tick(now);
    }
  }

  @Test
  void window_beforeAnything_hasNoTimes() {
    assertThat(items.window()).isEqualTo(EndpointWindow.NONE);
    assertThat(items.window().all().p95Millis()).isNull();
    assertThat(endpoints.total().all().meanMillis()).isNull();
  }

  @Test
  void window_countsByKind() {
    items.record(Outcome.HIT_L1, 200, MILLI, 10);
    items.record(Outcome.HIT_STALE, 200, MILLI, 10);
    items.record(Outcome.MISS_URI, 200, MILLI, 10);
    items.record(Outcome.MISS_INSTEAD_OF_ERROR, 200, MILLI, -1);
    items.record(Outcome.BYPASS_CREDENTIALS, 404, MILLI, 0);
    items.record(Outcome.BYPASS_METHOD, 0, MILLI, 0);
    items.record(Outcome.REFUSED, 503, MILLI, 0);
    seconds(1);

    EndpointWindow window = items.window();
    assertThat(window.requests()).isEqualTo(7);
    assertThat(window.hits()).isEqualTo(2);
    assertThat(window.misses()).isEqualTo(2);
    assertThat(window.bypasses()).isEqualTo(2);
    assertThat(window.refused()).isEqualTo(1);
    assertThat(window.staleAnswers()).isEqualTo(2);
    assertThat(window.clientErrors()).isEqualTo(1);
    assertThat(window.serverErrors()).isEqualTo(2);
    assertThat(window.bytes()).isEqualTo(30);
    assertThat(window.requestsPerSecond()).isEqualTo(7);
  }

  @Test
  void window_percentilesAreWithinABucket_meanAndMaximumExact() {
    for (int i = 1; i <= 1_000; i++) {
      items.record(Outcome.MISS_URI, 200, i * MILLI, 0);
    }
    seconds(1);

    Latency misses = items.window().ofMisses();
    assertThat(misses.count()).isEqualTo(1_000);
    assertThat(misses.meanMillis()).isCloseTo(500.5, within(1e-9));
    assertThat(misses.p50Millis()).isCloseTo(500, within(500 * 0.032));
    assertThat(misses.p95Millis()).isCloseTo(950, within(950 * 0.032));
    assertThat(misses.p99Millis()).isCloseTo(990, within(990 * 0.032));
    assertThat(misses.maxMillis()).isEqualTo(1_000);
    assertThat(items.window().all()).isEqualTo(misses);
  }

  @Test
  void window_hitsAndMissesAreTimedApart() {
    for (int i = 0; i < 90; i++) {
      items.record(Outcome.HIT_L2, 200, 10_000, 0);
    }
    for (int i = 0; i < 10; i++) {
      items.record(Outcome.MISS_STALE, 200, 100 * MILLI, 0);
    }
    seconds(1);

    EndpointWindow window = items.window();
    assertThat(window.ofHits().meanMillis()).isEqualTo(0.01);
    assertThat(window.ofMisses().meanMillis()).isEqualTo(100);
    assertThat(window.all().p50Millis()).isCloseTo(0.01, within(0.001));
    assertThat(window.all().p95Millis()).isCloseTo(100, within(3.2));
    assertThat(window.all().count()).isEqualTo(100);
  }

  @Test
  void window_aHitThatWaitedForAnother_tookTheApplicationsTime() {
    items.record(Outcome.HIT_COLLAPSED, 200, 50 * MILLI, 0);
    seconds(1);

    assertThat(items.window().hits()).isEqualTo(1);
    assertThat(items.window().ofHits()).isEqualTo(Latency.NONE);
    assertThat(items.window().ofMisses().count()).isEqualTo(1);
  }

  @Test
  void window_whatIsRefused_isNotTimed() {
    items.record(Outcome.REFUSED, 503, 1_000, 0);
    seconds(1);

    assertThat(items.window().all()).isEqualTo(Latency.NONE);
    assertThat(items.window().requests()).isEqualTo(1);
  }

  @Test
  void window_slides() {
    items.record(Outcome.MISS_URI, 200, 800 * MILLI, 0);
    seconds(30);
    items.record(Outcome.MISS_URI, 200, 10 * MILLI, 0);
    seconds(20);
    assertThat(items.window().requests()).isEqualTo(2);
    assertThat(items.window().ofMisses().maxMillis()).isEqualTo(800);
    seconds(10);
    assertThat(items.window().requests()).isEqualTo(1);
    assertThat(items.window().ofMisses().count()).isEqualTo(1);
    assertThat(items.window().ofMisses().maxMillis()).isEqualTo(10);
    seconds(60);

    assertThat(items.window().requests()).isZero();
    assertThat(items.window().ofMisses()).isEqualTo(Latency.NONE);
    assertThat(items.totals().requests()).isEqualTo(2);
  }

  @Test
  void window_isOfAtMost60AndOfAtLeast55Seconds() {
    seconds(54);
    assertThat(endpoints.total().seconds()).isEqualTo(54);
    for (int i = 0; i < 30; i++) {
      seconds(1);
      assertThat(endpoints.total().seconds()).isBetween(55.0, 60.0);
    }
  }

  @Test
  void window_ofASteadyRate_isThatRate() {
    for (int i = 0; i < 100; i++) {
      for (int j = 0; j < 7; j++) {
        items.record(Outcome.MISS_URI, 200, MILLI, 0);
      }
      seconds(1);
      assertThat(items.window().requestsPerSecond()).isEqualTo(7);
      assertThat(items.recent().requestsPerSecond()).isEqualTo(7);
    }
  }

  @Test
  void recent_isTheLastSecond() {
    items.record(Outcome.MISS_URI, 200, 10 * MILLI, 5);
    seconds(1);
    items.record(Outcome.HIT_L1, 500, MILLI, 7);
    items.record(Outcome.HIT_L1, 200, 2 * MILLI, 7);
    seconds(1);

    EndpointWindow recent = items.recent();
    assertThat(recent.requests()).isEqualTo(2);
    assertThat(recent.bytes()).isEqualTo(14);
    assertThat(recent.serverErrors()).isEqualTo(1);
    assertThat(recent.ofMisses()).isEqualTo(Latency.NONE);
    assertThat(recent.all().maxMillis()).isEqualTo(2);
    seconds(1);
    assertThat(items.recent().requests()).isZero();
    assertThat(items.recent().all()).isEqualTo(Latency.NONE);
  }

  @Test
  void inFlight_isWhatBeganAndDidNotEnd() {
    items.begun();
    items.begun();
    items.begun();
    items.handedOn();
    endpoints.ended(items, "/items", Outcome.MISS_URI, 200, MILLI, 0);

    assertThat(items.inFlight()).isEqualTo(1);
    assertThat(endpoints.inFlight()).isEqualTo(1);
    assertThat(items.greatestInFlight()).isEqualTo(3);
    seconds(1);
    assertThat(items.window().greatestInFlight()).isEqualTo(3);
    seconds(60);
    assertThat(items.window().greatestInFlight()).isEqualTo(1);
  }

  @Test
  void ended_ofAPathThatWasNamedMeanwhile_countsUnderItsName() {
    Endpoint begun = endpoints.at("GET", "/items/blue");
    begun.begun();
    endpoints.names().learn("/items/blue", "/items/{colour}");
    endpoints.ended(begun, "/items/blue", Outcome.MISS_URI, 200, MILLI, 0);

    assertThat(endpoints.all()).extracting(Endpoint::name).containsExactly("GET /items/{colour}");
    assertThat(begun.inFlight()).isZero();
    assertThat(endpoints.at("GET", "/items/blue").totals().requests()).isEqualTo(1);
  }

  @Test
  void total_mergesHistograms_andAveragesNothing() {
    Endpoint slow = endpoints.at("GET", "/slow");
    for (int i = 0; i < 98; i++) {
      items.record(Outcome.MISS_URI, 200, MILLI, 1);
    }
    slow.record(Outcome.MISS_URI, 200, 1_000 * MILLI, 1);
    slow.record(Outcome.MISS_URI, 200, 1_000 * MILLI, 1);
    seconds(1);

    EndpointWindow total = endpoints.total();
    assertThat(total.requests()).isEqualTo(100);
    assertThat(total.bytes()).isEqualTo(100);
    assertThat(total.ofMisses().p95Millis()).isCloseTo(1, within(0.04));
    assertThat(total.ofMisses().p99Millis()).isCloseTo(1_000, within(32.0));
    assertThat(total.ofMisses().meanMillis()).isCloseTo(20.98, within(1e-9));
    assertThat(endpoints.totalRecent().requests()).isEqualTo(100);
    assertThat(endpoints.totals().requests()).isEqualTo(100);
  }

  @Test
  void totals_haveTheTimeThatHitsSaved() {
    for (int i = 0; i < 9; i++) {
      items.record(Outcome.HIT_L1, 200, MILLI, 0);
    }
    assertThat(items.totals().savedMillis()).isNull();
    items.record(Outcome.MISS_URI, 200, 21 * MILLI, 0);

    assertThat(items.totals().savedMillis()).isEqualTo(9 * 20);
    assertThat(endpoints.savedMillis()).isEqualTo(9 * 20);
    Endpoint backwards = endpoints.at("GET", "/small");
    backwards.record(Outcome.HIT_L2, 200, 3 * MILLI, 0);
    backwards.record(Outcome.MISS_URI, 200, MILLI, 0);
    assertThat(backwards.totals().savedMillis()).isEqualTo(-2);
    assertThat(endpoints.savedMillis()).isEqualTo(9 * 20 - 2);
    assertThat(items.totals().outcomes())
        .isEqualTo(Map.of(Outcome.HIT_L1, 9L, Outcome.MISS_URI, 1L));
  }

  @Test
  void burn_isTheShareOverTheAllowedOne() {
    assertThat(items.burn()).isNull();
    budget = new Budget(Duration.ofMillis(500), 0.01);
    items.record(Outcome.MISS_URI, 200, MILLI, 0); // before it is watched
    seconds(5);
    assertThat(items.burn().slowLately()).isNull();
    for (int i = 0; i < 100; i++) {
      items.record(Outcome.MISS_URI, i < 2 ? 503 : 200, (i < 10 ? 501 : 500) * MILLI, 0);
    }

    assertThat(items.burn().slowLately()).isCloseTo(2, within(1e-9));
    assertThat(items.burn().errorsLately()).isCloseTo(2, within(1e-9));
    assertThat(items.burn().requestsLately()).isEqualTo(100);
    assertThat(items.burn().isTooSlow()).isTrue();
    assertThat(items.burn().isTooFaulty()).isTrue();
    seconds(400);
    assertThat(items.burn().slowLately()).isNull();
    assertThat(items.burn().slowInTheHour()).isCloseTo(2, within(1e-9));
    assertThat(items.burn().isTooSlow()).isFalse();
    assertThat(items.burn().isTooFaulty()).isFalse();
    seconds(3_600);
    assertThat(items.burn().slowInTheHour()).isNull();
  }

  private void secondsWith(int count, long startMillis, double perSecond) {
    for (int i = 0; i < count; i++) {
      long millis = startMillis + Math.round(i * perSecond) + i * 7 % 5;
      for (int k = 0; k < 5; k++) {
        items.record(Outcome.MISS_URI, 200, millis * MILLI, 0);
      }
      seconds(1);
    }
  }

  @Test
  void budgetForecast_ofTimesThatRise_saysWhenTheyReachIt() {
    budget = new Budget(Duration.ofMillis(500), null);
    secondsWith(300, 100, 0.2); // to 160 ms
    assertThat(items.budgetForecast()).as("five minutes tell nothing").isNull();
    secondsWith(600, 160, 0.2); // to 280 ms: 12 ms a minute
    assertThat(items.budgetForecast().level()).isEqualTo(500);
    assertThat(items.budgetForecast().in().toMinutes()).isBetween(14L, 25L);
    assertThat(items.budgetForecast().confidence()).isGreaterThanOrEqualTo(0.95);
  }

  @Test
  void budgetForecast_ofTimesThatStay_isNone() {
    budget = new Budget(Duration.ofMillis(500), null);
    secondsWith(900, 300, 0);
    assertThat(items.budgetForecast()).isNull();
  }

  @Test
  void budgetForecast_ofTooFewRequests_isNone() {
    budget = new Budget(Duration.ofMillis(500), null);
    for (int i = 0; i < 300; i++) {
      items.record(Outcome.MISS_URI, 200, (100 + i) * MILLI, 0);
      seconds(3); // 19 in a minute
    }
    assertThat(items.budgetForecast()).isNull();
  }

  @Test
  void burn_ofABudgetThatIsGone_isGone() {
    budget = new Budget(null, 0.5);
    items.record(Outcome.MISS_URI, 500, MILLI, 0);
    seconds(5);
    items.record(Outcome.MISS_URI, 500, MILLI, 0);
    assertThat(items.burn().errorsLately()).isEqualTo(2);
    assertThat(items.burn().slowLately()).isNull();
    budget = null;
    seconds(5);

    assertThat(items.burn()).isNull();
  }

  @Test
  void failures_ofWhatIsRefused_areNotTheApplications() {
    for (int i = 0; i < 60; i++) {
      items.record(Outcome.REFUSED, 503, MILLI, 0);
    }
    for (int i = 0; i < 40; i++) {
      items.record(Outcome.MISS_URI, i < 2 ? 500 : 200, MILLI, 0);
    }
    seconds(1);

    assertThat(items.window().serverErrors()).as("as clients see it").isEqualTo(62);
    assertThat(items.window().failures()).isEqualTo(2);
    assertThat(items.score()).isCloseTo((0.4 + 0.2 * (1 - 0.02 / 0.05)) / 1.0, within(1e-9));
  }

  @Test
  void score_isTheWeightedMeanOfWhatWasMeasured() {
    for (int i = 0; i < 9; i++) {
      items.record(Outcome.HIT_L1, 200, MILLI, 0);
    }
    seconds(1);
    assertThat(items.score()).isNull();
    items.record(Outcome.MISS_URI, 200, MILLI, 0);
    seconds(1);
    assertThat(items.score()).isCloseTo(0.4 * 0.9 + 0.4 + 0.2, within(1e-9));

    Endpoint posts = endpoints.at("POST", "/items");
    for (int i = 0; i < 100; i++) {
      posts.record(Outcome.BYPASS_METHOD, i == 0 ? 500 : 200, 1_000 * MILLI, 0);
    }
    seconds(1);
    assertThat(posts.score()).isCloseTo((0.4 * 0.5 + 0.2 * 0.8) / 0.6, within(0.02));
  }

  @Test
  void exported_canBeAddedUp() throws Exception {
    items.record(Outcome.HIT_L1, 200, MILLI, 0);
    items.record(Outcome.MISS_URI, 200, 30 * MILLI, 0);
    endpoints.at("GET", "/refused").record(Outcome.REFUSED, 503, MILLI, 0);
    seconds(1);

    Map<String, String> exported = endpoints.exported();
    assertThat(exported).containsOnlyKeys("GET /items", "GET /items#hits", "GET /items#misses");
    Histogram sum = decoded(exported.get("GET /items"));
    assertThat(sum.getTotalCount()).isEqualTo(2);
    assertThat(sum.getMaxValue()).isBetween(29_000L, 31_000L);
    assertThat(decoded(exported.get("GET /items#hits")).getMaxValue()).isBetween(900L, 1_100L);
    assertThat(decoded(exported.get("GET /items#misses")).getTotalCount()).isEqualTo(1);
  }

  @Test
  void exportedTotal_isOfAllEndpoints_andHasNoKindThatThereWasNot() throws Exception {
    items.record(Outcome.MISS_URI, 200, MILLI, 0);
    endpoints.at("GET", "/others").record(Outcome.BYPASS_RULE, 200, 30 * MILLI, 0);
    seconds(1);

    Map<String, String> exported = endpoints.exportedTotal("all");
    assertThat(exported).containsOnlyKeys("all", "all#misses");
    assertThat(decoded(exported.get("all")).getTotalCount()).isEqualTo(2);
  }

  @Test
  void hitBytes_areThoseOfHitsAlone() {
    items.record(Outcome.HIT_L2, 200, MILLI, 30);
    items.record(Outcome.MISS_URI, 200, MILLI, 70);
    items.record(Outcome.HIT_STALE, 200, MILLI, -1);
    endpoints.at("GET", "/others").record(Outcome.HIT_L1, 200, MILLI, 5);

    assertThat(items.totals().hitBytes()).isEqualTo(30);
    assertThat(endpoints.totals().hitBytes()).isEqualTo(35);
  }

  private static Histogram decoded(String exported) throws Exception {
    ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(exported));
    Histogram sum = new Histogram(2);
    sum.add(Histogram.decodeFromCompressedByteBuffer(bytes, 0));
    return sum;
  }

  @Test
  void record_fromManyThreadsWhileTimeGoesOn_losesNothing() throws InterruptedException {
    int threads = 4;
    int each = 50_000;
    CountDownLatch done = new CountDownLatch(threads);
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    long seen = 0;
    try {
      for (int t = 0; t < threads; t++) {
        pool.execute(
            () -> {
              for (int i = 0; i < each; i++) {
                items.record(i % 2 == 0 ? Outcome.HIT_L1 : Outcome.MISS_URI, 200, i, 1);
              }
              done.countDown();
            });
      }
      while (done.getCount() > 0) {
        seconds(1);
        seen += items.recent().all().count();
      }
      seconds(1);
      seen += items.recent().all().count();
    } finally {
      pool.shutdownNow();
      assertThat(pool.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    }

    assertThat(seen).isEqualTo((long) threads * each);
    assertThat(items.totals().requests()).isEqualTo((long) threads * each);
    assertThat(items.totals().bytes()).isEqualTo((long) threads * each);
  }
}
