package dev.slipstream.engine.http;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import dev.slipstream.config.Settings;
import dev.slipstream.config.SettingsLoader;
import dev.slipstream.engine.cache.CacheEntry;
import dev.slipstream.engine.cache.Coherence;
import dev.slipstream.engine.cache.Invalidation;
import dev.slipstream.engine.cache.MemoryTier;
import dev.slipstream.engine.cache.MemoryTierStatistics;
import dev.slipstream.engine.cache.Removed;
import dev.slipstream.engine.cache.TieredCache;
import dev.slipstream.engine.codec.FrameCodec;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Measures L1 with 1,000 to 1,000,000 answers of a kilobyte, each with a tag that it shares with
 * every hundredth: what the heap grows by for each beside its bytes, how long a hit's decision
 * takes, and what that becomes while a tag is invalidated. To be run with a heap of 4 GB.
 */
public final class MillionBenchmark {
  private static final int MOST = 1_000_000;
  private static final int TAGS = 100;
  private static final int BODY = 1 << 10;
  private static final int ROUNDS = 6;

  private final InstantSource clock = InstantSource.system();
  private final Settings settings = SettingsLoader.load("", Map.of(), Map.of()).settings();
  private final TieredCache tiers;
  private final HttpCache cache;
  private final String keyBegin;
  private final String keyEnd;
  private long textBytes;

  private MillionBenchmark() {
    MemoryTier memory = new MemoryTier(8L << 30, Duration.ofDays(1), clock);
    tiers =
        HttpCache.tiers(
            settings,
            memory,
            FrameCodec.of(settings.cache()),
            new Coherence(null, clock, System::nanoTime),
            clock);
    cache = new HttpCache(settings, tiers, clock, Runnable::run);
    String key = cache.keyOf(request(0));
    keyBegin = key.substring(0, key.indexOf(path(0)));
    keyEnd = key.substring(keyBegin.length() + path(0).length());
  }

  /** Takes numbers of entries; without, 1,000 to a million. */
  public static void main(String[] arguments) throws Exception {
    int[] sizes =
        arguments.length == 0
            ? new int[] {1_000, 10_000, 100_000, MOST}
            : Arrays.stream(arguments).mapToInt(Integer::parseInt).toArray();
    for (int size : sizes) {
      MillionBenchmark benchmark = new MillionBenchmark();
      benchmark.fill(0, 100); // what there is once
      long before = usedHeapBytes();
      benchmark.textBytes = 0;
      benchmark.fill(100, size + 100);
      long grown = usedHeapBytes() - before;
      MemoryTierStatistics statistics = benchmark.tiers.memoryStatistics();
      print(
          "%,9d entries: %d B each, of which body, fields and key %d; stated %d",
          size,
          grown / size,
          benchmark.textBytes / size,
          statistics.memoryBytes() / statistics.entries());
      benchmark.hits(size);
      benchmark.bare(size);
      if (size == MOST) {
        benchmark.invalidations(size);
      }
    }
  }

  private static String path(int i) {
    return "/api/v1/items/" + (10_000_000 + i);
  }

  private String key(int i) {
    return keyBegin + path(i) + keyEnd;
  }

  /** As the exchange of a miss stores it, one after the other. */
  private void fill(int from, int to) {
    for (int i = from; i < to; i++) {
      ContainerRequest request = new ContainerRequest(path(i), null, "Host", "api.example.org");
      if (!(cache.decide(request) instanceof Decision.Fetch fetch)) {
        throw new IllegalStateException("stored already: " + i);
      }
      byte[] body = new byte[BODY];
      String tag = "tag-" + i % TAGS;
      // Made anew, as a container makes them for each answer.
      String[] fields = {
        new String("Content-Type"), "application/json;charset=UTF-" + (8 + i % 1),
        new String("ETag"), "\"" + Integer.toHexString(i * 31) + "\"",
        new String("Cache-Control"), "max-age=" + (86_400 + i % 1),
      };
      Fill fill = cache.fill(fetch);
      ResponseHead head = ResponseHead.of(200, Fields.EMPTY, Fields.of(fields));
      fill.begin(head);
      fill.append(body, 0, body.length);
      fill.complete(head, new ReadSet(), List.of(tag));
      fetch.release();
      textBytes += BODY + String.join("", fields).length() + keyLength(i) + tag.length();
    }
  }

  private static int keyLength(int i) {
    return "apigw:http_responses:GET:::https://api.example.org:".length() + path(i).length();
  }

  /** A request for one of so many URLs, made just now, as a container has it. */
  private static ContainerRequest request(SplittableRandom random, int size) {
    return request(100 + random.nextInt(size));
  }

  private static ContainerRequest request(int i) {
    return new ContainerRequest(path(i), null, "Host", "api.example.org");
  }

  private void hits(int size) {
    SplittableRandom random = new SplittableRandom(1);
    long[] nanos = new long[1_000_000];
    for (int round = 0; round < 4; round++) {
      int unused = more(random, size, nanos, 0, nanos.length);
    }
    print("%,9d entries: a hit's decision %s", size, text(nanos, nanos.length));
  }

  /**
   * What of it is the machine's memory, and what Caffeine's: the same answers, under the same keys,
   * looked up in both tiers, in a Caffeine cache and in a hash map that nobody looks after.
   */
  private void bare(int size) {
    Map<String, CacheEntry> map = new ConcurrentHashMap<>();
    Cache<String, CacheEntry> caffeine =
        Caffeine.newBuilder()
            .maximumWeight(8L << 30)
            .weigher((String key, CacheEntry entry) -> (int) entry.weightBytes())
            .expireAfter(Expiry.<String, CacheEntry>writing((key, entry) -> Duration.ofDays(1)))
            .executor(Runnable::run)
            .build();
    for (int i = 100; i < size + 100; i++) {
      String key = key(i);
      CacheEntry entry = tiers.peek(key);
      if (entry != null) {
        map.put(key, entry);
        caffeine.put(key, entry);
      }
    }
    lookUps(size, "a look-up in the tiers", key -> tiers.reader().get(key));
    lookUps(size, "in a Caffeine cache   ", caffeine::getIfPresent);
    lookUps(size, "in a map              ", map::get);
  }

  /** As much of the entry is read as a hit's decision needs. */
  private void lookUps(int size, String what, Function<String, @Nullable CacheEntry> cached) {
    SplittableRandom random = new SplittableRandom(1);
    long[] nanos = new long[1_000_000];
    long sum = 0;
    for (int round = 0; round < 4; round++) {
      for (int i = 0; i < nanos.length; i++) {
        String key = key(100 + random.nextInt(size)); // made anew, as of a request
        long begun = System.nanoTime();
        StoredResponse response = (StoredResponse) cached.apply(key);
        if (response != null) {
          sum += response.lifetime().freshMillis() + response.body().length;
          sum += response.fields().first("ETag") == null ? 0 : 1;
        }
        nanos[i] = System.nanoTime() - begun;
      }
    }
    print("%,9d entries: %s %s (%d)", size, what, text(nanos, nanos.length), sum % 10);
  }

  /** One thread asks, and another one invalidates meanwhile: quiet and not in turn. */
  private void invalidations(int size) throws InterruptedException {
    SplittableRandom random = new SplittableRandom(2);
    long[] quiet = new long[8_000_000];
    long[] busy = new long[8_000_000];
    int quietCount = 0;
    int busyCount = 0;
    for (int round = 0; round < ROUNDS; round++) {
      Invalidation tag = Invalidation.of(Set.of("tag-" + round), Set.of());
      long[] took = new long[1];
      Removed[] removed = new Removed[1];
      Thread invalidating =
          new Thread(
              () -> {
                long begun = System.nanoTime();
                removed[0] = tiers.invalidate(tag);
                took[0] = System.nanoTime() - begun;
              });
      invalidating.setDaemon(true);
      invalidating.start();
      while (invalidating.isAlive()) {
        busyCount = more(random, size, busy, busyCount, 64);
      }
      invalidating.join();
      long end = System.nanoTime() + Math.max(took[0], TimeUnit.MILLISECONDS.toNanos(200));
      while (System.nanoTime() - end < 0) {
        quietCount = more(random, size, quiet, quietCount, 64);
      }
      print("  %s in %.0f ms", removed[0], took[0] / 1e6);
    }
    print("hits beside nothing         %s, %d of them", text(quiet, quietCount), quietCount);
    print("hits beside an invalidation %s, %d of them", text(busy, busyCount), busyCount);
  }

  private int more(SplittableRandom random, int size, long[] nanos, int from, int count) {
    int to = Math.min(from + count, nanos.length);
    for (int i = from; i < to; i++) {
      ContainerRequest request = request(random, size);
      long begun = System.nanoTime();
      Decision decision = cache.decide(request);
      nanos[i] = System.nanoTime() - begun;
      if (decision instanceof Decision.Fetch fetch) {
        fetch.release(); // it was invalidated
      }
    }
    return to;
  }

  private static String text(long[] nanos, int count) {
    long[] sorted = Arrays.copyOf(nanos, count);
    Arrays.sort(sorted);
    return String.format(
        Locale.ROOT,
        "p50 %.2f us, p90 %.2f, p99 %.2f, p99.9 %.2f",
        sorted[count / 2] / 1e3,
        sorted[(int) (count * 0.9)] / 1e3,
        sorted[(int) (count * 0.99)] / 1e3,
        sorted[(int) (count * 0.999)] / 1e3);
  }

  private static long usedHeapBytes() {
    long used = Long.MAX_VALUE;
    for (int i = 0; i < 4; i++) {
      ManagementFactory.getMemoryMXBean().gc();
      used = Math.min(used, ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
    }
    return used;
  }

  private static void print(String format, Object... values) {
    System.out.printf(Locale.ROOT, format + "%n", values);
  }
}
