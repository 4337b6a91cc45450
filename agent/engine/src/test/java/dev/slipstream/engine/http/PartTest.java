package dev.slipstream.engine.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.slipstream.engine.http.ByteRanges.Span;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PartTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0, false",
    "4, 4, false",
    "4, 5, false",
    "5, 5, true",
    "5, 7, true",
    "6, 6, true",
    "7, 7, true",
    "7, 8, false",
    "8, 8, false",
    "0, 9, false",
  })
  void contains_onlyWhatIsThere(long first, long last, boolean expected) {
    assertThat(part("567", 5, 10).contains(new Span(first, last))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"5, 5, 5", "7, 7, 7", "5, 7, 567", "6, 7, 67"})
  void slice_byOffsetsInTheRepresentation(long first, long last, String expected) {
    assertThat(part("567", 5, 10).slice(new Span(first, last)))
        .isEqualTo(expected.getBytes(US_ASCII));
  }

  @Test
  void slice_ofWhatIsNotThere_isRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> part("567", 5, 10).slice(new Span(4, 5)));
    assertThatIllegalArgumentException().isThrownBy(() -> part("567", 5, 10).slice(new Span(7, 8)));
  }

  @ParameterizedTest
  @CsvSource({"0123, 0, 4, true", "0123, 0, 5, false", "123, 1, 4, false", "0123, 0, -1, false"})
  void isComplete_onlyAllOfAKnownLength(
      String bytes, long first, long completeLength, boolean expected) {
    assertThat(part(bytes, first, completeLength).isComplete()).isEqualTo(expected);
  }

  @Test
  void whole_isComplete_evenIfEmpty() {
    assertThat(Part.whole(new byte[] {1, 2}).isComplete()).isTrue();
    assertThat(Part.whole(new byte[0]).isComplete()).isTrue();
    assertThat(Part.whole(new byte[0]).contains(new Span(0, 0))).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "012, 0, 10, 345, 3, 10, 012345, 0, 10", // they touch
    "345, 3, 10, 012, 0, 10, 012345, 0, 10",
    "0123, 0, 10, 23456, 2, 10, 0123456, 0, 10", // they overlap
    "23456, 2, 10, 0123, 0, 10, 0123456, 0, 10",
    "0123456789, 0, 10, 34, 3, 10, 0123456789, 0, 10", // one has the other
    "34, 3, 10, 0123456789, 0, 10, 0123456789, 0, 10",
    "34, 3, 10, 34, 3, 10, 34, 3, 10",
    "012, 0, -1, 345, 3, -1, 012345, 0, -1", // one does not know the length, or both
    "012, 0, -1, 345, 3, 6, 012345, 0, 6",
    "012, 0, 6, 345, 3, -1, 012345, 0, 6",
  })
  void union_ofPartsWithoutAGap(
      String stored,
      long storedFirst,
      long storedLength,
      String received,
      long receivedFirst,
      long receivedLength,
      String bytes,
      long first,
      long completeLength) {
    Part union =
        Part.union(
            part(stored, storedFirst, storedLength), part(received, receivedFirst, receivedLength));

    assertIs(union, bytes, first, completeLength);
  }

  @ParameterizedTest
  @CsvSource({
    "012, 0, 10, 456, 4, 10", // a gap
    "456, 4, 10, 012, 0, 10",
    "012, 0, 10, 345, 3, 11", // another length
    "012, 0, 5, 3456, 3, -1", // longer than the other can be
    "3456, 3, -1, 012, 0, 5",
    "0123, 0, 10, X345, 3, 10", // other bytes
    "0123456, 0, 10, 3X5, 3, 10",
    "3X5, 3, 10, 0123456, 0, 10",
  })
  void union_ofWhatDoesNotBelongTogether_isNone(
      String stored,
      long storedFirst,
      long storedLength,
      String received,
      long receivedFirst,
      long receivedLength) {
    assertThat(
            Part.union(
                part(stored, storedFirst, storedLength),
                part(received, receivedFirst, receivedLength)))
        .isNull();
  }

  @Test
  void union_farIntoALongRepresentation() {
    long far = Long.MAX_VALUE - 10;

    assertIs(Part.union(part("01", far, -1), part("23", far + 2, -1)), "0123", far, -1);
    assertThat(Part.union(part("01", 0, -1), part("23", far, -1))).isNull();
  }

  @Test
  void part_beyondItsRepresentation_isRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> part("01", -1, 10));
    assertThatIllegalArgumentException().isThrownBy(() -> part("01", 9, 10));
    assertThatIllegalArgumentException().isThrownBy(() -> part("01", 0, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> part("01", 0, -2));
    assertThatIllegalArgumentException().isThrownBy(() -> part("01", Long.MAX_VALUE - 2, -1));
  }

  @Test
  void union_anyParts_hasWhatBothHaveAndNothingElse() {
    Random random = new Random(34);
    byte[] body = new byte[40];
    random.nextBytes(body);
    int unions = 0;
    for (int i = 0; i < 100_000; i++) {
      Part stored = any(body, random);
      Part received = any(body, random);

      Part union = Part.union(stored, received);

      boolean gap =
          stored.first() > received.first() + received.bytes().length
              || received.first() > stored.first() + stored.bytes().length;
      assertThat(union == null).isEqualTo(gap);
      if (union != null) {
        assertThat(union.bytes())
            .isEqualTo(
                Part.whole(body)
                    .slice(new Span(union.first(), union.first() + union.bytes().length - 1)));
        assertThat(union.first()).isEqualTo(Math.min(stored.first(), received.first()));
        assertThat(union.contains(span(stored)) && union.contains(span(received))).isTrue();
        assertThat((long) union.bytes().length)
            .isLessThanOrEqualTo(stored.bytes().length + (long) received.bytes().length);
        unions++;
      }
    }
    assertThat(unions).isBetween(10_000, 90_000);
  }

  private static Part any(byte[] body, Random random) {
    int first = random.nextInt(body.length);
    int last = first + random.nextInt(Math.min(12, body.length - first));
    byte[] bytes = Part.whole(body).slice(new Span(first, last));
    return new Part(bytes, first, random.nextInt(4) == 0 ? ContentRange.UNKNOWN : body.length);
  }

  private static Span span(Part part) {
    return new Span(part.first(), part.first() + part.bytes().length - 1);
  }

  private static Part part(String bytes, long first, long completeLength) {
    return new Part(bytes.getBytes(US_ASCII), first, completeLength);
  }

  private static void assertIs(@Nullable Part part, String bytes, long first, long completeLength) {
    assertThat(part).isNotNull();
    assertThat(new String(part.bytes(), US_ASCII)).isEqualTo(bytes);
    assertThat(part.first()).isEqualTo(first);
    assertThat(part.completeLength()).isEqualTo(completeLength);
  }
}
