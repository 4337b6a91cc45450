package dev.slipstream.engine.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipstream.config.CompressionType;
import dev.slipstream.engine.cache.CacheEntry;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

/** No bytes from L2 make the codec throw, and damaged ones are no entry. */
class AnyBytesTest {
  private static final int INPUTS = 100_000;
  private static final int HEADER_BYTES = 13;
  private static final int CHECKSUM_AT = 9;

  private final Random random = new Random(2);
  private final List<byte[]> entries = entries();

  @Test
  void decode_anyByteOfThePayloadDamaged_isNone() {
    ResponseCodec codec = new ResponseCodec(CompressionType.NONE, 0);
    for (int i = 0; i < INPUTS; i++) {
      byte[] bytes = entry();
      assertThat(codec.decode(bytes)).isNotNull();
      int at = HEADER_BYTES + random.nextInt(bytes.length - HEADER_BYTES);
      bytes[at] ^= (byte) (1 + random.nextInt(255));
      if (codec.decode(bytes) != null) {
        throw new AssertionError("damaged at " + at);
      }
    }
  }

  @Test
  void decode_anyBytesWithARightChecksum_doesNotThrow() {
    ResponseCodec codec = new ResponseCodec(CompressionType.NONE, 0);
    int read = 0;
    for (int i = 0; i < INPUTS; i++) {
      byte[] bytes = entry();
      for (int damages = 1 + random.nextInt(4); damages > 0; damages--) {
        int at = 3 + random.nextInt(bytes.length - 3);
        bytes[at] = random.nextBoolean() ? (byte) random.nextInt() : (byte) random.nextInt(3);
      }
      if (random.nextInt(4) == 0) {
        bytes = java.util.Arrays.copyOf(bytes, random.nextInt(bytes.length + 20));
      }
      if (bytes.length >= HEADER_BYTES) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes, HEADER_BYTES, bytes.length - HEADER_BYTES);
        ByteBuffer.wrap(bytes).putInt(CHECKSUM_AT, (int) checksum.getValue());
      }
      CacheEntry entry = codec.decode(bytes);
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

  private byte[] entry() {
    return entries.get(random.nextInt(entries.size())).clone();
  }

  private static List<byte[]> entries() {
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
    ResponseCodec plain = new ResponseCodec(CompressionType.NONE, 0);
    return List.of(
        plain.encode(whole),
        plain.encode(part),
        plain.encode(index),
        new ResponseCodec(CompressionType.ZLIB, 0).encode(whole),
        new ResponseCodec(CompressionType.GZIP, 0).encode(part));
  }
}
