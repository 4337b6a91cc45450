package dev.slipstream.engine.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipstream.engine.http.ByteRanges.Selection;
import dev.slipstream.engine.http.ByteRanges.Span;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Whatever a Range field says, what is selected is within the representation, and no byte twice.
 */
class ByteRangesPropertyTest {
  private static final String[] NUMBERS = {
    "",
    "0",
    "1",
    "2",
    "3",
    "5",
    "9",
    "10",
    "0999",
    "9223372036854775806",
    "9223372036854775807",
    "9223372036854775808",
    "99999999999999999999"
  };
  private static final String[] PIECES = {
    "bytes=", "bytes", "BYTES=", "pages=", "=", "-", "-", ",", ",", " ", "\t", "0", "5", "0-1",
    "-3", "+", ";", "\"", "*", "é", "\u0660", "\u0000", "\uD83D", "\r\n"
  };

  @Test
  void select_anyInput_neverThrowsNorSelectsMoreThanThereIs() {
    Random random = new Random(9110);
    long[] lengths = {-1, 0, 1, 2, 3, 10, 10, 10, 11, 1_000, Long.MAX_VALUE - 1, Long.MAX_VALUE};
    int parts = 0;
    int unsatisfiable = 0;
    for (int i = 0; i < 100_000; i++) {
      StringBuilder text = new StringBuilder("bytes=");
      for (int spec = random.nextInt(ByteRanges.MOST_RANGES + 2); spec > 0; spec--) {
        text.append(any(NUMBERS, random)).append('-').append(any(NUMBERS, random)).append(',');
        spec -= random.nextInt(4);
      }
      for (int piece = random.nextInt(4) * random.nextInt(4); piece > 0; piece--) {
        text.insert(random.nextInt(text.length() + 1), any(PIECES, random));
      }
      long length = lengths[random.nextInt(lengths.length)];

      Selection selection = ByteRanges.select(text.toString(), length);

      if (selection instanceof Selection.Parts selected) {
        assertSound(selected.spans(), length, text.toString());
        parts++;
      } else if (selection instanceof Selection.Unsatisfiable) {
        unsatisfiable++;
      }
    }
    assertThat(parts).isGreaterThan(5_000);
    assertThat(unsatisfiable).isGreaterThan(500);
  }

  @Test
  void select_whatTheGrammarWrites_isExactlyThoseBytes() {
    Random random = new Random(14);
    for (int i = 0; i < 20_000; i++) {
      int length = 1 + random.nextInt(40);
      BitSet wanted = new BitSet();
      List<String> specs = new ArrayList<>();
      for (int n = random.nextInt(ByteRanges.MOST_RANGES); n >= 0; n--) {
        int first = random.nextInt(50);
        int last = first + random.nextInt(6);
        switch (random.nextInt(8)) {
          case 0 -> {
            specs.add(first + "-");
            wanted.set(Math.min(first, length), length);
          }
          case 1 -> {
            specs.add("-" + first);
            wanted.set(Math.max(0, length - first), length);
          }
          default -> {
            specs.add(first + "-" + last);
            wanted.set(Math.min(first, length), Math.min(last + 1, length));
          }
        }
      }
      String range = "bytes=" + String.join(random.nextBoolean() ? "," : " , ", specs);

      Selection selection = ByteRanges.select(range, length);

      BitSet selected = new BitSet();
      if (selection instanceof Selection.Parts parts) {
        assertSound(parts.spans(), length, range);
        parts.spans().forEach(span -> selected.set((int) span.first(), (int) span.last() + 1));
      } else {
        assertThat(selection).as(range).isInstanceOf(Selection.Unsatisfiable.class);
      }
      assertThat(selected).as("%s of %d", range, length).isEqualTo(wanted);
    }
  }

  private static String any(String[] choices, Random random) {
    return choices[random.nextInt(choices.length)];
  }

  private static void assertSound(List<Span> spans, long length, String range) {
    long total = 0;
    for (int i = 0; i < spans.size(); i++) {
      Span span = spans.get(i);
      if (span.first() < 0 || span.last() < span.first() || span.last() >= length) {
        throw new AssertionError(span + " of " + length + " for " + range);
      }
      total = Math.addExact(total, span.length());
      for (Span other : spans.subList(0, i)) {
        if (other.first() <= span.last() + 1 && span.first() <= other.last() + 1) {
          throw new AssertionError(span + " and " + other + " for " + range);
        }
      }
    }
    assertThat(spans).as(range).hasSizeBetween(1, ByteRanges.MOST_RANGES);
    assertThat(total).as(range).isLessThanOrEqualTo(length);
  }
}
