package dev.slipstream.engine.redis;

import dev.slipstream.config.CompressionType;
import dev.slipstream.config.LogLevel;
import dev.slipstream.config.RedisUrl;
import dev.slipstream.config.Settings;
import dev.slipstream.engine.AgentLog;
import dev.slipstream.engine.codec.FrameCodec;
import dev.slipstream.engine.codec.Kind;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Protocol.Command;
import redis.embedded.core.ExecutableProvider;

/**
 * Measures L2 on a real redis-server: a hit beside a bare GET of the same bytes by Jedis, in turn
 * and on the same server, and the invalidation of 10,000 of 100,000 entries by a tag. A hit is read
 * by the plain command, as a gateway does that hears the others, and by the script.
 */
public final class TierBenchmark {
  private static final int ROUNDS = 60;
  private static final int WARM_UP = 20;
  private static final int GETS = 1_000;
  private static final int ENTRIES = 100_000;
  private static final int TAGS = 10;
  private static final String PREFIX = "apigw";

  private final int port;
  private final RedisTier tier;

  private TierBenchmark(int port, RedisTier tier) {
    this.port = port;
    this.tier = tier;
  }

  public static void main(String[] arguments) throws Exception {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    Path folder = Files.createTempDirectory("tier-benchmark");
    Process server = startServer(folder, port);
    try (RedisTier tier = tier(folder, port)) {
      tier.heardUpTo(() -> 0);
      tier.start();
      await(() -> tier.statistics().connected());
      TierBenchmark benchmark = new TierBenchmark(port, tier);
      for (int size : new int[] {1 << 10, 8 << 10, 64 << 10}) {
        benchmark.hits(size);
      }
      benchmark.invalidation();
    } finally {
      server.destroyForcibly();
    }
  }

  private static Process startServer(Path folder, int port) throws IOException {
    String own = System.getProperty("redis.server", "");
    File file =
        own.isEmpty()
            ? ExecutableProvider.newJarResourceProvider(folder.toFile()).get()
            : new File(own);
    return new ProcessBuilder(
            file.getPath(),
            "--port",
            Integer.toString(port),
            "--bind",
            "127.0.0.1",
            "--save",
            "",
            "--dir",
            folder.toString())
        .redirectOutput(folder.resolve("redis.log").toFile())
        .start();
  }

  private static RedisTier tier(Path folder, int port) {
    RedisUrl url =
        new RedisUrl(
            RedisUrl.Topology.SINGLE,
            false,
            List.of(new RedisUrl.Node("127.0.0.1", port)),
            null,
            null,
            0,
            null);
    Settings.Redis settings =
        new Settings.Redis(
            url,
            "the benchmark",
            20,
            Duration.ofSeconds(5),
            Duration.ofSeconds(30),
            Duration.ofSeconds(1),
            Duration.ofSeconds(60));
    return new RedisTier(
        settings,
        PREFIX,
        AgentLog.to(folder.resolve("log"), LogLevel.DEBUG, InstantSource.system()),
        System::nanoTime,
        InstantSource.system());
  }

  /** Looks the same bytes up both ways, in short turns, so that a busy machine slows both. */
  private void hits(int size) {
    byte[] payload = new byte[size];
    new SplittableRandom(1).nextBytes(payload);
    String key = PREFIX + ":http_responses:GET:/of-" + size + "::https://api.example.org:";
    FrameCodec codec = new FrameCodec(CompressionType.NONE, 0, List.of(), System::nanoTime);
    byte[] frame = codec.encode(key, Kind.VALUE, payload);
    if (frame == null) {
      throw new IllegalStateException("not encoded");
    }
    byte[] bareKey = ("bare:" + size).getBytes(StandardCharsets.UTF_8);
    await(() -> isReadPlainly(key, frame));
    long[] bare = new long[(ROUNDS - WARM_UP) * GETS];
    long[] scripted = new long[bare.length];
    long[] hit = new long[bare.length];
    long[] decoded = new long[bare.length];
    try (Connection connection = new Connection("127.0.0.1", port)) {
      connection.sendCommand(Command.SET, bareKey, frame);
      connection.getOne();
      for (int round = 0; round < ROUNDS; round++) {
        int from = Math.max(0, round - WARM_UP) * GETS;
        for (int i = 0; i < GETS; i++) {
          long begun = System.nanoTime();
          connection.sendCommand(Command.GET, bareKey);
          byte[] found = connection.getBinaryBulkReply();
          bare[from + i] = System.nanoTime() - begun;
          check(found, frame.length);
        }
        for (int i = 0; i < GETS; i++) {
          long begun = System.nanoTime();
          byte[] found = look(key, (position, same, tags) -> true);
          hit[from + i] = System.nanoTime() - begun;
          byte[] read =
              found == null ? null : codec.decode(key, found, (kind, in) -> in.readAllBytes());
          decoded[from + i] = System.nanoTime() - begun;
          check(read, size);
        }
        for (int i = 0; i < GETS; i++) {
          long begun = System.nanoTime();
          byte[] found = tier.get(key);
          scripted[from + i] = System.nanoTime() - begun;
          check(found, frame.length);
        }
      }
    }
    print("%2d KB: bare GET %s", size >> 10, text(bare, bare));
    print("%2d KB: hit      %s", size >> 10, text(hit, bare));
    print("%2d KB: and read %s", size >> 10, text(decoded, bare));
    print("%2d KB: scripted %s", size >> 10, text(scripted, bare));
  }

  private byte @Nullable [] look(String key, Hearsay hearsay) {
    Deadline deadline = tier.deadline();
    RedisValue value = deadline == null ? null : tier.get(key, deadline, hearsay);
    return value == null ? null : value.bytes();
  }

  /** Whether an entry written now is found by the plain command, once the tier hears itself. */
  private boolean isReadPlainly(String key, byte[] frame) {
    long written = tier.statistics().puts();
    put(key, frame, "any");
    await(() -> tier.statistics().puts() > written);
    Deadline deadline = tier.deadline();
    RedisValue value =
        deadline == null ? null : tier.get(key, deadline, (position, same, tags) -> true);
    return value != null && !value.confirmed();
  }

  private static String text(long[] nanos, long[] bare) {
    Arrays.sort(nanos);
    Arrays.sort(bare);
    return String.format(
        Locale.ROOT,
        "p50 %6.1f us (%.2f), p99 %6.1f us (%.2f)",
        micros(nanos, 0.5),
        micros(nanos, 0.5) / micros(bare, 0.5),
        micros(nanos, 0.99),
        micros(nanos, 0.99) / micros(bare, 0.99));
  }

  private static void check(byte @Nullable [] found, int size) {
    if (found == null || found.length != size) {
      throw new IllegalStateException("not found");
    }
  }

  private static double micros(long[] sorted, double share) {
    return sorted[(int) (share * sorted.length)] / 1e3;
  }

  private void put(String key, byte[] value, String tag) {
    long now = System.currentTimeMillis();
    tier.put(key, value, now + 3_600_000, List.of(tag), now);
  }

  private void invalidation() {
    byte[] value = new byte[512];
    RemovalCount others = tier.invalidate(List.of("any"), List.of());
    print("(%d entries of before removed)", others.entries());
    long before = tier.statistics().puts();
    for (int i = 0; i < ENTRIES; i++) {
      put(
          PREFIX + ":http_responses:GET:/entry/" + i + "::https://api.example.org:",
          value,
          "tag-" + i % TAGS);
      if (i % 1_000 == 0) {
        await(() -> tier.statistics().queuedWrites() < 1_000);
      }
    }
    await(() -> tier.statistics().puts() == before + ENTRIES);
    for (int i = 0; i < TAGS; i++) {
      long begun = System.nanoTime();
      RemovalCount count = tier.invalidate(List.of("tag-" + i), List.of());
      double millis = (System.nanoTime() - begun) / 1e6;
      print(
          "invalidated %,d of %,d by a tag in %.0f ms",
          count.entries(), ENTRIES - i * (ENTRIES / TAGS), millis);
    }
  }

  private interface Condition {
    boolean holds();
  }

  private static void await(Condition condition) {
    long until = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (!condition.holds()) {
      if (System.nanoTime() - until > 0) {
        throw new IllegalStateException("not within 60 s");
      }
      LockSupport.parkNanos(1_000_000);
    }
  }

  private static void print(String format, Object... values) {
    System.out.printf(Locale.ROOT, format + "%n", values);
  }
}
