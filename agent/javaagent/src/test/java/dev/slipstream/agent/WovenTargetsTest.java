package dev.slipstream.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.net.URLClassLoader;
import org.junit.jupiter.api.Test;

class WovenTargetsTest {
  private final WovenTargets targets = new WovenTargets();

  @Test
  void list_classAndLoader() throws Exception {
    try (URLClassLoader named = new URLClassLoader("shop", new URL[0], null);
        URLClassLoader nameless = new URLClassLoader(new URL[0])) {
      targets.add("a.A", null);
      targets.add("b.B", named);
      targets.add("c.C", nameless);
    }

    assertThat(targets.list())
        .containsExactly(
            "a.A in the boot loader",
            "b.B in java.net.URLClassLoader 'shop'",
            "c.C in java.net.URLClassLoader");
  }

  /** Two web applications that bring the same library. */
  @Test
  void contains_classOfAnotherLoaderThatIsDescribedAlike_isFalse() throws Exception {
    try (URLClassLoader one = new URLClassLoader(new URL[0]);
        URLClassLoader other = new URLClassLoader(new URL[0])) {
      targets.add("a.A", one);

      assertThat(targets.contains("a.A", one)).isTrue();
      assertThat(targets.contains("a.A", other)).isFalse();
      assertThat(targets.contains("a.B", one)).isFalse();
      targets.add("a.A", other);
      assertThat(targets.list()).hasSize(1);
    }
  }

  @Test
  void contains_overTheBound_knowsOn() throws Exception {
    try (URLClassLoader loader = new URLClassLoader(new URL[0])) {
      for (int i = 0; i < 300; i++) {
        targets.add("a.A" + i, loader);
      }

      assertThat(targets.contains("a.A299", loader)).isTrue();
    }
  }

  @Test
  void add_overTheBound_isCountedOnly() {
    for (int i = 0; i < 300; i++) {
      targets.add("a.A" + i, null);
    }

    assertThat(targets.list()).hasSize(257).endsWith("and 44 more");
  }
}
