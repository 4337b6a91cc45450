package dev.slipstream.engine.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HttpCacheCountersTest {
  private static final Lookup LOOKUP =
      new Lookup(
          TestRequest.get("/a"),
          null,
          Lookup.Audience.EVERYONE,
          "k",
          "k",
          null,
          ConditionHabits.Habit.EVALUATES,
          false);

  private final HttpCacheCounters counters = new HttpCacheCounters();

  @ParameterizedTest
  @EnumSource(
      value = Forward.class,
      names = {"URI_MISS", "VARY_MISS", "STALE", "REQUEST", "PARTIAL", "CONDITION"})
  void count_fetchThatTheCacheMightHaveAnswered_isAMiss(Forward why) {
    counters.count(new Decision.Fetch(why, true, LOOKUP, null));

    assertThat(numbers()).containsExactly(0L, 1L, 0L);
  }

  @Test
  void count_fetchForCredentials_isABypass() {
    counters.count(new Decision.Fetch(Forward.CREDENTIALS, true, LOOKUP, null));

    assertThat(numbers()).containsExactly(0L, 0L, 1L);
  }

  @ParameterizedTest
  @EnumSource(
      value = Forward.class,
      names = {"METHOD", "BODY", "PRECONDITION", "UPGRADE", "WRITER_TAKEN"})
  void count_bypass(Forward why) {
    counters.count(new Decision.Bypass(why));

    assertThat(numbers()).containsExactly(0L, 0L, 1L);
  }

  @Test
  void unserved_makesAHitABypass() {
    Decision hit = hit(0);
    counters.count(hit);
    counters.count(hit);
    assertThat(numbers()).containsExactly(2L, 0L, 0L);

    counters.unserved();

    assertThat(numbers()).containsExactly(1L, 0L, 1L);
  }

  @ParameterizedTest
  @EnumSource(Refusal.class)
  void count_refusal_byReason(Refusal why) {
    counters.count(why);
    counters.count(why);

    for (Refusal other : Refusal.values()) {
      assertThat(counters.refusals(other)).isEqualTo(other == why ? 2 : 0);
    }
  }

  @ParameterizedTest
  @EnumSource(Forward.class)
  void cacheStatus_namesUsAndTheReason(Forward why) {
    assertThat(why.cacheStatus()).matches("Slipstream; fwd=[a-z-]+(; detail=[a-z-]+)?");
    assertThat(why.isTold()).isEqualTo(why != Forward.METHOD && why != Forward.OBSERVED);
  }

  @Test
  void count_nothingStoredAndNoneFetched_isAMiss() {
    counters.count(new Decision.Unavailable());

    assertThat(numbers()).containsExactly(0L, 1L, 0L);
  }

  @Test
  void count_staleHit_isAHitToo() {
    counters.count(hit(0));
    counters.count(hit(-1));

    assertThat(numbers()).containsExactly(2L, 0L, 0L);
    assertThat(counters.staleHits()).isEqualTo(1);
  }

  private static Decision hit(long ttlSeconds) {
    return new Decision.Serve(
        new TestStored().build(), Content.WHOLE, 0, ttlSeconds, CacheStatus.hit(ttlSeconds), null);
  }

  private List<Long> numbers() {
    return List.of(counters.hits(), counters.misses(), counters.bypasses());
  }
}
