package dev.slipstream.engine.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipstream.config.Settings;
import dev.slipstream.engine.MutableClock;
import dev.slipstream.engine.TestSettings;
import dev.slipstream.engine.cache.CacheEntry;
import dev.slipstream.engine.cache.Coherence;
import dev.slipstream.engine.cache.MemoryTier;
import dev.slipstream.engine.cache.MemoryTierStatistics;
import dev.slipstream.engine.cache.TieredCache;
import dev.slipstream.engine.codec.FrameCodec;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What L1 says it takes is what the heap grows by, whatever the answers look like. */
class StoredWeightTest {
  private static final MutableClock CLOCK = new MutableClock();
  private static final Random RANDOM = new Random(15);

  static Stream<Arguments> shapes() {
    return Stream.of(
        shape("empty", 40_000, i -> new TestStored().build()),
        shape(
            "small JSON",
            20_000,
            i ->
                new TestStored()
                    .fields(fields("Content-Type", "ETag", "Cache-Control"))
                    .body("{\"id\":" + i + "}")
                    .build()),
        shape(
            "many fields",
            5_000,
            i ->
                new TestStored()
                    .fields(
                        fields("A", "Bb", "Ccc", "Dddd", "Eeeee", "Ffffff", "Ggggggg", "Hhhhhhhh"))
                    .appended("Vary", "Accept-" + i)
                    .build()),
        shape(
            "wide characters",
            10_000,
            i -> new TestStored().fields("X-Name-" + i, "\u20ac".repeat(40) + i).build()),
        shape(
            "tags",
            10_000,
            i ->
                new TestStored()
                    .tags("user:" + i, "team:" + i % 7 + "/" + i, "rule:users-" + i, "x" + i)
                    .build()),
        shape(
            "bodies of any size",
            1_000,
            i -> new TestStored().body("x".repeat(RANDOM.nextInt(60_000))).build()),
        shape("part", 20_000, i -> new TestStored().part("x" + i, 10, 1_000_000).build()),
        shape("gzip", 2_000, i -> gzipped(new byte[4_000 + i], new byte[700 + i % 50])),
        shape(
            "index of variants",
            10_000,
            i ->
                new VariantIndex(
                    texts("accept-" + i, "accept-language-" + i),
                    texts("apigw:http_responses:GET:/a/" + i + "::", "apigw:http_responses:" + i),
                    1,
                    CLOCK.millis(),
                    CLOCK.millis() + 60_000)));
  }

  private static Arguments shape(String name, int count, IntFunction<CacheEntry> entry) {
    return Arguments.of(Named.of(name, entry), count);
  }

  /** Texts that no other entry has. */
  private static String[] fields(String... names) {
    List<String> all = new ArrayList<>();
    for (String name : names) {
      all.add(name + RANDOM.nextInt(10));
      all.add(Long.toString(RANDOM.nextLong() >>> 1, 36).repeat(1 + RANDOM.nextInt(5)));
    }
    return all.toArray(String[]::new);
  }

  private static List<String> texts(String... texts) {
    return List.of(texts);
  }

  private static StoredResponse gzipped(byte[] body, byte[] gzipped) {
    return new StoredResponse(
        200,
        Fields.EMPTY,
        Fields.EMPTY,
        body,
        null,
        true,
        false,
        CLOCK.millis(),
        0,
        CLOCK.millis(),
        Lifetime.fresh(60_000),
        List.of(),
        gzipped);
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void weight_isWhatTheHeapGrowsBy(IntFunction<CacheEntry> shape, int count) {
    Settings settings = TestSettings.with();
    TieredCache tiers =
        HttpCache.tiers(
            settings,
            new MemoryTier(1L << 30, Duration.ofDays(1), CLOCK),
            FrameCodec.of(settings.cache()),
            new Coherence(null, CLOCK, System::nanoTime),
            CLOCK);
    tiers.put("warm up", shape.apply(0), tiers.mark());
    long before = usedHeapBytes() - tiers.memoryStatistics().memoryBytes();
    for (int i = 0; i < count; i++) {
      String key = "apigw:http_responses:GET:/api/v1/users/" + i + "::https://api.example.org:";
      tiers.put(key, shape.apply(i), tiers.mark());
    }
    long grown = usedHeapBytes() - before;

    MemoryTierStatistics statistics = tiers.memoryStatistics(); // in use until here
    assertThat(statistics.entries()).isEqualTo(count + 1);
    assertThat((double) statistics.memoryBytes() / grown)
        .as("%d bytes stated, %d taken", statistics.memoryBytes(), grown)
        .isBetween(0.85, 1.15);
  }

  private static long usedHeapBytes() {
    long used = Long.MAX_VALUE;
    for (int i = 0; i < 4; i++) {
      ManagementFactory.getMemoryMXBean().gc();
      used = Math.min(used, ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
    }
    return used;
  }
}
