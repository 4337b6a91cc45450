package dev.slipstream.engine.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AccessPatternTest {
  private final AccessPattern access = new AccessPattern(0);

  private static long key(long number) {
    return BodyHash.mixed(number + 1) | Long.MIN_VALUE;
  }

  @Test
  void zipfExponent_isFound() {
    Random random = new Random(3);
    double[] cumulated = new double[10_000];
    double sum = 0;
    for (int rank = 0; rank < cumulated.length; rank++) {
      sum += Math.pow(rank + 1, -1.1);
      cumulated[rank] = sum;
    }
    for (int i = 0; i < 100_000; i++) {
      int rank = java.util.Arrays.binarySearch(cumulated, random.nextDouble() * sum);
      access.asked(key(rank < 0 ? -rank - 1 : rank), Learning.Asked.HIT, i);
    }

    assertThat(access.zipf()).isCloseTo(1.1, within(0.15));
    assertThat(access.topShare()).isBetween(0.3, 0.7);
  }

  @Test
  void evenRequests_haveNoSkew() {
    for (int i = 0; i < 30_000; i++) {
      access.asked(key(i % 30), Learning.Asked.HIT, i);
    }

    assertThat(access.zipf()).isCloseTo(0, within(0.05));
    assertThat(access.topShare()).isCloseTo(10 / 30.0, within(0.01));
  }

  @Test
  void fewRequests_sayNothing() {
    for (int i = 0; i < 90; i++) {
      access.asked(key(1), Learning.Asked.HIT, i);
    }

    assertThat(access.zipf()).isNull();
    assertThat(access.topShare()).isNull();
    assertThat(access.repeatShare()).isNull();
    assertThat(access.hitShareWith(1_000)).isNull();
    assertThat(access.trend()).isNull();
  }

  /** Of 2,000 keys a part is sampled, and says of all what a replay of all finds. */
  @Test
  void hitShare_isWhatAReplayFinds_thoughAPartIsSampled() {
    Random random = new Random(5);
    Map<Integer, Long> freshUntil = new HashMap<>();
    int hits = 0;
    int requests = 300_000;
    for (int i = 0; i < requests; i++) {
      long now = i * 5L;
      int number = random.nextInt(2_000);
      access.asked(key(number), Learning.Asked.MISS, now);
      if (freshUntil.getOrDefault(number, 0L) > now) {
        hits++;
      } else {
        freshUntil.put(number, now + 15_000);
      }
    }

    assertThat(access.hitShareWith(15_000)).isCloseTo((double) hits / requests, within(0.03));
    assertThat(access.sampledRequests()).isLessThan(requests / 4.0);
  }

  @Test
  void repeats_areThoseWithinAMinute() {
    for (int i = 0; i < 200; i++) {
      access.asked(key(i % 2 == 0 ? 0 : i), Learning.Asked.MISS, i * 20_000L);
    }

    assertThat(access.repeatShare()).isCloseTo(0.5, within(0.02));
  }

  @Test
  void trend_isTheLastMinutesOverThoseBefore() {
    for (int minute = 0; minute < 15; minute++) {
      for (int i = 0; i < (minute < 10 ? 100 : 300); i++) {
        access.asked(key(1), Learning.Asked.HIT, minute * 60_000L);
      }
      access.tick((minute + 1) * 60_000L);
    }

    assertThat(access.trend()).isCloseTo(3, within(0.001));
    assertThat(access.perSecond()).isCloseTo(5, within(0.001));
  }

  @Test
  void ghosts_sayWhatALargerCacheWouldHaveHeld() {
    GhostList ghosts = new GhostList();
    for (int i = 0; i < 4_000; i++) {
      ghosts.evicted("key" + i, 1_000, () -> 100);
      if (i >= 1_000) {
        ghosts.missed("key" + (i - 1_000), i % 2 == 0 ? 50 : 200); // half would be too old
      }
    }

    assertThat(ghosts.hitsWith(500_000)).isZero();
    assertThat(ghosts.hitsWith(2_000_000)).isCloseTo(1_500L, within(200L));
  }

  @Test
  void fewGhosts_sayNothing() {
    GhostList ghosts = new GhostList();
    ghosts.evicted("a", 1_000, () -> 100);
    ghosts.missed("a", 50);

    assertThat(ghosts.hitsWith(2_000)).isNull();
  }
}
