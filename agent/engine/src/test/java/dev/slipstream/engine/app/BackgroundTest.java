package dev.slipstream.engine.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipstream.config.LogLevel;
import dev.slipstream.engine.AgentLog;
import dev.slipstream.engine.ErrorBreaker;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackgroundTest {
  @TempDir private static Path directory;

  private final ErrorBreaker errors =
      new ErrorBreaker(
          System::nanoTime,
          AgentLog.to(directory.resolve("agent.log"), LogLevel.INFO, InstantSource.system()),
          () -> {});

  private static void hold(CountDownLatch begun, CountDownLatch end) {
    begun.countDown();
    try {
      end.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // at the end
    }
  }

  @Test
  void run_whatThereIsNoRoomFor_isDoneOtherwiseAtOnce() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(4);
    CountDownLatch end = new CountDownLatch(1);
    List<String> otherwise = new ArrayList<>();
    Background background = new Background("test", 2, errors);
    try {
      for (int i = 0; i < 4; i++) {
        background.run("test", () -> hold(begun, end), () -> otherwise.add("held"));
      }
      begun.await();
      for (int i = 0; i < 3; i++) {
        String name = "task " + i;
        background.run("test", () -> {}, () -> otherwise.add(name));
      }
      assertThat(otherwise).containsExactly("task 2");
      background.close();
      assertThat(otherwise).as("at the end").containsExactly("task 2", "task 0", "task 1");
    } finally {
      end.countDown();
    }
  }
}
