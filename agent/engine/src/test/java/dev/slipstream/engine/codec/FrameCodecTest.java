package dev.slipstream.engine.codec;

import static dev.slipstream.engine.codec.Frames.KEY;
import static dev.slipstream.engine.codec.Frames.bytes;
import static dev.slipstream.engine.codec.Frames.codec;
import static dev.slipstream.engine.codec.Frames.payload;
import static dev.slipstream.engine.codec.Frames.resealed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipstream.config.CompressionType;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FrameCodecTest {
  private static final byte[] LONG = bytes("a line of it\n".repeat(1_000));

  @ParameterizedTest
  @EnumSource(CompressionType.class)
  void decode_whatWasEncoded(CompressionType compression) {
    byte[] noise = new byte[10_000];
    new Random(1).nextBytes(noise);
    for (FrameCodec codec : new FrameCodec[] {codec(compression), codec(compression, "k1")}) {
      for (byte[] plain : new byte[][] {LONG, noise, bytes("a"), {}}) {
        byte[] frame = codec.encode(KEY, Kind.VALUE, plain);

        assertThat(payload(codec, frame)).isEqualTo(plain);
        assertThat(codec.<Kind>decode(KEY, frame, (kind, in) -> kind)).isEqualTo(Kind.VALUE);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(CompressionType.class)
  void encode_compressesOnlyWhatIsLargeEnoughAndGetsSmaller(CompressionType compression) {
    FrameCodec codec = new FrameCodec(compression, 100, Frames.keys(), System::nanoTime);
    byte[] noise = new byte[10_000];
    new Random(1).nextBytes(noise);

    assertThat(codec.encode(KEY, Kind.VALUE, bytes("x".repeat(99)))).hasSize(14 + 99);
    assertThat(codec.encode(KEY, Kind.VALUE, noise)).hasSize(14 + 10_000);
    if (compression != CompressionType.NONE) {
      assertThat(codec.encode(KEY, Kind.VALUE, bytes("x".repeat(100)))).hasSizeLessThan(60);
    }
  }

  @Test
  void encode_withAKey_showsNothingOfThePayload() {
    FrameCodec codec = codec(CompressionType.NONE, "k1");
    byte[] first = codec.encode(KEY, Kind.VALUE, LONG);
    byte[] second = codec.encode(KEY, Kind.VALUE, LONG);

    assertThat(new String(first, StandardCharsets.ISO_8859_1))
        .startsWith("SL")
        .contains("k1")
        .doesNotContain("line of it");
    assertThat(first).hasSize(14 + 2 + 12 + LONG.length + 16).isNotEqualTo(second);
  }

  @Test
  void decode_ofBytesThatWereMovedUnderAnotherKey_isNone() {
    for (FrameCodec codec :
        new FrameCodec[] {codec(CompressionType.ZLIB), codec(CompressionType.ZLIB, "k1")}) {
      byte[] frame = codec.encode(KEY, Kind.VALUE, LONG);

      assertThat(payload(codec, KEY + "other", frame)).isNull();
      assertThat(codec.statistics().unreadable()).containsEntry(Unreadable.DAMAGED, 1L);
    }
  }

  /** In UTF-8 these keys are the same. */
  @Test
  void decode_underAKeyThatDiffersInHalfASurrogatePair_isNone() {
    FrameCodec codec = codec(CompressionType.NONE);
    byte[] frame = codec.encode("k\uD83D", Kind.VALUE, LONG);

    assertThat(payload(codec, "k\uD83E", frame)).isNull();
    assertThat(payload(codec, "k\uD83D", frame)).isEqualTo(LONG);
  }

  @ParameterizedTest
  @EnumSource(CompressionType.class)
  void decode_ofALengthThatIsNotThePayloads_isDamaged(CompressionType compression) {
    FrameCodec codec = codec(compression);
    for (int more : new int[] {-LONG.length, -1, 1, 1_000}) {
      byte[] frame = codec.encode(KEY, Kind.VALUE, LONG);
      ByteBuffer.wrap(frame).putInt(6, LONG.length + more);
      assertThat(payload(codec, resealed(frame))).isNull();
    }
    assertThat(codec.statistics().unreadable()).containsEntry(Unreadable.DAMAGED, 4L);
  }

  /** Whoever can write to Redis can make checksums, but no tags. */
  @Test
  void decode_ofEncryptedBytesMadeToFitAnotherKey_isNone() {
    FrameCodec codec = codec(CompressionType.NONE, "k1");
    byte[] moved = resealed(codec.encode(KEY + "other", Kind.VALUE, LONG));
    byte[] otherKind = codec.encode(KEY, Kind.VALUE, LONG);
    otherKind[3] = Kind.RESPONSE.number();

    assertThat(payload(codec, moved)).isNull();
    assertThat(payload(codec, resealed(otherKind))).isNull();
    assertThat(codec.statistics().unreadable()).containsEntry(Unreadable.DAMAGED, 2L);
  }

  @Test
  void decode_afterARotation_readsWhatTheOlderKeyEncrypted() {
    byte[] old = codec(CompressionType.NONE, "k1").encode(KEY, Kind.VALUE, LONG);
    FrameCodec rotated = codec(CompressionType.NONE, "k2", "k1");

    assertThat(payload(rotated, old)).isEqualTo(LONG);
    assertThat(rotated.encryptionKeyId()).isEqualTo("k2");
    byte[] now = rotated.encode(KEY, Kind.VALUE, LONG);
    assertThat(payload(codec(CompressionType.NONE, "k2"), now)).isEqualTo(LONG);
  }

  @Test
  void decode_ofAnUnknownKey_isCountedAsSuch() {
    FrameCodec codec = codec(CompressionType.NONE, "k2");
    FrameCodec clear = codec(CompressionType.NONE);
    byte[] frame = codec(CompressionType.NONE, "k1").encode(KEY, Kind.VALUE, LONG);

    assertThat(payload(codec, frame)).isNull();
    assertThat(payload(clear, frame)).isNull();
    assertThat(codec.statistics().unreadable()).containsEntry(Unreadable.KEY_UNKNOWN, 1L);
    assertThat(clear.statistics().unreadable()).containsEntry(Unreadable.KEY_UNKNOWN, 1L);
  }

  /** Else whoever can write to Redis could leave the encryption out. */
  @Test
  void decode_ofBytesInClearWhereThereIsAKey_isNone() {
    FrameCodec codec = codec(CompressionType.NONE, "k1");

    assertThat(payload(codec, codec(CompressionType.NONE).encode(KEY, Kind.VALUE, LONG))).isNull();
    assertThat(codec.statistics().unreadable()).containsEntry(Unreadable.KEY_UNKNOWN, 1L);
  }

  @Test
  void decode_ofAnotherVersion_isCountedAsSuch() {
    FrameCodec codec = codec(CompressionType.NONE);
    byte[] frame = codec.encode(KEY, Kind.VALUE, LONG);
    for (int at : new int[] {2, 3, 4}) { // version, kind, compression
      byte[] other = frame.clone();
      other[at] = 77;
      assertThat(payload(codec, resealed(other))).isNull();
    }
    assertThat(codec.<byte[]>decode(KEY, frame, (kind, in) -> null)).isNull();

    assertThat(codec.statistics().unreadable()).containsEntry(Unreadable.VERSION, 4L);
    assertThat(codec.statistics().decodedEntries()).isZero();
  }

  @Test
  void decode_ofWhatTheReaderDoesNotUnderstand_isDamaged() {
    FrameCodec codec = codec(CompressionType.NONE);
    byte[] frame = codec.encode(KEY, Kind.VALUE, bytes("a"));

    assertThat(codec.<Long>decode(KEY, frame, (kind, in) -> in.readLong())).isNull();
    assertThat(
            codec.<Long>decode(
                KEY,
                frame,
                (kind, in) -> {
                  throw new IllegalArgumentException("-1");
                }))
        .isNull();
    assertThat(codec.statistics().unreadable()).containsEntry(Unreadable.DAMAGED, 2L);
  }

  @Test
  void encodeAndDecode_ofWhatIsTooLarge() {
    FrameCodec codec = codec(CompressionType.ZLIB);
    byte[] frame = codec.encode(KEY, Kind.VALUE, LONG);
    ByteBuffer.wrap(frame).putInt(6, FrameCodec.GREATEST_PAYLOAD_BYTES + 1);

    assertThat(codec.encode(KEY, Kind.VALUE, new byte[FrameCodec.GREATEST_PAYLOAD_BYTES + 1]))
        .isNull();
    assertThat(payload(codec, resealed(frame))).isNull();
    assertThat(payload(codec, new byte[FrameCodec.GREATEST_PAYLOAD_BYTES + 2_000])).isNull();
    assertThat(codec.statistics().notEncoded()).isEqualTo(1);
    assertThat(codec.statistics().unreadable()).containsEntry(Unreadable.TOO_LARGE, 2L);
  }

  @Test
  void statistics_countBytesAndTime() {
    FrameCodec codec = codec(CompressionType.ZLIB);
    byte[] frame = codec.encode(KEY, Kind.VALUE, LONG);
    assertThat(payload(codec, frame)).isNotNull();
    assertThat(payload(codec, frame)).isNotNull();

    CodecStatistics done = codec.statistics();
    assertThat(done.encodedEntries()).isEqualTo(1);
    assertThat(done.encodedBytesIn()).isEqualTo(LONG.length);
    assertThat(done.encodedBytesOut()).isEqualTo(frame.length);
    assertThat(done.encodeNanos()).isEqualTo(1_000);
    assertThat(done.decodedEntries()).isEqualTo(2);
    assertThat(done.decodedBytesIn()).isEqualTo(2L * frame.length);
    assertThat(done.decodedBytesOut()).isEqualTo(2L * LONG.length);
    assertThat(done.decodeNanos()).isEqualTo(2_000);
    assertThat(done.unreadable()).containsOnlyKeys(Unreadable.values()).doesNotContainValue(1L);
  }
}
