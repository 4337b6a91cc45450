package dev.slipstream.engine.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** URLs whose answers were not fit to be stored, time after time. */
class HttpCacheKnownMissTest {
  private final TestGateway gateway = new TestGateway();

  private static TestRequest request() {
    return TestRequest.get("/a");
  }

  @BeforeEach
  void refuse() {
    for (int i = 0; i < 8; i++) {
      gateway.answer(request(), "mine", "Cache-Control", "no-store");
    }
    assertThat(gateway.decide(request()))
        .as("the one that is looked at")
        .isInstanceOf(Decision.Fetch.class);
  }

  @Test
  void decide_known_passesAndCountsAMiss() {
    long misses = gateway.cache.counters().misses();

    assertThat(gateway.decide(request())).isInstanceOf(Decision.Pass.class);
    assertThat(gateway.cache.counters().misses()).isEqualTo(misses + 1);
  }

  @Test
  void decide_onlyIfCached_isNotPassed() {
    assertThat(gateway.outcome(request().field("Cache-Control", "only-if-cached")))
        .isEqualTo("unavailable");
  }

  @Test
  void decide_otherRequests_areLookedUp() {
    assertThat(gateway.decide(TestRequest.of("HEAD", "/a"))).isInstanceOf(Decision.Fetch.class);
    assertThat(gateway.decide(request().field("Authorization", "x")))
        .isInstanceOf(Decision.Fetch.class);
    assertThat(gateway.decide(TestRequest.get("/a?x"))).isInstanceOf(Decision.Fetch.class);
  }

  @Test
  void decide_aTenthOfASecondLater_anAnswerIsLookedAt_andStored() {
    gateway.clock.advance(Duration.ofMillis(100));
    gateway.answer(request(), "everybody's", "Cache-Control", "max-age=60");

    assertThat(gateway.outcome(request())).isEqualTo("everybody's");
    assertThat(gateway.outcome(request())).isEqualTo("everybody's");
  }

  @Test
  void decide_taggedAnswers_areAllLookedAt() {
    for (int i = 0; i < 10; i++) {
      Fill fill = gateway.fill(TestRequest.get("/tagged"));
      fill.isTagged();
      TestGateway.complete(fill, 200, "mine", "Cache-Control", "no-store");
    }

    assertThat(gateway.decide(TestRequest.get("/tagged"))).isInstanceOf(Decision.Fetch.class);
  }

  @Test
  void decide_withoutHitForMiss_looksAtAll() {
    TestGateway other = new TestGateway("hit_for_miss=0");
    for (int i = 0; i < 10; i++) {
      other.answer(request(), "mine", "Cache-Control", "no-store");
    }

    assertThat(other.decide(request())).isInstanceOf(Decision.Fetch.class);
  }

  @Test
  void decideAlone_looksAtAll() {
    assertThat(gateway.cache.decideAlone(request())).isInstanceOf(Decision.Fetch.class);
  }
}
