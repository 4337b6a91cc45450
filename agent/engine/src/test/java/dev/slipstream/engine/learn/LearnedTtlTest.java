package dev.slipstream.engine.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class LearnedTtlTest {
  private static final TtlLimits LIMITS = new TtlLimits(60_000, 1_000, 3_600_000, 0.05);

  @Test
  void withoutEvidence_theRulesLifetimeCounts() {
    LearnedTtl ttl = new LearnedTtl();

    assertThat(ttl.millis(LearnedTtl.ALL, LIMITS)).isEqualTo(60_000);
  }

  @Test
  void rate_isFoundFromIrregularIntervals() {
    Random random = new Random(1);
    ChangeEvidence evidence = new ChangeEvidence();
    double perMilli = 1 / 100_000.0;
    for (int i = 0; i < 2_000; i++) {
      long interval = 1_000 + (long) (random.nextDouble() * random.nextDouble() * 400_000);
      evidence.add(interval, random.nextDouble() < 1 - Math.exp(-perMilli * interval));
    }

    ChangeRate rate = ChangeRate.of(evidence, LIMITS.assumedPerMilli(), 0.5);

    assertThat(rate.perMilli()).isCloseTo(perMilli, within(0.15 * perMilli));
    assertThat(rate.lowPerMilli()).isLessThan(perMilli);
    assertThat(rate.highPerMilli()).isGreaterThan(perMilli);
  }

  /** Nineteen of twenty intervals have the true rate, as they say. */
  @Test
  void interval_hasTheRateAsOftenAsItSays() {
    Random random = new Random(2);
    double perMilli = 1 / 100_000.0;
    int within = 0;
    for (int trial = 0; trial < 400; trial++) {
      ChangeEvidence evidence = new ChangeEvidence();
      for (int i = 0; i < 300; i++) {
        long interval = 5_000L + random.nextInt(60_000);
        evidence.add(interval, random.nextDouble() < 1 - Math.exp(-perMilli * interval));
      }
      ChangeRate rate = ChangeRate.of(evidence, LIMITS.assumedPerMilli(), 0.5);
      within += rate.lowPerMilli() < perMilli && perMilli < rate.highPerMilli() ? 1 : 0;
    }

    assertThat(within / 400.0).isBetween(0.9, 0.995);
  }

  @RepeatedTest(50)
  void lifetimes_stayWithinBoundsAndGrowNoMoreThanTwiceInAStep(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    LearnedTtl ttl = new LearnedTtl();
    long now = 1_000_000;
    long[] before = new long[Run.CLASSES];
    long[] grownAt = new long[Run.CLASSES];
    int run = Run.UNKNOWN;
    for (int i = 0; i < 500; i++) {
      long interval = (long) Math.exp(random.nextDouble() * 18);
      boolean changed = random.nextInt(4) == 0;
      now += interval;
      if (random.nextInt(10) == 0) {
        ttl.addTold(run, interval);
      } else {
        ttl.add(run, interval, changed);
      }
      run = Run.after(run, changed);
      ttl.update(LIMITS, 0.05, now);
      for (int runs = 0; runs < Run.CLASSES; runs++) {
        long millis = ttl.millis(runs, LIMITS);
        assertThat(millis).isBetween(LIMITS.shortestMillis(), LIMITS.longestMillis());
        if (before[runs] > 0 && millis > before[runs]) {
          assertThat(millis).isLessThanOrEqualTo(2 * before[runs]);
          assertThat(now - grownAt[runs]).isGreaterThanOrEqualTo(before[runs]);
          grownAt[runs] = now;
        }
        before[runs] = millis;
      }
    }
  }

  @Test
  void manyChanges_shortenAtOnce() {
    LearnedTtl ttl = new LearnedTtl();
    for (int i = 0; i < 100; i++) {
      ttl.add(Run.CHANGED, 2_000, true);
    }
    ttl.update(LIMITS, 0.05, 1_000_000);

    assertThat(ttl.millis(LearnedTtl.ALL, LIMITS)).isEqualTo(1_000);
    assertThat(ttl.isVolatile()).isTrue();
  }

  @Test
  void fewChanges_doNotMakeAnEndpointVolatile() {
    LearnedTtl ttl = new LearnedTtl();
    for (int i = 0; i < 5; i++) {
      ttl.add(Run.CHANGED, 100, true);
    }
    ttl.update(LIMITS, 0.05, 1_000_000);

    assertThat(ttl.isVolatile()).isFalse();
  }

  @Test
  void evidenceOfOthers_addsUp() {
    LearnedTtl alone = new LearnedTtl();
    alone.add(Run.UNKNOWN, 60_000, false);
    ChangeEvidence theirs = new ChangeEvidence();
    for (int i = 0; i < 50; i++) {
      theirs.add(60_000, false);
    }
    ChangeEvidence[] others = new ChangeEvidence[Run.CLASSES];
    others[LearnedTtl.ALL] = theirs;
    alone.others(others);

    assertThat(alone.evidence(LearnedTtl.ALL).observations()).isGreaterThan(45);
    assertThat(alone.own(LearnedTtl.ALL).observations()).isEqualTo(1);
  }
}
