package dev.slipstream.engine.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An announcement that could not be carried out counts as one that was not heard. */
class SubscriberTest {
  @TempDir Path directory;
  private RedisProcess redis;
  private RedisTier hearing;
  private RedisTier telling;

  @BeforeEach
  void start() {
    redis = RedisProcess.start(directory);
    hearing = Tiers.tier(Tiers.url(redis.port(), null), directory.resolve("hearing.log"));
    telling = Tiers.connected(redis.port(), directory.resolve("telling.log"));
  }

  @AfterEach
  void stop() {
    hearing.close();
    telling.close();
    redis.close();
  }

  private static void awaitTrue(Supplier<Boolean> condition) {
    await().atMost(Tiers.PATIENCE).pollInterval(Duration.ofMillis(10)).until(condition::get);
  }

  /** Has announcements fail, and waits until both hear each other. Returns the generation. */
  private int failing(AtomicInteger calls, Supplier<? extends Throwable> failure) {
    hearing.onAnnouncement(
        announcement -> {
          calls.incrementAndGet();
          SubscriberTest.<RuntimeException>sneak(failure.get());
        });
    hearing.start();
    for (RedisTier tier : List.of(hearing, telling)) {
      awaitTrue(() -> tier.coherence().listening() && tier.coherence().gateways() == 2);
    }
    return hearing.listening().generation();
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <T extends Throwable> void sneak(Throwable failure) throws T {
    throw (T) failure;
  }

  @Test
  void announcement_thatFails_beginsAnotherGeneration() {
    AtomicInteger calls = new AtomicInteger();
    int generation = failing(calls, IllegalStateException::new);

    telling.invalidate(List.of("t"), List.of());

    awaitTrue(() -> calls.get() == 1);
    awaitTrue(() -> hearing.listening().generation() > generation);
    assertThat(hearing.coherence().listening()).isTrue();
  }

  @Test
  void announcement_thatEndsInAnError_isNotTheLastOneHeard() {
    AtomicInteger calls = new AtomicInteger();
    int generation = failing(calls, StackOverflowError::new);

    telling.invalidate(List.of("t"), List.of());
    awaitTrue(() -> hearing.listening().generation() > generation);

    awaitTrue(() -> hearing.coherence().listening());
    telling.invalidate(List.of("t"), List.of());
    awaitTrue(() -> calls.get() == 2);
  }
}
