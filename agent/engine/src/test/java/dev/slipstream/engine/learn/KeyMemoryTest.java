package dev.slipstream.engine.learn;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KeyMemoryTest {
  private final LearnedEndpoint endpoint =
      new LearnedEndpoint("GET /a", new TtlLimits(1, 1, 1, 0.1), 0);
  private final KeyMemory memory = new KeyMemory();

  private KeyMemory.Seen seen(long atMillis) {
    return new KeyMemory.Seen(endpoint, 7 * atMillis, atMillis, Run.CHANGED);
  }

  @Test
  void get_isWhatWasPutLast() {
    memory.put("a", seen(1));
    memory.put("b", seen(2));
    memory.put("a", seen(3));

    assertThat(memory.get("a")).isEqualTo(seen(3));
    assertThat(memory.get("b")).isEqualTo(seen(2));
    assertThat(memory.get("c")).isNull();
  }

  @Test
  void remove_givesWhatWasSeen_andForgetsIt() {
    memory.put("a", seen(1));

    assertThat(memory.remove("a")).isEqualTo(seen(1));
    assertThat(memory.remove("a")).isNull();
    assertThat(memory.get("a")).isNull();
  }

  @Test
  void get_remembersMostOfTenThousand() {
    for (int i = 0; i < 10_000; i++) {
      memory.put("key" + i, seen(i));
    }
    int known = 0;
    for (int i = 0; i < 10_000; i++) {
      known += seen(i).equals(memory.get("key" + i)) ? 1 : 0;
    }

    assertThat(known).isGreaterThan(9_000);
  }

  @Test
  void put_ofALaterOne_takesThePlaceOfTheOneSeenLongestAgo() {
    for (int i = 0; i < 100_000; i++) {
      memory.put("key" + i, seen(i));
    }
    int early = 0;
    int late = 0;
    for (int i = 0; i < 4_000; i++) {
      early += memory.get("key" + i) == null ? 0 : 1;
      late += memory.get("key" + (99_999 - i)) == null ? 0 : 1;
    }

    assertThat(early).isZero();
    assertThat(late).isGreaterThan(3_900);
  }

  @Test
  void put_ofWhatIsNeverSeenAgain_leavesWhatIs() {
    for (int round = 0; round < 5; round++) {
      for (int i = 0; i < 1_000; i++) {
        memory.put("often" + i, seen(round));
      }
    }
    for (int i = 0; i < 20_000; i++) {
      memory.put("once" + i, seen(10 + i));
    }
    int known = 0;
    for (int i = 0; i < 1_000; i++) {
      known += memory.get("often" + i) == null ? 0 : 1;
    }

    assertThat(known).isGreaterThan(950);
  }

  @Test
  void put_ofWhatIsNeverSeenAgain_wearsOutWhatWas() {
    for (int round = 0; round < 100; round++) {
      for (int i = 0; i < 10_000; i++) {
        memory.put("often" + i, seen(round));
      }
    }
    for (int i = 0; i < 1_000_000; i++) {
      memory.put("once" + i, seen(1_000 + i));
    }
    int known = 0;
    for (int i = 0; i < 10_000; i++) {
      known += memory.get("often" + i) == null ? 0 : 1;
    }

    assertThat(known).isLessThan(100);
  }
}
