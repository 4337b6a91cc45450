package dev.slipstream.engine.profile;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

class EndpointNamesTest {
  private final EndpointNames names = new EndpointNames();

  @Test
  void of_aPathThatWasLearnt_isItsTemplate() {
    names.learn("/items/blue", "/items/{colour}");

    assertThat(names.of("/items/blue")).isEqualTo("/items/{colour}");
  }

  @Test
  void of_anyOther_isThePathWithoutIdentifiers() {
    names.learn("/items/blue", "/items/{colour}");

    assertThat(names.of("/items/17")).isEqualTo("/items/{id}");
    assertThat(names.of("/items/red")).isEqualTo("/items/red");
  }

  @Test
  void learn_anotherTemplate_counts() {
    names.learn("/items/blue", "/items/{colour}");
    names.learn("/items/blue", "/items/blue");

    assertThat(names.of("/items/blue")).isEqualTo("/items/blue");
  }

  @Test
  void learn_isBounded() {
    for (int i = 0; i < 30_000; i++) {
      names.learn("/items/colour-" + i, "/items/{colour}");
    }

    int learnt = 0;
    for (int i = 0; i < 30_000; i++) {
      learnt += names.of("/items/colour-" + i).equals("/items/{colour}") ? 1 : 0;
    }
    assertThat(learnt).isLessThanOrEqualTo(10_000);
  }

  @Test
  void of_oneOfThousandsAskedForLately_makesNothingNew() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    String[] paths = new String[2_048];
    for (int i = 0; i < paths.length; i++) {
      paths[i] = "/api/v1/users/" + i + "/orders";
    }
    askForAll(paths);
    askForAll(paths);

    long before = threads.getCurrentThreadAllocatedBytes();
    askForAll(paths);
    long each = (threads.getCurrentThreadAllocatedBytes() - before) / paths.length;

    assertThat(each).as("bytes for each").isLessThan(20);
  }

  private void askForAll(String[] paths) {
    for (String path : paths) {
      names.of(path);
    }
  }

  @Test
  void learn_aVeryLongPath_isLeftOut() {
    String path = "/a".repeat(1_000);
    names.learn(path, "/{all}");

    assertThat(names.of(path)).isNotEqualTo("/{all}");
  }
}
