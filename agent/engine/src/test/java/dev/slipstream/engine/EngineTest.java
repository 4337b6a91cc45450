package dev.slipstream.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipstream.config.LogLevel;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EngineTest {
  private static final Duration PAUSE = Duration.ofMillis(1);

  private final ErrorBreaker errors =
      new ErrorBreaker(
          () -> 0,
          AgentLog.to(new ByteArrayOutputStream(), LogLevel.ERROR, InstantSource.system()),
          () -> {});
  private final ScheduledThreadPoolExecutor thread = new ScheduledThreadPoolExecutor(1);
  private final Engine engine = engine("redis_url=redis://127.0.0.1:1");

  private Engine engine(String... settings) {
    AgentLog log = AgentLog.to(new ByteArrayOutputStream(), LogLevel.ERROR, InstantSource.system());
    return new Engine(TestSettings.with(settings), log, errors, InstantSource.system());
  }

  @AfterEach
  void end() {
    thread.shutdownNow();
    engine.close();
  }

  @Test
  void every_whateverIsThrown_goesOnAndCountsIt() {
    AtomicInteger runs = new AtomicInteger();
    engine.every(
        thread,
        PAUSE,
        PAUSE,
        "a test",
        () -> {
          if (runs.incrementAndGet() < 10) {
            throw new StackOverflowError("made up");
          }
        });

    await().atMost(Duration.ofSeconds(10)).until(() -> runs.get() > 10);
    assertThat(errors.total()).isEqualTo(9);
  }

  @Test
  void emergency_leavesEntriesUnwrittenThatNobodyWaitsFor_andCountsThem() {
    var redis = Objects.requireNonNull(engine.coherence().redis());
    assertThat(redis.drops()).isFalse();

    engine.admission().emergency(true, System.nanoTime());
    assertThat(redis.drops()).isTrue();
    assertThat(redis.statistics().droppedWrites()).isEqualTo(1);

    engine.admission().emergency(false, System.nanoTime());
    assertThat(redis.drops()).isFalse();
    assertThat(redis.statistics().droppedWrites()).isEqualTo(1);
  }
}
