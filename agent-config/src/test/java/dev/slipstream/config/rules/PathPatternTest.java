package dev.slipstream.config.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import dev.slipstream.config.InvalidValueException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class PathPatternTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /users | /users | true
          /users | /users/ | false
          /users | /Users | false
          /users | /user | false
          /users/* | /users/ | true
          /users/* | /users/7 | true
          /users/* | /users/7/orders | true
          /users/* | /users | false
          /users/*/orders | /users/7/orders | true
          /users/*/orders | /users//orders | true
          /users/*/orders | /users/7/8/orders | false
          /a/**/z | /a/b/z | true
          /a/**/z | /a/b/c/z | true
          /a/**/z | /a/z | false
          /a/**z | /a/z | true
          /a/**/z | /a/b/z/y | false
          /docs** | /docs/a/b | true
          /docs* | /docs | true
          **.json | /a/b.json | true
          * | /a/b | true
          /v?/x | /v1/x | true
          /v?/x | /v/x | false
          /v?x | /v/x | false
          /{a,b}/x | /a/x | true
          /{a,b}/x | /b/x | true
          /{a,b}/x | /c/x | false
          /{a,b}/x | /a,b/x | false
          /x{,/*} | /x | true
          /x{,/**} | /x/1/2 | true
          /x{,/*} | /x/1/2 | false
          /{a*,*b}/x | /about/x | true
          /{a*,*b}/x | /club/x | true
          {/docs,/redoc}* | /redoc/x | true
          /a.c | /abc | false
          /a[b]c | /abc | false
          /a[b]c | /a[b]c | true
          /café/* | /café/é | true
          /caf? | /café | true
          /*é | /aé | true
          """)
  void matches_path(String pattern, String path, boolean expected) throws Exception {
    assertThat(PathPattern.parse(pattern).matches(path)).isEqualTo(expected);
  }

  @ParameterizedTest
  @MethodSource
  void matches_asTheReference(int seed) throws Exception {
    Random random = new Random(seed);
    for (int i = 0; i < 2_000; i++) {
      String pattern = "/" + randomPattern(random);
      PathPattern compiled = PathPattern.parse(pattern);
      for (int j = 0; j < 10; j++) {
        String path = "/" + random(random, "ab/é", 9);
        assertThat(compiled.matches(path))
            .as("%s against %s", pattern, path)
            .isEqualTo(ReferenceGlob.matches(pattern, path));
      }
    }
  }

  static IntStream matches_asTheReference() {
    return IntStream.range(0, 8);
  }

  private static String randomPattern(Random random) {
    StringBuilder pattern = new StringBuilder(random(random, "aab/*?", 6));
    if (random.nextInt(3) == 0) {
      pattern
          .append('{')
          .append(random(random, "ab/*?", 3))
          .append(',')
          .append(random(random, "ab/*?", 3))
          .append('}')
          .append(random(random, "ab/*?", 4));
    }
    return pattern.toString();
  }

  private static String random(Random random, String alphabet, int longest) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(longest + 1); i > 0; i--) {
      text.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return text.toString();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''          | does not begin with "/"
          users       | does not begin with "/"
          ?users      | does not begin with "/"
          /a b        | has a blank or control character
          /a{b        | has a "{" without a "}"
          /a{b,c      | has a "{" without a "}"
          /a}         | has a "}" without a "{"
          /users/{id} | has a "{" without a "," (for any segment write *)
          /{a,{b,c}}  | has a "{" inside a "{"
          /*a?????????????b | is too complex (fewer * and ? are needed)
          """)
  void parse_ofWhatIsNoPattern(String text, String what) {
    assertThatThrownBy(() -> PathPattern.parse(text))
        .isInstanceOf(InvalidValueException.class)
        .hasMessage(what);
  }

  @Test
  void parse_ofAPatternTooLong() {
    assertThatThrownBy(() -> PathPattern.parse("/" + "a".repeat(256)))
        .hasMessage("is longer than 256 characters");
  }

  @ParameterizedTest
  @MethodSource
  void matches_inLinearTime(String pattern) throws Exception {
    PathPattern compiled = PathPattern.parse(pattern);
    String path = "/" + "a".repeat(1 << 20) + "/" + "a".repeat(1 << 20);

    assertTimeout(Duration.ofSeconds(2), () -> assertThat(compiled.matches(path)).isFalse());
  }

  static List<String> matches_inLinearTime() {
    return List.of("/*a*a*a*a*a*b", "/**a**a**a**a**b", "/**/*a*a*a*b", "/{*a,**a}*a*a**{b,c}");
  }

  @Test
  void equals_byText() throws Exception {
    assertThat(PathPattern.parse("/a/*")).isEqualTo(PathPattern.parse("/a/*"));
    assertThat(PathPattern.parse("/a/*")).isNotEqualTo(PathPattern.parse("/a/**"));
    assertThat(PathPattern.parse("/a/*")).hasSameHashCodeAs(PathPattern.parse("/a/*"));
    assertThat(PathPattern.parse("/a/*")).hasToString("/a/*");
  }

  /** The definition of a pattern, word for word and exponentially slow. */
  private static final class ReferenceGlob {

    static boolean matches(String pattern, String path) {
      return expand(pattern).anyMatch(flat -> fits(flat, path));
    }

    /**
     * Without alternatives; a final star of the whole pattern becomes two, as it means the same.
     */
    private static Stream<String> expand(String pattern) {
      String whole = pattern.endsWith("*") ? pattern + "*" : pattern;
      int open = whole.indexOf('{');
      if (open < 0) {
        return Stream.of(whole);
      }
      int close = whole.indexOf('}', open);
      // "|" keeps stars of an alternative and stars beside it apart.
      return Stream.of(whole.substring(open + 1, close).split(",", -1))
          .map(one -> whole.substring(0, open) + "|" + one + "|" + whole.substring(close + 1));
    }

    private static boolean fits(String pattern, String path) {
      if (pattern.isEmpty()) {
        return path.isEmpty();
      }
      char c = pattern.charAt(0);
      String rest = pattern.substring(1);
      if (c == '|') {
        return fits(rest, path);
      }
      if (pattern.startsWith("**")) {
        return fits(pattern.substring(2).replaceFirst("^\\*+", ""), path)
            || (!path.isEmpty() && fits(pattern, path.substring(1)));
      }
      if (c == '*') {
        return fits(rest, path)
            || (!path.isEmpty() && path.charAt(0) != '/' && fits(pattern, path.substring(1)));
      }
      if (path.isEmpty()) {
        return false;
      }
      boolean one = c == '?' ? path.charAt(0) != '/' : path.charAt(0) == c;
      return one && fits(rest, path.substring(1));
    }
  }
}
