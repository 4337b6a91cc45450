package dev.slipstream.engine.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipstream.config.CompressionType;
import dev.slipstream.engine.cache.CacheEntry;
import dev.slipstream.engine.codec.FrameCodec;
import dev.slipstream.engine.codec.Frames;
import dev.slipstream.engine.codec.Kind;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** No payload in a sound frame makes the codec throw. */
class AnyBytesTest {
  private static final int INPUTS = 100_000;

  private final Random random = new Random(2);
  private final FrameCodec frames = Frames.clear(CompressionType.NONE);
  private final List<byte[]> payloads = payloads();

  @Test
  void decode_anyPayload_doesNotThrow() {
    ResponseCodec codec = new ResponseCodec(frames);
    int read = 0;
    for (int i = 0; i < INPUTS; i++) {
      byte[] bytes = payloads.get(random.nextInt(payloads.size())).clone();
      for (int damages = 1 + random.nextInt(4); damages > 0; damages--) {
        int at = random.nextInt(bytes.length);
        bytes[at] = random.nextBoolean() ? (byte) random.nextInt() : (byte) random.nextInt(3);
      }
      if (random.nextInt(4) == 0) {
        bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length + 20));
      }
      Kind kind = random.nextBoolean() ? Kind.RESPONSE : Kind.VARIANTS;
      CacheEntry entry = codec.decode("k", frames.encode("k", kind, bytes));
      if (entry instanceof StoredResponse response) {
        read++;
        response.ageMillis(0);
        response.part();
        assertThat(response.weightBytes()).isPositive();
      } else if (entry != null) {
        read++;
        assertThat(entry.tags()).isEmpty();
      }
    }
    assertThat(read).isGreaterThan(1_000);
  }

  private List<byte[]> payloads() {
    byte[] body =
        "a body that is long enough to be compressed, compressed, compressed"
            .repeat(3)
            .getBytes(StandardCharsets.UTF_8);
    StoredResponse whole =
        new StoredResponse(
            200,
            Fields.of("ETag", "\"1\"", "Content-Type", "text/plain"),
            Fields.EMPTY,
            body,
            null,
            true,
            false,
            1,
            2,
            3,
            Lifetime.fresh(1_000),
            List.of("a", "b"));
    StoredResponse part =
        new StoredResponse(
            206,
            Fields.EMPTY,
            Fields.of("Via", "x"),
            body,
            new ContentRange(5, 4 + body.length, 1_000),
            false,
            true,
            1,
            2,
            3,
            Lifetime.fresh(0),
            List.of());
    VariantIndex index = new VariantIndex(List.of("accept"), List.of("k1", "k2"), 1, 2, 3);
    ResponseCodec codec = new ResponseCodec(frames);
    return Stream.of(whole, part, index)
        .map(entry -> codec.encode("k", entry))
        .map(frame -> frames.decode("k", frame, (kind, in) -> in.readAllBytes()))
        .toList();
  }
}
