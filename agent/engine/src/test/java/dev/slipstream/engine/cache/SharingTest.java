package dev.slipstream.engine.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipstream.config.LogLevel;
import dev.slipstream.engine.AgentLog;
import dev.slipstream.engine.MutableClock;
import dev.slipstream.engine.TestSettings;
import dev.slipstream.engine.redis.RedisTier;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SharingTest {
  private static final String KEY = "apigw:a";

  @TempDir private Path folder;
  private final MutableClock clock = new MutableClock();
  private RedisTier redis;
  private TieredCache cache;
  private int encoded;

  @BeforeEach
  void make() {
    redis =
        new RedisTier(
            TestSettings.with("redis_url=redis://127.0.0.1:1").redis(),
            "apigw",
            AgentLog.to(folder.resolve("log"), LogLevel.ERROR, clock),
            clock::nanos,
            clock);
    cache =
        new TieredCache(
            new MemoryTier(1 << 20, Duration.ofDays(1), clock),
            new EntryCodec() {
              @Override
              public byte[] encode(String key, CacheEntry entry) {
                encoded++;
                return new byte[1];
              }

              @Override
              public @Nullable CacheEntry decode(String key, byte[] bytes) {
                return null;
              }
            },
            new Coherence(redis, clock, clock::nanos),
            clock,
            key -> null);
  }

  private record Entry(long storedAtMillis, long expiresAtMillis) implements CacheEntry {
    @Override
    public long weightBytes() {
      return 100;
    }

    @Override
    public List<String> tags() {
      return List.of();
    }
  }

  private void put(TieredCache.Sharing sharing) {
    long now = clock.millis();
    cache.put(KEY, new Entry(now, now + 60_000), cache.mark(), sharing);
  }

  @Test
  void entryThatNobodyWaitsFor_whileNothingNeedlessIsDone_isNotEvenMadeReadyForL2() {
    redis.dropsWhile(() -> true);
    put(TieredCache.Sharing.BEHIND);

    assertThat(encoded).isZero();
    assertThat(redis.statistics().droppedWrites()).isEqualTo(1);
    assertThat(cache.memoryStatistics().puts()).as("kept here").isEqualTo(1);
  }

  @Test
  void entryThatSomebodyWaitsFor_goesToL2AllTheSame() {
    redis.dropsWhile(() -> true);
    put(TieredCache.Sharing.THROUGH);

    assertThat(encoded).isEqualTo(1);
    assertThat(redis.statistics().droppedWrites()).isZero();
  }

  @Test
  void entryThatNobodyWaitsFor_goesToL2Otherwise() {
    put(TieredCache.Sharing.BEHIND);

    assertThat(encoded).isEqualTo(1);
  }
}
