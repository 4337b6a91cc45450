package dev.slipstream.engine.codec;

import dev.slipstream.config.CompressionType;
import dev.slipstream.config.EncryptionKey;
import dev.slipstream.config.SettingsLoader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What it costs to frame 64 KiB of JSON, and to take it out again. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class CodecBenchmark {
  private static final String KEY =
      "apigw:http_responses:GET:/api/v1/users/17/orders:page=2:https://api.example.org:";

  /** How the payload is compressed. */
  @Param({"NONE", "ZLIB", "GZIP"})
  public CompressionType compression = CompressionType.NONE;

  /** Whether it is encrypted. */
  @Param({"false", "true"})
  public boolean encrypted;

  private final byte[] plain = json(64 << 10);
  private FrameCodec codec = codec();
  private byte[] frame = {};

  /** Makes the codec and a frame. */
  @Setup
  public void frame() {
    codec = codec();
    frame = encode();
  }

  private FrameCodec codec() {
    return new FrameCodec(compression, 1_024, keys(), System::nanoTime);
  }

  private List<EncryptionKey> keys() {
    String text = encrypted ? "k1:" + "A".repeat(43) + "=" : "none";
    return SettingsLoader.load(null, Map.of("slipstream.cache_encryption_key", text), Map.of())
        .settings()
        .cache()
        .encryptionKeys();
  }

  /** A payload framed. */
  @Benchmark
  public byte[] encode() {
    byte[] bytes = codec.encode(KEY, Kind.VALUE, plain);
    if (bytes == null) {
      throw new IllegalStateException("not encoded");
    }
    return bytes;
  }

  /** The payload of a frame. */
  @Benchmark
  public Object decode() {
    byte[] payload = codec.decode(KEY, frame, (kind, in) -> in.readAllBytes());
    if (payload == null) {
      throw new IllegalStateException("not decoded");
    }
    return payload;
  }

  /** Records as an API gives them, some of each alike. */
  private static byte[] json(int bytes) {
    Random random = new Random(3);
    String[] names = {"Anna", "Bernd", "Chidi", "Daria", "Emil", "Fatima", "Goran", "Hana"};
    StringBuilder json = new StringBuilder("[");
    while (json.length() < bytes) {
      json.append(
          String.format(
              Locale.ROOT,
              "{\"id\":%d,\"name\":\"%s\",\"email\":\"%s@example.org\",\"balance\":%d.%02d,"
                  + "\"created_at\":\"2026-%02d-%02dT10:15:00Z\",\"tags\":[\"a%d\",\"b%d\"]},",
              100_000 + random.nextInt(900_000),
              names[random.nextInt(names.length)],
              Long.toString(random.nextLong() >>> 1, 36),
              random.nextInt(10_000),
              random.nextInt(100),
              1 + random.nextInt(12),
              1 + random.nextInt(28),
              random.nextInt(20),
              random.nextInt(20)));
    }
    return Arrays.copyOf(json.toString().getBytes(StandardCharsets.UTF_8), bytes);
  }
}
