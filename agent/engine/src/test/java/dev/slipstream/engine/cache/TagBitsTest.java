package dev.slipstream.engine.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TagBitsTest {
  @Test
  void tagBits_ofWhatAnInvalidationMeans_haveOneInCommonWithIt() {
    SplittableRandom random = new SplittableRandom(1);
    int meant = 0;
    for (int i = 0; i < 20_000; i++) {
      List<String> tags = tags(random, 4);
      Invalidation invalidation =
          new Invalidation(
              Set.copyOf(tags(random, 2)), List.of(Set.copyOf(tags(random, 2))), List.of());

      if (invalidation.hasTagOf(tags)) {
        meant++;
        assertThat(TagBits.ofEntry(tags) & invalidation.tagBits())
            .as("%s of %s", invalidation, tags)
            .isNotZero();
      }
    }
    assertThat(meant).isGreaterThan(1_000);
  }

  private static List<String> tags(SplittableRandom random, int most) {
    List<String> tags = new ArrayList<>();
    for (int i = random.nextInt(most + 1); i > 0; i--) {
      tags.add("tag-" + random.nextInt(40));
    }
    return tags.stream().distinct().toList();
  }

  @Test
  void tagBits_ofHundredTags_areSpread() {
    int alike = 0;
    for (int i = 0; i < 100; i++) {
      alike += TagBits.of(List.of("tag-" + i)) == TagBits.of(List.of("tag-1000")) ? 1 : 0;
    }
    assertThat(alike).isLessThan(12);
  }
}
