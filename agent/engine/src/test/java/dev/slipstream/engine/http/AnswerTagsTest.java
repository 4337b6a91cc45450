package dev.slipstream.engine.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipstream.engine.cache.Invalidation;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerTagsTest {
  private final AnswerTags tags = new AnswerTags(List.of("Surrogate-Key", "Cache-Tag"));

  @ParameterizedTest
  @ValueSource(strings = {"Surrogate-Key", "surrogate-key", "CACHE-TAG"})
  void isField_whateverTheCase(String name) {
    assertThat(tags.isField(name)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Surrogate-Keys", "Surrogate", "", "Tag"})
  void isField_ofOtherFields_isFalse(String name) {
    assertThat(tags.isField(name)).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "a           | a",
        "a b         | a;b",
        "a,b         | a;b",
        "' a , b  c,'| a;b;c",
        "a a b a     | a;b",
        "A a         | A;a",
        "''          | ''",
        "' , ,'      | ''",
      })
  void add_wordsThatSpacesOrCommasSeparate(String value, String expected) {
    tags.add("Surrogate-Key", value);

    assertThat(String.join(";", tags.all())).isEqualTo(expected);
  }

  @Test
  void add_whatIsTooLongOrTooMuch_isLeftOut() {
    tags.add("Surrogate-Key", "x".repeat(257) + " " + "y".repeat(256));
    for (int i = 0; i < 100; i++) {
      tags.add("Surrogate-Key", "t" + i);
    }

    assertThat(tags.all()).hasSize(50).startsWith("y".repeat(256), "t0").endsWith("t48");
  }

  @Test
  void clear_forgetsAll() {
    tags.add("Surrogate-Key", "a");
    tags.clear();

    assertThat(tags.all()).isEmpty();
  }

  @Test
  void tagsOfTheAnswer_areKeptFromTheClientAndInvalidateIt() {
    TestGateway gateway = new TestGateway();
    FakeResponse miss = new FakeResponse();
    gateway.service(
        FakeRequest.get("/a"),
        miss,
        (request, response) -> {
          response.setHeader("Cache-Control", "max-age=60");
          response.setHeader("surrogate-key", "old");
          response.setHeader("Surrogate-Key", "users user-7");
          response.addHeader("Cache-Tag", "more");
          response.getOutputStream().print("x");
        });

    assertThat(miss.fields()).noneMatch(field -> field.matches("(?i)(surrogate-key|cache-tag):.*"));
    assertThat(invalidated(gateway, "old")).isZero();
    assertThat(invalidated(gateway, "user-7")).isEqualTo(1);
  }

  /** Setting one field takes nothing from the other. */
  @Test
  void tagsOfBothFields_count() {
    TestGateway gateway = new TestGateway();
    gateway.service(
        FakeRequest.get("/a"),
        new FakeResponse(),
        (request, response) -> {
          response.setHeader("Cache-Control", "max-age=60");
          response.setHeader("Surrogate-Key", "one");
          response.setHeader("Cache-Tag", "two");
          response.getOutputStream().print("x");
        });

    assertThat(invalidated(gateway, "one")).isEqualTo(1);
  }

  @Test
  void tagsOfAnAnswerThatBeginsAnew_areForgotten() {
    TestGateway gateway = new TestGateway();
    gateway.service(
        FakeRequest.get("/a"),
        new FakeResponse(),
        (request, response) -> {
          response.setHeader("Surrogate-Key", "old");
          response.reset();
          response.setHeader("Cache-Control", "max-age=60");
          response.addHeader("Cache-Tag", "new");
          response.getOutputStream().print("x");
        });

    assertThat(invalidated(gateway, "old")).isZero();
    assertThat(invalidated(gateway, "new")).isEqualTo(1);
  }

  private static long invalidated(TestGateway gateway, String tag) {
    return gateway.engine.cache().invalidate(Invalidation.of(Set.of(tag), Set.of())).entries();
  }
}
