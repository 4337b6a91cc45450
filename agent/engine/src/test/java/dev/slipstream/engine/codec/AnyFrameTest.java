package dev.slipstream.engine.codec;

import static dev.slipstream.engine.codec.Frames.KEY;
import static dev.slipstream.engine.codec.Frames.bytes;
import static dev.slipstream.engine.codec.Frames.codec;
import static dev.slipstream.engine.codec.Frames.payload;
import static dev.slipstream.engine.codec.Frames.resealed;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.slipstream.config.CompressionType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * No bytes make the codec throw or take more memory than they stand for, and what comes out is what
 * was put in or nothing.
 */
class AnyFrameTest {
  private static final int INPUTS = 100_000;

  /** What decoding may take beside the payload: the inflater's window, the cipher, the streams. */
  private static final long OVERHEAD_BYTES = 64 << 10;

  private final Random random = new Random(6);

  static Stream<Arguments> codecs() {
    return Stream.of(CompressionType.values())
        .flatMap(
            compression ->
                Stream.of(
                    Arguments.of(compression, codec(compression)),
                    Arguments.of(compression, codec(compression, "k1", "k2"))));
  }

  @ParameterizedTest
  @MethodSource("codecs")
  void decode_anyDamage_isNoneOrWhatWasPutIn(CompressionType compression, FrameCodec codec) {
    byte[] plain = bytes("{\"id\": 17, \"name\": \"a name\"}, ".repeat(8));
    byte[] frame = codec.encode(KEY, Kind.VALUE, plain);
    int right = 0;
    for (int i = 0; i < INPUTS; i++) {
      byte[] damaged = damaged(frame);
      byte[] read = payload(codec, damaged);
      if (read != null) {
        right++;
        assertThat(damaged).isEqualTo(frame);
        assertThat(read).isEqualTo(plain);
      }
    }
    assertThat(right).isBetween(1, INPUTS / 10); // a change may be none
  }

  /** The checksum made right: all that someone who writes to Redis on purpose can do. */
  @ParameterizedTest
  @MethodSource("codecs")
  void decode_anyBytesWithARightChecksum(CompressionType compression, FrameCodec codec) {
    byte[] plain = bytes("{\"id\": 17, \"name\": \"a name\"}, ".repeat(8));
    byte[] frame = codec.encode(KEY, Kind.VALUE, plain);
    boolean encrypted = !codec.encryptionKeyId().isEmpty();
    int read = 0;
    for (int i = 0; i < INPUTS; i++) {
      byte[] hostile = damaged(frame);
      if (hostile.length >= 14 && random.nextInt(4) == 0) {
        ByteBuffer.wrap(hostile).putInt(6, hostileLength());
      }
      if (hostile.length >= 14) {
        resealed(hostile);
      }
      long before = allocated();
      byte[] got = payload(codec, hostile);
      long taken = allocated() - before;
      assertThat(taken).isLessThan(OVERHEAD_BYTES + 3L * 1_032 * hostile.length);
      if (got != null) {
        read++;
        if (encrypted) {
          assertThat(got).isEqualTo(plain);
        }
      }
    }
    assertThat(read).isPositive();
  }

  @ParameterizedTest
  @EnumSource(names = {"ZLIB", "GZIP"})
  void decode_ofABomb_takesNoMoreThanItStates(CompressionType compression) throws IOException {
    byte[] zeros = deflated(compression, new byte[32 << 20]);
    FrameCodec clear = codec(compression);
    FrameCodec encrypted = codec(compression, "k1");
    for (int length : new int[] {0, 1, 1_000, 100_000, (32 << 20) - 1}) {
      byte[] bomb = bomb(codec(CompressionType.NONE), compression, zeros, length);
      byte[] encryptedBomb = bomb(codec(CompressionType.NONE, "k1"), compression, zeros, length);

      long before = allocated();
      assertThat(payload(clear, bomb)).isNull();
      assertThat(payload(encrypted, encryptedBomb)).isNull();
      assertThat(allocated() - before)
          .isLessThan(2 * OVERHEAD_BYTES + 3L * zeros.length + 2L * length);
    }
  }

  private static byte[] bomb(
      FrameCodec codec, CompressionType compression, byte[] deflated, int stated) {
    byte[] bomb = codec.encode(KEY, Kind.VALUE, deflated);
    bomb[4] = Compression.of(compression).number();
    return resealed(ByteBuffer.wrap(bomb).putInt(6, stated).array());
  }

  private byte[] damaged(byte[] frame) {
    byte[] bytes = frame.clone();
    switch (random.nextInt(5)) {
      case 0 -> bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length + 50));
      case 1 -> bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
      case 2 -> bytes[random.nextInt(Math.min(bytes.length, 40))] = (byte) random.nextInt(4);
      case 3 -> {
        for (int changes = 2 + random.nextInt(20); changes > 0; changes--) {
          bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }
      }
      default -> {
        int from = random.nextInt(bytes.length);
        int to = random.nextInt(bytes.length);
        System.arraycopy(frame, from, bytes, to, bytes.length - Math.max(from, to));
      }
    }
    return bytes;
  }

  private int hostileLength() {
    List<Integer> lengths =
        List.of(
            -1,
            0,
            1,
            Integer.MIN_VALUE,
            Integer.MAX_VALUE,
            FrameCodec.GREATEST_PAYLOAD_BYTES,
            FrameCodec.GREATEST_PAYLOAD_BYTES + 1,
            200_000);
    return random.nextBoolean()
        ? lengths.get(random.nextInt(lengths.size()))
        : random.nextInt() >> random.nextInt(32);
  }

  private static byte[] deflated(CompressionType compression, byte[] plain) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DeflaterOutputStream out =
        compression == CompressionType.ZLIB
            ? new DeflaterOutputStream(bytes)
            : new GZIPOutputStream(bytes)) {
      out.write(plain);
    }
    return bytes.toByteArray();
  }

  private static long allocated() {
    return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
  }
}
