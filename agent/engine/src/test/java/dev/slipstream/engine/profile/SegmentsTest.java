package dev.slipstream.engine.profile;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SegmentsTest {
  private final Segments segments = new Segments();

  @Test
  void note_theFiftyFirstValueAtAPlace_makesItVary() {
    for (int i = 0; i < 50; i++) {
      assertThat(segments.note("/colours/" + word(i) + "/shades")).isFalse();
    }
    assertThat(segments.of("/colours/aa/shades")).isEqualTo("/colours/aa/shades");
    assertThat(segments.note("/colours/beige/shades")).isTrue();

    assertThat(segments.of("/colours/aa/shades")).isEqualTo("/colours/{value}/shades");
    assertThat(segments.of("/colours/mauve/shades/x")).isEqualTo("/colours/{value}/shades/x");
    assertThat(segments.of("/colours")).isEqualTo("/colours");
    assertThat(segments.of("/colours/")).isEqualTo("/colours/{value}");
    assertThat(segments.of("/shapes/aa")).isEqualTo("/shapes/aa");
  }

  @Test
  void note_identifiers_areNoValues() {
    for (int i = 0; i < 50; i++) {
      segments.note("/colours/" + word(i));
    }
    assertThat(segments.note("/colours/{id}")).isFalse();
    segments.note("/colours/beige");

    assertThat(segments.of("/colours/{id}")).isEqualTo("/colours/{id}");
    assertThat(segments.of("/colours/aa")).isEqualTo("/colours/{value}");
  }

  @Test
  void note_underAPlaceThatVaries_goesOn() {
    for (int i = 0; i < 51; i++) {
      segments.note("/a/" + word(i));
    }
    for (int i = 0; i < 51; i++) {
      segments.note("/a/x/" + word(i));
    }

    assertThat(segments.of("/a/some/thing")).isEqualTo("/a/{value}/{value}");
  }

  @Test
  void note_isBounded() {
    for (int i = 0; i < 49; i++) {
      for (int j = 0; j < 49; j++) {
        for (int k = 0; k < 49; k++) {
          segments.note("/" + word(i) + "/" + word(j) + "/" + word(k));
        }
      }
    }
    segments.note("/a".repeat(1_000));

    assertThat(segments.of("/aa/aa/aa")).isEqualTo("/aa/aa/aa");
    assertThat(segments.note("/new/path")).isFalse();
  }

  private static String word(int i) {
    return "" + (char) ('a' + i / 26) + (char) ('a' + i % 26);
  }
}
