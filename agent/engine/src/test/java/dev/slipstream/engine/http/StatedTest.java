package dev.slipstream.engine.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatedTest {
  private static final List<String> TARGETED =
      List.of("Slipstream-Cache-Control", "CDN-Cache-Control");

  /** RFC 9213 §2.2: the first field of the target list that is valid and not empty. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      quoteCharacter = '\'',
      value = {
        // first, second, Cache-Control, max-age
        "-              | -          | max-age=3 | 3",
        "max-age=1      | max-age=2  | max-age=3 | 1",
        "-              | max-age=2  | max-age=3 | 2",
        "max-age=1,     | max-age=2  | max-age=3 | 2",
        "Max-Age=1      | max-age=2  | max-age=3 | 2",
        "''             | max-age=2  | max-age=3 | 2",
        "' '            | max-age=2  | max-age=3 | 2",
        "max-age=1,     | &          | max-age=3 | 3",
        "public         | max-age=2  | max-age=3 | -1",
        "max-age=x, public | max-age=2 | max-age=3 | -1",
        "max-age=1.0, public | max-age=2 | max-age=3 | -1",
        "max-age=-1, public | max-age=2 | max-age=3 | -1",
        "max-age=1;x=2  | -          | max-age=3 | 1",
        "max-age=1, max-age=5 | -    | max-age=3 | 5",
      })
  void of_firstTargetedFieldThatIsValid(
      String first, String second, String cacheControl, long maxAge) {
    Fields.Builder fields = Fields.builder();
    fields.add("Cache-Control", cacheControl);
    if (first != null) {
      fields.add("slipstream-cache-control", first);
    }
    if (second != null) {
      fields.add("CDN-Cache-Control", second);
    }

    Stated stated = Stated.of(fields.build(), TARGETED);

    assertThat(stated.control().seconds("max-age")).isEqualTo(maxAge);
    assertThat(stated.targeted()).isEqualTo(maxAge != 3);
  }

  @Test
  void of_targetedFieldOnTwoLines_isOneDictionary() {
    Fields fields =
        Fields.of("CDN-Cache-Control", "max-age=1", "CDN-Cache-Control", "private, max-age=2");

    Stated stated = Stated.of(fields, TARGETED);

    assertThat(stated.control().seconds("max-age")).isEqualTo(2);
    assertThat(stated.control().hasWhole("private")).isTrue();
  }

  @Test
  void of_nothing_saysNothing() {
    assertThat(Stated.of(Fields.EMPTY, TARGETED))
        .extracting(Stated::targeted, stated -> stated.control().isEmpty())
        .containsExactly(false, true);
  }

  @Test
  void isExplicitlyShared_onlyByTheThreeDirectives() {
    assertThat(List.of("public", "s-maxage=0", "must-revalidate"))
        .allMatch(value -> stated(value).isExplicitlyShared());
    assertThat(List.of("max-age=60", "immutable", "publicly", "x=public", "proxy-revalidate"))
        .noneMatch(value -> stated(value).isExplicitlyShared());
  }

  @ParameterizedTest
  @ValueSource(strings = {"must-revalidate", "proxy-revalidate", "s-maxage=1", "no-cache"})
  void forbidsStale_byTheseDirectives(String value) {
    assertThat(stated(value).forbidsStale()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"public", "max-age=1", "no-cache=\"X\"", "private", "immutable", ""})
  void forbidsStale_notByOthers(String value) {
    assertThat(stated(value).forbidsStale()).isFalse();
  }

  private static Stated stated(String cacheControl) {
    return Stated.of(Fields.of("Cache-Control", cacheControl), List.of());
  }
}
