package dev.slipstream.engine.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipstream.engine.http.ModelGateway.Event;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever the sequence of requests, answers, changes and invalidations: no answer from the cache
 * is staler than RFC 9111, RFC 5861 and the rules allow, none is somebody else's, none was made
 * invalid, and the statistics add up.
 */
class CacheModelTest {
  private static final int STEPS = 100_000;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void anySteps_onlyWhatTheModelAllows(long seed) {
    Random random = new Random(seed);
    ModelGateway gateway = new ModelGateway(random);
    for (int step = 0; step < STEPS; step++) {
      try {
        step(gateway, random);
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("seed " + seed + ", step " + step, e);
      }
    }
    gateway.end(true);
    assertThat(gateway.events.keySet()).as("seed %d: what happened", seed).contains(Event.values());
    assertThat(gateway.count(Event.HIT)).as("hits").isGreaterThan(STEPS / 20);
    for (Event often : new Event[] {Event.STALE_HIT, Event.VALIDATION, Event.STALE_ANSWER}) {
      assertThat(gateway.count(often)).as("%s of seed %d", often, seed).isGreaterThan(100);
    }
    statisticsAddUp(gateway, seed);
  }

  private static void step(ModelGateway gateway, Random random) {
    int choice = random.nextInt(1_000);
    String target = ModelOrigin.TARGETS[random.nextInt(ModelOrigin.TARGETS.length)];
    if (choice < 840) {
      gateway.request();
    } else if (choice < 890) {
      gateway.clock.advanceSeconds(random.nextInt(random.nextBoolean() ? 200 : 20));
    } else if (choice < 900) {
      gateway.clock.advance(java.time.Duration.ofMillis(random.nextInt(2_000)));
    } else if (choice < 920) {
      gateway.origin.change(target, gateway.clock.millis());
    } else if (choice < 935) {
      gateway.origin.restate(target);
    } else if (choice < 945) {
      gateway.origin.fail(target);
    } else if (choice < 985) {
      gateway.end(false);
    } else if (choice < 995) {
      gateway.invalidateSome();
    } else {
      gateway.changeRules();
      gateway.model.forgetBefore(gateway.clock.millis());
    }
  }

  private static void statisticsAddUp(ModelGateway gateway, long seed) {
    HttpCacheCounters counters = gateway.cache.counters();
    String what = "seed " + seed + ": ";
    assertThat(counters.hits()).as(what + "hits").isEqualTo(gateway.count(Event.HIT));
    assertThat(counters.misses()).as(what + "misses").isEqualTo(gateway.count(Event.MISS));
    assertThat(counters.bypasses()).as(what + "bypasses").isEqualTo(gateway.count(Event.BYPASS));
    assertThat(counters.hits() + counters.misses() + counters.bypasses())
        .as(what + "decisions")
        .isEqualTo(gateway.count(Event.DECISION));
    assertThat(counters.staleHits())
        .as(what + "stale hits")
        .isEqualTo(gateway.count(Event.STALE_HIT));
    assertThat(counters.validations())
        .as(what + "validations")
        .isEqualTo(gateway.count(Event.VALIDATION));
    assertThat(counters.staleAnswers())
        .as(what + "stale answers")
        .isEqualTo(gateway.count(Event.STALE_ANSWER));
    long refusals = 0;
    for (Refusal why : Refusal.values()) {
      refusals += counters.refusals(why);
    }
    assertThat(counters.stores() + refusals)
        .as(what + "fills ended")
        .isEqualTo(gateway.count(Event.FILL) - gateway.count(Event.CONFIRMED_FILL));
    assertThat(gateway.tiers.hits() + gateway.tiers.misses())
        .as(what + "look-ups")
        .isEqualTo(
            gateway.tiers.memoryStatistics().hits() + gateway.tiers.memoryStatistics().misses());
    assertThat(gateway.tiers.memoryStatistics().evictions()).as(what + "evictions").isZero();
  }
}
