package dev.slipstream.engine.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ProvenEntriesTest {
  private static final long SETTLED = 7_000_000;
  private static final ProvenEntries.Ground GROUND = new ProvenEntries.Ground(1, 10, SETTLED);

  private final ProvenEntries proven = new ProvenEntries();

  @Test
  void of_whatWasAdded_isWhatWasKnownLast() {
    ProvenEntries.Ground later = new ProvenEntries.Ground(2, 20, SETTLED);
    proven.add(5, 1_000, GROUND);
    proven.add(5, 1_000, later);
    assertThat(proven.of(5, 1_000, SETTLED)).isEqualTo(later);
  }

  @Test
  void of_anotherWrite_isNothing() {
    proven.add(5, 1_000, GROUND);
    assertThat(proven.of(6, 1_000, SETTLED)).isNull();
    assertThat(proven.of(5, 1_001, SETTLED)).as("begun at another time").isNull();
  }

  @Test
  void of_aWriteWithoutIdentity_isNothing() {
    proven.add(0, 1_000, GROUND);
    assertThat(proven.of(0, 1_000, SETTLED)).isNull();
  }

  @Test
  void of_whatWasFoundOnAServerThatIsNotUsedAnyMore_isNothing() {
    proven.add(5, 1_000, GROUND);
    assertThat(proven.of(5, 1_000, SETTLED + 1)).as("settled again").isNull();
    proven.add(6, 1_000, new ProvenEntries.Ground(1, 10, SlotGroup.UNHEARD));
    assertThat(proven.of(6, 1_000, SlotGroup.UNHEARD)).as("not settled yet").isNull();
  }

  /** Two that share their places are both remembered; a third takes the place of the elder. */
  @Test
  void add_whereThePlacesAreTaken_forgetsTheElder() {
    long[] ids = {5, 5 + (1L << 32), 5 + (2L << 32)};
    LongStream.of(ids).forEach(id -> proven.add(id, 1_000, GROUND));
    assertThat(proven.of(ids[0], 1_000, SETTLED)).isNull();
    assertThat(proven.of(ids[1], 1_000, SETTLED)).isEqualTo(GROUND);
    assertThat(proven.of(ids[2], 1_000, SETTLED)).isEqualTo(GROUND);
  }

  @Test
  void add_ofThousands_remembersNearlyAll() {
    long[] ids = new SplittableRandom(1).longs(4_000).toArray();
    LongStream.of(ids).forEach(id -> proven.add(id, 1_000, GROUND));
    assertThat(LongStream.of(ids).filter(id -> proven.of(id, 1_000, SETTLED) != null).count())
        .isGreaterThan(3_500);
  }
}
