package dev.slipstream.engine.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipstream.config.jmx.EndpointLearning;
import dev.slipstream.engine.admit.AdmissionControl;
import dev.slipstream.engine.cache.Invalidation;
import dev.slipstream.engine.learn.Caution;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HttpCacheAdaptiveTtlTest {
  private static final String RULE =
      "pattern: /**, ttl: 60, tags: [red], adaptive_ttl: {staleness: 5%, min: 2s, max: 10m}";
  private static final TestRequest A = TestRequest.get("/a");

  private final TestGateway gateway = new TestGateway().withRule(RULE);

  /** Asks for the answer whenever what is stored is stale, until so much time has passed. */
  private long lifetimeAfter(int seconds, boolean changing, String... fields) {
    long stored = 0;
    for (int second = 0; second < seconds; second++) {
      if (gateway.decide(A) instanceof Decision.Fetch fetch) {
        Fill fill = gateway.cache.fill(fetch);
        TestGateway.complete(fill, 200, changing ? "body " + second : "same", fields);
      }
      if (gateway.decide(A) instanceof Decision.Serve serve) {
        stored = serve.response().lifetime().freshMillis();
      }
      gateway.clock.advanceSeconds(1);
      gateway.cache.learning().tick();
    }
    return stored;
  }

  @Test
  void firstAnswers_liveAboutAsLongAsTheRuleSays() {
    assertThat(lifetimeAfter(1, false)).isBetween(54_000L, 66_000L);
  }

  @Test
  void answersThatDoNotChange_liveLongerAndLonger_upToTheLongest() {
    assertThat(lifetimeAfter(100_000, false)).isBetween(540_000L, 600_000L);
  }

  @Test
  void answersThatChange_liveShorter_downToTheShortest() {
    assertThat(lifetimeAfter(600, true)).isBetween(0L, 5_000L);
  }

  @Test
  void lifetimeInTheResponse_isACeiling() {
    assertThat(lifetimeAfter(20_000, false, "Cache-Control", "max-age=90")).isEqualTo(90_000);
  }

  @Test
  void ruleWithoutTheKey_keepsItsLifetime() {
    gateway.withRule("pattern: /**, ttl: 60");

    assertThat(lifetimeAfter(600, true)).isEqualTo(60_000);
    assertThat(gateway.cache.learning().explain("GET /a").changes()).isGreaterThan(5);
  }

  @Test
  void settingTurnedOff_keepsTheRulesLifetime() {
    TestGateway off = new TestGateway("adaptive_ttl_enabled=false").withRule(RULE);
    off.answer(A, "a");

    assertThat(off.serve(A).response().lifetime().freshMillis()).isEqualTo(60_000);
  }

  @Test
  void lifetimeByStatus_isKept() {
    gateway.withRule(RULE + ", ttl_by_status: {404: 7}");
    TestGateway.complete(gateway.fill(A), 404, "none");

    assertThat(gateway.serve(A).response().lifetime().freshMillis()).isEqualTo(7_000);
  }

  @Test
  void answersTheRuleIsNotFor_doNotCount() {
    lifetimeAfter(120, true);
    double observed = gateway.cache.learning().explain("GET /a").observations();
    for (int second = 0; second < 600; second++) {
      if (gateway.decide(A) instanceof Decision.Fetch fetch) {
        TestGateway.complete(gateway.cache.fill(fetch), second % 2 == 0 ? 404 : 401, "none");
      }
      gateway.clock.advanceSeconds(1);
      gateway.cache.learning().tick();
    }

    assertThat(observed).isPositive();
    assertThat(gateway.cache.learning().explain("GET /a").observations()).isEqualTo(observed);
  }

  @Test
  void confirmedAnswers_countAsUnchanged() {
    gateway.answer(A, "a", "ETag", "\"1\"");
    gateway.clock.advanceSeconds(70);
    Decision.Fetch fetch = gateway.fetch(A);
    Fill fill = gateway.cache.fill(fetch);
    assertThat(
            gateway.cache.confirmed(
                fetch, fill, TestGateway.head(304, "ETag", "\"1\""), new ReadSet()))
        .isNotNull();

    assertThat(gateway.cache.learning().explain("GET /a").observations()).isEqualTo(1);
    assertThat(gateway.cache.learning().explain("GET /a").changes()).isZero();
  }

  @Test
  void invalidationByTag_countsAsAChange() {
    gateway.answer(A, "a");
    gateway.clock.advanceSeconds(10);
    gateway.tiers.invalidate(Invalidation.of(Set.of("red"), Set.of()));
    gateway.answer(A, "b");

    assertThat(gateway.cache.learning().explain("GET /a").changes()).isEqualTo(1);
    assertThat(gateway.cache.learning().explain("GET /a").observations()).isEqualTo(1);
  }

  @Test
  void unsafeRequest_countsAsAChange() {
    gateway.answer(A, "a");
    gateway.clock.advanceSeconds(10);
    gateway.cache.unsafe(TestRequest.of("POST", "/a")).answered(200, null, null);

    assertThat(gateway.cache.learning().explain("GET /a").changes()).isEqualTo(1);
  }

  @Test
  void invalidationOfWhatIsElsewhere_isNoChange() {
    gateway.answer(A, "a");
    gateway.clock.advanceSeconds(10);
    gateway.tiers.invalidate(Invalidation.of(Set.of("blue"), List.of("GET:/b*")));

    assertThat(gateway.cache.learning().explain("GET /a").changes()).isZero();
  }

  @Test
  void flushOfEverything_isNoChange() {
    gateway.answer(A, "a");
    gateway.clock.advanceSeconds(10);
    gateway.flush();
    gateway.answer(A, "a");

    assertThat(gateway.cache.learning().explain("GET /a").changes()).isZero();
    assertThat(gateway.cache.learning().explain("GET /a").observations()).isEqualTo(1);
  }

  /** One answer of ten is fresh, for two seconds, to see whether they still change. */
  @Test
  void volatileAnswers_areHardlyEverFresh_andAnotherChanceIsGiven() {
    lifetimeAfter(3_000, true);
    assertThat(gateway.cache.learning().explain("GET /a").verdict()).contains("volatile");

    long hits = gateway.cache.counters().hits();
    lifetimeAfter(200, true);
    assertThat(gateway.cache.counters().hits() - hits).isBetween(5L, 80L);

    lifetimeAfter(100_000, false);
    assertThat(gateway.cache.learning().explain("GET /a").verdict()).doesNotContain("volatile");
  }

  @Test
  void raisedBudget_doublesTheLifetime_untilUndone() {
    lifetimeAfter(3_000, false);
    Runnable undo = gateway.cache.learning().raise("GET /a");
    gateway.cache.learning().tick();
    assertThat(gateway.cache.learning().explain("GET /a").budget()).isEqualTo(0.1);

    undo.run();
    undo.run();
    gateway.cache.learning().tick();
    assertThat(gateway.cache.learning().explain("GET /a").budget()).isEqualTo(0.05);
    gateway.cache.learning().raise("GET /unknown").run();
  }

  /** Nothing may be stored, and yet it is seen how often the answer changes. */
  @Test
  void answersWithoutARule_areLookedAtNowAndThen() {
    TestGateway bare = new TestGateway();
    for (int i = 0; i < 20; i++) {
      TestGateway.complete(bare.fill(A), 200, "body " + i / 2);
      bare.clock.advanceSeconds(2);
    }

    assertThat(bare.cache.counters().stores()).isZero();
    assertThat(bare.cache.learning().explain("GET /a").observations()).isGreaterThan(15);
    assertThat(bare.cache.learning().explain("GET /a").changes()).isBetween(8.0, 10.0);
  }

  /** What a rules file is advised from before there is any. */
  @Test
  void answersThatAreObserved_withoutARule_areLookedAtNowAndThen() {
    TestGateway observing = new TestGateway("cache_mode=observe");
    for (int i = 0; i < 40; i++) {
      if (observing.decide(A) instanceof Decision.Observe observe) {
        Fill fill = observing.cache.fill(Objects.requireNonNull(observe.observed()));
        TestGateway.complete(fill, 200, "body " + i / 4);
      }
      observing.clock.advanceSeconds(1);
    }

    EndpointLearning learned = observing.cache.learning().explain("GET /a");
    assertThat(learned.observations()).isGreaterThan(35);
    assertThat(learned.changes()).isBetween(8.0, 10.0);
  }

  /** What they would have hit is nobody's: an advice must not count on it. */
  @Test
  void requestsThatAreObserved_andSayWhoIsAsking_areARiskAndNoHits() {
    TestGateway observing = new TestGateway("cache_mode=observe");
    for (int i = 0; i < 500; i++) {
      observing.decide(TestRequest.get("/a").field("Authorization", "Bearer " + i % 3));
      observing.clock.advanceSeconds(1);
      observing.cache.learning().tick();
    }
    Caution caution = observing.cache.learning().caution("GET /a", null);
    assertThat(caution.risks().get(0)).startsWith("500 requests said who is asking");
    assertThat(observing.cache.learning().explain("GET /a").repeatRatio()).isNull();
  }

  @Test
  void withoutEvidence_theRulesLifetimeIsKept() {
    for (int i = 0; i < 100; i++) {
      TestRequest request = TestRequest.get("/items/" + i);
      gateway.answer(request, "same");
      assertThat(gateway.serve(request).response().lifetime().freshMillis())
          .isBetween(54_000L, 66_000L);
      gateway.cache.learning().tick();
      gateway.clock.advanceSeconds(100);
    }

    assertThat(gateway.cache.learning().explain("GET /items/{id}").ttlSeconds()).isEqualTo(60);
  }

  @Test
  void inAnEmergency_requestsAreCountedAndNothingIsLearned_andWhatWasMissedIsSeenLater() {
    gateway.answer(A, "a");
    AdmissionControl admission = gateway.cache.doorkeeper().admission();
    admission.emergency(true, System.nanoTime());
    for (int second = 0; second < 200; second++) {
      gateway.clock.advanceSeconds(1);
      if (gateway.decide(A) instanceof Decision.Fetch fetch) {
        TestGateway.complete(gateway.cache.fill(fetch), 200, "b " + second);
      }
      gateway.cache.learning().tick();
    }
    EndpointLearning learned = gateway.cache.learning().explain("GET /a");
    assertThat(learned.observations()).isZero();
    assertThat(learned.repeatRatio()).as("what was asked for again").isNull();
    assertThat(learned.requests()).isEqualTo(201);
    assertThat(gateway.serve(A).response().lifetime().freshMillis()).isBetween(54_000L, 66_000L);

    admission.emergency(false, System.nanoTime());
    gateway.clock.advanceSeconds(70);
    gateway.answer(A, "c");
    gateway.cache.learning().tick();
    assertThat(gateway.cache.learning().explain("GET /a").changes()).isEqualTo(1);
  }
}
