package dev.slipstream.engine.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FieldsTest {
  private static final Fields FIELDS =
      Fields.of("Vary", "Accept", "ETag", "\"1\"", "VARY", "Origin", "Empty", "");

  @Test
  void first_ignoresCase() {
    assertThat(FIELDS.first("vary")).isEqualTo("Accept");
    assertThat(FIELDS.first("etag")).isEqualTo("\"1\"");
    assertThat(FIELDS.first("Empty")).isEmpty();
    assertThat(FIELDS.first("Age")).isNull();
  }

  @Test
  void all_keepsTheOrder() {
    assertThat(FIELDS.all("vary")).containsExactly("Accept", "Origin");
    assertThat(FIELDS.all("Age")).isEmpty();
  }

  @Test
  void combined_joinsLines() {
    assertThat(FIELDS.combined("Vary")).isEqualTo("Accept, Origin");
    assertThat(FIELDS.combined("ETag")).isEqualTo("\"1\"");
    assertThat(FIELDS.combined("Age")).isNull();
  }

  @Test
  void contains_evenAnEmptyValue() {
    assertThat(FIELDS.contains("EMPTY")).isTrue();
    assertThat(FIELDS.contains("Age")).isFalse();
  }

  @Test
  void forEach_keepsOrderAndSpelling() {
    List<String> seen = new ArrayList<>();

    FIELDS.forEach((name, value) -> seen.add(name + "=" + value));

    assertThat(seen).containsExactly("Vary=Accept", "ETag=\"1\"", "VARY=Origin", "Empty=");
  }

  @Test
  void without_asksWithLowerCaseNames() {
    assertThat(FIELDS.without("vary"::equals)).isEqualTo(Fields.of("ETag", "\"1\"", "Empty", ""));
    assertThat(FIELDS.without(name -> true)).isSameAs(Fields.EMPTY);
  }

  @Test
  void names_areDistinctAndAsFirstWritten() {
    assertThat(FIELDS.names()).containsExactly("Vary", "ETag", "Empty");
  }

  @Test
  void size_countsLines() {
    assertThat(FIELDS.size()).isEqualTo(4);
    assertThat(Fields.EMPTY.size()).isZero();
  }

  @Test
  void of_nameWithoutValue_isRejected() {
    assertThatIllegalArgumentException().isThrownBy(() -> Fields.of("Vary"));
  }

  @Test
  void of_copiesItsArgument() {
    String[] given = {"A", "1"};
    Fields fields = Fields.of(given);

    given[1] = "2";

    assertThat(fields.first("A")).isEqualTo("1");
  }

  @Test
  void build_isNotChangedByFurtherFields() {
    Fields.Builder builder = Fields.builder().add("A", "1");
    Fields built = builder.build();

    builder.add("B", "2");

    assertThat(built).isEqualTo(Fields.of("A", "1"));
    assertThat(builder.build()).isEqualTo(Fields.of("A", "1", "B", "2"));
  }

  @Test
  void equals_goesByNamesAndValuesInOrder() {
    assertThat(Fields.of("A", "1", "B", "2"))
        .isEqualTo(Fields.of("A", "1", "B", "2"))
        .hasSameHashCodeAs(Fields.of("A", "1", "B", "2"))
        .isNotEqualTo(Fields.of("B", "2", "A", "1"))
        .isNotEqualTo(Fields.of("A", "1"));
  }

  @Test
  void toString_isOneLineForEachField() {
    assertThat(Fields.of("A", "1", "B", "2")).hasToString("A: 1\nB: 2\n");
  }

  @Test
  void add_withoutAValue_isNoLine() {
    Fields fields = Fields.builder().add("A", null).add("B", "b").build();

    assertThat(fields).isEqualTo(Fields.of("B", "b"));
  }

  @ParameterizedTest
  @CsvSource({
    "' !~\t', true",
    "caf\u00e9, false",
    "\u20ac, false",
    "'a\u0001', false",
    "a\u007f, false"
  })
  void isPrintable_ofAsciiWithoutControls(String text, boolean printable) {
    assertThat(Fields.of("Name", "value", "Other", text).isPrintable()).isEqualTo(printable);
    assertThat(Fields.of("Name" + text, "value").isPrintable()).isEqualTo(printable);
  }

  @Test
  void weightBytes_growsWithTheCharacters() {
    long one = Fields.of("A", "x".repeat(1_000)).weightBytes();
    long two = Fields.of("A", "x".repeat(2_000)).weightBytes();
    long wide = Fields.of("A", "\u20AC".repeat(1_000)).weightBytes();

    assertThat(two - one).isEqualTo(1_000);
    assertThat(wide - one).isEqualTo(1_000);
    assertThat(Fields.EMPTY.weightBytes()).isZero();
  }

  @Test
  void without_ofManyNames_asksForEachInLowerCase() {
    for (int i = 0; i < 1_000; i++) {
      String lower = "x-" + i;
      Fields fields = Fields.of("X-" + i, "1", "Y", "2");

      assertThat(fields.without(lower::equals)).isEqualTo(Fields.of("Y", "2"));
    }
  }
}
