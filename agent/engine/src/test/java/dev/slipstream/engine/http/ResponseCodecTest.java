package dev.slipstream.engine.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipstream.config.CompressionType;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class ResponseCodecTest {
  private static final ResponseCodec PLAIN = new ResponseCodec(CompressionType.NONE, 0);

  static Stream<StoredResponse> responses() {
    return Stream.of(
        new TestStored().build(),
        new TestStored()
            .status(404)
            .fields("ETag", "\"1\"", "X", "", "X", "\u00e4\u20ac\uD83D\uDE00")
            .appended("Vary", "Accept")
            .body("body".repeat(100))
            .lengthNotStated()
            .shared()
            .initialAgeMillis(1_234)
            .storedAt(987_654_321)
            .lifetime(new Lifetime(0, 1, 2, true, false, true))
            .tags("a", "rule:b")
            .build(),
        new TestStored().lifetime(new Lifetime(5, 0, 3, false, true, false)).build(),
        new TestStored().part("2345", 2, 10).build(),
        new TestStored().part("2345", 2, ContentRange.UNKNOWN).build());
  }

  @ParameterizedTest
  @MethodSource("responses")
  void decode_whatWasEncoded(StoredResponse response) {
    for (CompressionType compression : CompressionType.values()) {
      ResponseCodec codec = new ResponseCodec(compression, 0);
      StoredResponse decoded = (StoredResponse) codec.decode(codec.encode(response));

      assertThat(decoded).usingRecursiveComparison().isEqualTo(response);
    }
  }

  @Test
  void decode_variantIndex() {
    VariantIndex index = new VariantIndex(List.of("accept"), List.of("k1", "k2"), 1, 2, 3);
    VariantIndex forgotten = new VariantIndex(List.of(), List.of(), 4, 5, 6);

    assertThat(PLAIN.decode(PLAIN.encode(index))).isEqualTo(index);
    assertThat(PLAIN.decode(PLAIN.encode(forgotten))).isEqualTo(forgotten);
  }

  @ParameterizedTest
  @EnumSource(CompressionType.class)
  void encode_onlyWhatIsLargeEnoughIsCompressed(CompressionType compression) {
    StoredResponse large = new TestStored().body("x".repeat(5_000)).build();
    int plain = PLAIN.encode(large).length;

    assertThat(new ResponseCodec(compression, 10_000).encode(large)).hasSize(plain);
    if (compression != CompressionType.NONE) {
      assertThat(new ResponseCodec(compression, 1_000).encode(large)).hasSizeLessThan(1_000);
    }
  }

  /** Versions before this one had other members. */
  @Test
  void decode_anotherVersion_isNoEntry() {
    byte[] bytes = PLAIN.encode(new TestStored().build());
    assertThat(PLAIN.decode(bytes)).isNotNull();

    for (byte version : new byte[] {0, 1, 3, 127}) {
      bytes[2] = version;
      assertThat(PLAIN.decode(bytes)).isNull();
    }
  }

  @Test
  void decode_damagedBytes_areNoEntry() {
    Random random = new Random(7);
    byte[] whole =
        new ResponseCodec(CompressionType.GZIP, 0)
            .encode(new TestStored().fields("ETag", "\"1\"").part("2345", 2, 10).build());
    for (int i = 0; i < 20_000; i++) {
      byte[] damaged = Arrays.copyOf(whole, whole.length - random.nextInt(3));
      damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));

      assertThat(PLAIN.decode(damaged)).isNull();
    }
    for (int length = 0; length < whole.length; length++) {
      assertThat(PLAIN.decode(Arrays.copyOf(whole, length))).isNull();
    }
  }
}
