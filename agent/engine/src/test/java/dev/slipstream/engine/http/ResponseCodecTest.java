package dev.slipstream.engine.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipstream.config.CompressionType;
import dev.slipstream.engine.codec.FrameCodec;
import dev.slipstream.engine.codec.Frames;
import dev.slipstream.engine.codec.Kind;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ResponseCodecTest {
  private static final ResponseCodec PLAIN = new ResponseCodec(Frames.clear(CompressionType.NONE));

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
      ResponseCodec codec = new ResponseCodec(Frames.clear(compression));
      StoredResponse decoded = (StoredResponse) codec.decode("k", codec.encode("k", response));

      assertThat(decoded).usingRecursiveComparison().isEqualTo(response);
    }
  }

  @Test
  void decode_variantIndex() {
    VariantIndex index = new VariantIndex(List.of("accept"), List.of("k1", "k2"), 1, 2, 3);
    VariantIndex forgotten = new VariantIndex(List.of(), List.of(), 4, 5, 6);

    assertThat(PLAIN.decode("k", PLAIN.encode("k", index))).isEqualTo(index);
    assertThat(PLAIN.decode("k", PLAIN.encode("k", forgotten))).isEqualTo(forgotten);
  }

  /** What the application stores has a codec of its own. */
  @Test
  void decode_ofAnotherKind_isNoEntry() {
    FrameCodec frames = Frames.clear(CompressionType.NONE);
    byte[] payload =
        frames.decode(
            "k",
            new ResponseCodec(frames).encode("k", new TestStored().build()),
            (kind, in) -> in.readAllBytes());

    assertThat(new ResponseCodec(frames).decode("k", frames.encode("k", Kind.VALUE, payload)))
        .isNull();
    assertThat(new ResponseCodec(frames).decode("k", frames.encode("k", Kind.RESPONSE, payload)))
        .isNotNull();
  }
}
