package dev.slipstream.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AgentThreadsTest {
  private static final InheritableThreadLocal<String> OF_THE_APPLICATION =
      new InheritableThreadLocal<>();

  @Test
  void make_isANamedDaemonThatIsNotStarted() {
    Thread thread = AgentThreads.make("test", () -> {});

    assertThat(thread.isDaemon()).isTrue();
    assertThat(thread.getName()).isEqualTo("slipstream-test");
    assertThat(thread.getState()).isEqualTo(Thread.State.NEW);
  }

  @Test
  void make_inheritsNothingOfItsMaker() throws Exception {
    Thread maker = Thread.currentThread();
    ClassLoader before = maker.getContextClassLoader();
    List<Object> seen = new ArrayList<>();
    try (URLClassLoader webApplication = new URLClassLoader(new URL[0], before)) {
      maker.setContextClassLoader(webApplication);
      OF_THE_APPLICATION.set("secret");
      Thread thread =
          AgentThreads.make(
              "test",
              () -> {
                seen.add(Thread.currentThread().getContextClassLoader());
                seen.add(OF_THE_APPLICATION.get());
                seen.add("ran");
              });
      thread.start();
      thread.join();
    } finally {
      maker.setContextClassLoader(before);
      OF_THE_APPLICATION.remove();
    }

    assertThat(seen).containsExactly(null, null, "ran");
  }
}
