package dev.slipstream.engine.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.slipstream.engine.MutableClock;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MemoryTierTest {
  private static final Duration UNLIMITED = Duration.ofDays(365);

  private final MutableClock clock = new MutableClock();
  private final MemoryTier tier = new MemoryTier(1_000_000, UNLIMITED, clock);

  private static final class Entry implements CacheEntry {
    private final byte[] body;
    private final long expiresAtMillis;
    private final List<String> tags;

    Entry(byte[] body, long expiresAtMillis, List<String> tags) {
      this.body = body;
      this.expiresAtMillis = expiresAtMillis;
      this.tags = tags;
    }

    @Override
    public long weightBytes() {
      return 56L + body.length;
    }

    @Override
    public long storedAtMillis() {
      return MutableClock.START_MILLIS;
    }

    @Override
    public long expiresAtMillis() {
      return expiresAtMillis;
    }

    @Override
    public List<String> tags() {
      return tags;
    }
  }

  @Test
  void get_whatWasPut() {
    Held entry = entry(10, 60);
    tier.put("a", entry);

    assertThat(tier.get("a")).isSameAs(entry);
    assertThat(tier.get("b")).isNull();
    assertThat(tier.peek("a")).isNotNull();
    assertThat(tier.peek("b")).isNull();
  }

  @Test
  void get_eachEntryExpiresByItsOwnTime() {
    tier.put("short", entry(10, 1));
    tier.put("long", entry(10, 60));
    tier.put("over", entry(10, 0));
    tier.put("long over", entry(10, -60));

    assertThat(tier.get("over")).isNull();
    assertThat(tier.get("long over")).isNull();
    clock.advance(Duration.ofMillis(999));
    assertThat(tier.get("short")).isNotNull();
    clock.advance(Duration.ofMillis(1));
    assertThat(tier.get("short")).isNull();
    assertThat(tier.peek("short")).isNull();
    clock.advanceSeconds(58);
    assertThat(tier.get("long")).isNotNull();
    clock.advanceSeconds(1);
    assertThat(tier.get("long")).isNull();
  }

  @Test
  void get_longestStay_endsItEarlier() {
    MemoryTier brief = new MemoryTier(1_000_000, Duration.ofSeconds(60), clock);
    brief.put("long", entry(10, 3_600));
    brief.put("short", entry(10, 30));

    clock.advanceSeconds(30);
    assertThat(brief.get("short")).isNull();
    clock.advanceSeconds(14);
    assertThat(brief.get("long")).isNotNull();
    clock.advanceSeconds(16);
    assertThat(brief.get("long")).isNull();
  }

  @Test
  void put_anew_beginsANewLife() {
    tier.put("a", entry(10, 10));
    clock.advanceSeconds(5);
    tier.put("a", entry(20, 10));
    clock.advanceSeconds(9);

    assertThat(tier.get("a")).isNotNull();
    assertThat(tier.statistics().entries()).isEqualTo(1);
  }

  @Test
  void put_overTheBound_evicts() {
    for (int i = 0; i < 1_000; i++) {
      tier.put("key " + i, entry(10_000, 60));
    }

    MemoryTierStatistics statistics = tier.statistics();
    assertThat(statistics.maxMemoryBytes()).isEqualTo(1_000_000);
    assertThat(statistics.memoryBytes()).isBetween(900_000L, 1_000_000L);
    assertThat(statistics.entries()).isBetween(90L, 100L);
    assertThat(statistics.evictions()).isEqualTo(1_000 - statistics.entries());
    assertThat(statistics.expirations()).isZero();
    assertThat(statistics.puts()).isEqualTo(1_000);
  }

  @Test
  void put_entryLargerThanTheTier_isNotKept() {
    tier.put("large", entry(1_000_001, 60));

    assertThat(tier.statistics().entries()).isZero();
    assertThat(tier.statistics().memoryBytes()).isZero();
    assertThat(tier.get("large")).isNull();
  }

  @Test
  void update_seesWhatIsThereAndReplacesIt() {
    Held first = entry(10, 60);
    Held second = entry(20, 60);

    tier.update(
        "a",
        previous -> {
          assertThat(previous).isNull();
          return first;
        });
    tier.update(
        "a",
        previous -> {
          assertThat(previous).isSameAs(first);
          return second;
        });

    assertThat(tier.get("a")).isSameAs(second);
    clock.advanceSeconds(60);
    tier.update(
        "a",
        previous -> {
          assertThat(previous).as("expired").isNull();
          return null;
        });
    assertThat(tier.get("a")).isNull();
  }

  @Test
  void remove_aKey() {
    tier.put("a", entry(10, 60));
    tier.put("b", entry(10, 60));

    tier.remove("a");
    tier.remove("never there");

    assertThat(tier.get("a")).isNull();
    assertThat(tier.get("b")).isNotNull();
  }

  @Test
  void remove_anInvalidation_countsEachEntryOnce() {
    tier.put("p:n:GET:/a", entry(10, 60, "red"));
    tier.put("p:n:GET:/b", entry(10, 60, "red", "blue"));
    tier.put("p:n:GET:/c", entry(10, 60, "blue"));
    tier.put("p:n:GET:/d", entry(10, 60));

    Removed removed =
        tier.remove(Invalidation.of(List.of("red"), List.of("GET:/b", "GET:/d")), key -> {});

    assertThat(removed).isEqualTo(new Removed(3, 2, 2));
    assertThat(tier.statistics().entries()).isEqualTo(1);
    assertThat(tier.get("p:n:GET:/c")).isNotNull();
  }

  @Test
  void clear_countsWhatWasThere() {
    assertThat(tier.clear()).isZero();
    tier.put("a", entry(10, 60));
    tier.put("b", entry(10, 60));
    tier.put("b", entry(10, 60));

    assertThat(tier.clear()).isEqualTo(2);
    assertThat(tier.clear()).isZero();
    assertThat(tier.get("a")).isNull();
    assertThat(tier.statistics().memoryBytes()).isZero();
    assertThat(tier.statistics().evictions()).isZero();
  }

  @Test
  void statistics_countEachThingOnce() {
    tier.put("a", entry(10, 10));
    tier.put("b", entry(10, 60));
    tier.get("a");
    tier.get("a");
    tier.get("c");
    tier.peek("a");
    tier.peek("c");
    clock.advanceSeconds(20);
    tier.get("a");

    MemoryTierStatistics statistics = tier.statistics();
    assertThat(statistics.hits()).isEqualTo(2);
    assertThat(statistics.misses()).isEqualTo(2);
    assertThat(statistics.puts()).isEqualTo(2);
    assertThat(statistics.expirations()).isEqualTo(1);
    assertThat(statistics.evictions()).isZero();
    assertThat(statistics.entries()).isEqualTo(1);
  }

  @Test
  void statistics_memory_isTheWeightOfTheEntries() {
    tier.put("a", entry(1_000, 60));
    long one = tier.statistics().memoryBytes();
    tier.put("b", entry(3_000, 60));
    long both = tier.statistics().memoryBytes();
    tier.remove("a");

    assertThat(one).isBetween(1_000L, 1_500L);
    assertThat(both - one).isEqualTo(one + 2_000);
    assertThat(tier.statistics().memoryBytes()).isEqualTo(both - one);
  }

  /** The number that operators size the tier by, against what the JVM says. */
  @Test
  void statistics_memory_isAboutWhatTheHeapGrowsBy() {
    Random random = new Random(64);
    MemoryTier large = new MemoryTier(64L << 20, UNLIMITED, clock);
    large.put("warm up", entry(1_024, 60));
    large.clear();
    long before = usedHeapBytes();
    for (int i = 0; i < 800; i++) {
      int bytes = 1_024 + random.nextInt(63 * 1_024);
      large.put("apigw:http_responses:GET:/api/v1/users/" + i + ":::", entry(bytes, 3_600));
    }
    long grown = usedHeapBytes() - before; // the tier is in use until the end

    MemoryTierStatistics statistics = large.statistics();
    assertThat(statistics.entries()).isEqualTo(800);
    assertThat((double) statistics.memoryBytes() / grown).isBetween(0.5, 2.0);
  }

  /** With many small entries the overhead counts that no body has. */
  @Test
  void statistics_memory_ofSmallEntries_isAboutWhatTheHeapGrowsBy() {
    MemoryTier large = new MemoryTier(64L << 20, UNLIMITED, clock);
    large.put("warm up", entry(1_024, 60));
    large.clear();
    long before = usedHeapBytes();
    for (int i = 0; i < 50_000; i++) {
      large.put("apigw:http_responses:GET:/api/v1/users/" + i + ":::", entry(16, 3_600));
    }
    long grown = usedHeapBytes() - before; // the tier is in use until the end

    MemoryTierStatistics statistics = large.statistics();
    assertThat(statistics.entries()).isEqualTo(50_000);
    assertThat((double) statistics.memoryBytes() / grown).isBetween(0.5, 2.0);
  }

  @Test
  void put_overTheMostItems_evicts() {
    MemoryTier few = new MemoryTier(100_000_000, 100, UNLIMITED, clock);
    for (int i = 0; i < 1_000; i++) {
      few.put("k" + i, entry(10, 60));
    }

    MemoryTierStatistics statistics = few.statistics();
    assertThat(statistics.entries()).isEqualTo(100);
    assertThat(statistics.maxEntries()).isEqualTo(100);
    assertThat(statistics.evictions()).isEqualTo(900);
    assertThat(statistics.memoryBytes()).isBetween(100L * 200, 100L * 500);
  }

  @Test
  void put_withMostItems_theBytesStillBound() {
    MemoryTier few = new MemoryTier(1_000_000, 100, UNLIMITED, clock);
    for (int i = 0; i < 90; i++) {
      few.put("k" + i, entry(50_000, 60));
    }

    assertThat(few.statistics().entries()).isBetween(15L, 20L);
    assertThat(few.statistics().memoryBytes()).isLessThanOrEqualTo(1_000_000);
  }

  /** An entry's weight is an int of Caffeine's. */
  @Test
  void put_fewItemsInMuchMemory() {
    MemoryTier few = new MemoryTier(1L << 40, 3, UNLIMITED, clock);
    for (int i = 0; i < 10; i++) {
      few.put("k" + i, entry(10, 60));
    }

    assertThat(few.statistics().entries()).isEqualTo(3);
  }

  @Test
  void shrink_dropsAFractionAndWhatIsUsedLeast() {
    MemoryTier full = new MemoryTier(200_000, UNLIMITED, clock);
    for (int i = 0; i < 100; i++) {
      full.put("k" + i, entry(1_000, 60));
    }
    for (int use = 0; use < 10; use++) {
      for (int i = 90; i < 100; i++) {
        assertThat(full.get("k" + i)).isNotNull();
      }
    }
    long before = full.statistics().memoryBytes();

    long dropped = full.shrink(0.5);

    assertThat(full.statistics().memoryBytes()).isEqualTo(before - dropped);
    assertThat((double) dropped / before).isBetween(0.5, 0.52);
    assertThat(full.statistics().evictions()).isEqualTo(50);
    // Of all of them half are left. Caffeine notes most uses, not each.
    assertThat(IntStream.range(90, 100).filter(i -> full.peek("k" + i) != null).count())
        .isGreaterThanOrEqualTo(7);
    for (int i = 0; i < 50; i++) {
      full.put("more" + i, entry(1_000, 60));
    }
    assertThat(full.statistics().entries()).as("there is room as before").isEqualTo(100);
    assertThat(full.shrink(0)).isZero();
    assertThat(full.shrink(1)).isPositive();
    assertThat(full.statistics().entries()).isZero();
  }

  @Test
  void limit_dropsWhatIsOverItAndIsTakenBack() {
    MemoryTier limited = new MemoryTier(200_000, UNLIMITED, clock);
    for (int i = 0; i < 100; i++) {
      limited.put("k" + i, entry(1_000, 60));
    }
    long each = limited.statistics().memoryBytes() / 100;

    limited.limit(50 * each);
    assertThat(limited.statistics().entries()).isEqualTo(50);
    assertThat(limited.statistics().maxMemoryBytes()).isEqualTo(50 * each);
    limited.shrink(0.5);
    limited.put("more", entry(1_000, 60));
    assertThat(limited.statistics().maxMemoryBytes()).isEqualTo(50 * each);

    limited.limit(Long.MAX_VALUE);
    for (int i = 0; i < 100; i++) {
      limited.put("k" + i, entry(1_000, 60));
    }
    assertThat(limited.statistics().maxMemoryBytes()).isEqualTo(200_000);
    assertThat(limited.statistics().entries()).isGreaterThanOrEqualTo(100);
  }

  @Test
  void put_ofWhatIsNeverHit_leavesNewcomersLittleRoom() {
    MemoryTier scanned = new MemoryTier(1_000_000, UNLIMITED, clock);
    Held held = entry(1_000, 60);
    int latest = 0;
    for (int i = 0; i < 500_000; i++) {
      scanned.put("k" + i, held);
      if (i % 5_000 == 4_999) {
        for (int back = 0; back < 100; back++) {
          latest += scanned.peek("k" + (i - back)) == null ? 0 : 1;
        }
      }
    }
    assertThat(latest / 100).isLessThan(40); // of the last 100, where there is room for 800
  }

  @Test
  void put_ofWhatIsNeverHit_dropsNothingElse() {
    MemoryTier scanned = new MemoryTier(1_000_000, UNLIMITED, clock);
    for (int i = 0; i < 150_000; i++) {
      scanned.put("k" + i % 10, entry(1_000, 60));
    }
    assertThat(scanned.statistics().entries()).isEqualTo(10);
    assertThat(scanned.statistics().evictions()).isZero();
    assertThat(scanned.statistics().maxMemoryBytes()).isEqualTo(1_000_000);
  }

  @Test
  void limit_whatIsDroppedForIt_isNotToldAsWantOfRoom() {
    List<String> told = new ArrayList<>();
    MemoryTier limited = new MemoryTier(200_000, UNLIMITED, clock);
    limited.onEvicted((key, bytes, expiresAtMillis) -> told.add(key));
    for (int i = 0; i < 100; i++) {
      limited.put("k" + i, entry(1_000, 60));
    }
    limited.limit(100_000);
    limited.put("more", entry(1_000, 60));
    limited.shrink(0.5);
    MemoryTierStatistics cut = limited.statistics();
    assertThat(cut.evictions()).isGreaterThan(50);
    assertThat(cut.cutEvictions()).isEqualTo(cut.evictions());
    assertThat(told).isEmpty();

    limited.limit(200_000);
    for (int i = 0; i < 300; i++) {
      limited.put("again" + i, entry(1_000, 60));
    }
    assertThat(limited.statistics().cutEvictions()).isEqualTo(cut.evictions());
    assertThat(told).hasSize((int) (limited.statistics().evictions() - cut.evictions()));
    assertThat(told).isNotEmpty();
  }

  @Test
  void limit_tierBoundedInEntries_boundsTheseLikewise() {
    MemoryTier bounded = new MemoryTier(1_000_000, 100, UNLIMITED, clock);
    bounded.limit(500_000);
    for (int i = 0; i < 100; i++) {
      bounded.put("k" + i, entry(10, 60));
    }
    assertThat(bounded.statistics().entries()).isEqualTo(50);
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, 1.1, Double.NaN})
  void shrink_byWhatIsNoFraction(double fraction) {
    assertThatIllegalArgumentException().isThrownBy(() -> tier.shrink(fraction));
  }

  @Test
  void statistics_countByCause() {
    tier.put("a", entry(10, 60));
    tier.put("a", entry(20, 60));
    tier.put("b", entry(10, 60));
    tier.remove("b");
    tier.put("c", entry(10, 60, "t"));
    tier.remove(Invalidation.of(Set.of("t"), List.of()), key -> {});
    tier.put("d", entry(10, 1));
    clock.advanceSeconds(2);

    MemoryTierStatistics statistics = tier.statistics();
    assertThat(statistics.replacements()).isEqualTo(1);
    assertThat(statistics.removals()).isEqualTo(2);
    assertThat(statistics.expirations()).isEqualTo(1);
    assertThat(statistics.evictions()).isZero();
  }

  private static long usedHeapBytes() {
    long used = Long.MAX_VALUE;
    for (int i = 0; i < 4; i++) {
      ManagementFactory.getMemoryMXBean().gc();
      used = Math.min(used, ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
    }
    return used;
  }

  private Held entry(int bytes, long secondsToLive, String... tags) {
    long expiry = clock.millis() + secondsToLive * 1_000;
    Entry entry = new Entry(new byte[bytes], expiry, List.of(tags));
    return new Held(entry, 1, clock.millis(), new Held.Known(0, clock.millis(), 0));
  }
}
