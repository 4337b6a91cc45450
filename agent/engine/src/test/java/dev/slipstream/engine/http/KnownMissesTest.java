package dev.slipstream.engine.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KnownMissesTest {
  private static final long NOW = 1_000_000;

  private final KnownMisses misses = new KnownMisses();

  private void refuse(int times, String path, String query, boolean identified) {
    for (int i = 0; i < times; i++) {
      misses.refused(path, query, identified);
    }
  }

  @Test
  void contains_afterEightRefusalsInARow() {
    refuse(7, "/a", null, false);
    assertThat(misses.contains("/a", null, false)).isFalse();

    refuse(1, "/a", null, false);

    assertThat(misses.contains("/a", null, false)).isTrue();
  }

  @Test
  void contains_anotherQueryOrAsker_isAnother() {
    refuse(8, "/a", null, false);
    refuse(8, "/b", "x=1", true);

    assertThat(misses.contains("/a", "", false)).isFalse();
    assertThat(misses.contains("/a", null, true)).isFalse();
    assertThat(misses.contains("/b", "x=1", true)).isTrue();
    assertThat(misses.contains("/b", "x=2", true)).isFalse();
    assertThat(misses.contains("/b", null, true)).isFalse();
  }

  @Test
  void takesToLook_onceInTenthsOfASecond() {
    refuse(8, "/a", null, false);

    assertThat(misses.takesToLook("/a", null, false, NOW)).isTrue();
    assertThat(misses.takesToLook("/a", null, false, NOW + 99)).isFalse();
    assertThat(misses.takesToLook("/a", null, false, NOW + 100)).isTrue();
    assertThat(misses.takesToLook("/a", null, false, NOW + 150)).isFalse();
  }

  @Test
  void takesToLook_aClockThatWasSetBack_doesNotEndIt() {
    refuse(8, "/a", null, false);
    misses.takesToLook("/a", null, false, NOW);

    assertThat(misses.takesToLook("/a", null, false, NOW - 3_600_000)).isTrue();
  }

  @Test
  void forget_itBeginsAnew() {
    refuse(8, "/a", null, false);
    misses.forget("/b", null, false);
    assertThat(misses.contains("/a", null, false)).isTrue();

    misses.forget("/a", null, false);
    refuse(7, "/a", null, false);

    assertThat(misses.contains("/a", null, false)).isFalse();
  }

  @Test
  void refused_aLongUrl_isNotRemembered() {
    String path = "/" + "a".repeat(1_000);

    refuse(8, path, null, false);

    assertThat(misses.contains(path, null, false)).isFalse();
  }
}
