package dev.slipstream.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamePatternsTest {

  @ParameterizedTest
  @CsvSource({
    "_ga, _ga, true",
    "_ga, _gat, false",
    "_ga, _g, false",
    "_ga, _GA, false",
    "_ga_*, _ga_X1, true",
    "_ga_*, _ga_, true",
    "_ga_*, _ga, false",
    "*, anything, true",
    "mp_*_mixpanel, mp_1_mixpanel, true",
    "mp_*_mixpanel, mp_mixpanel, false",
    "a?c, abc, true",
    "a?c, ac, false",
    "*a*b*, xxaxxbxx, true",
    "*a*b*, xxbxxaxx, false",
    "**a, a, true",
  })
  void matches_name(String pattern, String name, boolean expected) {
    NamePatterns names = new NamePatterns(List.of("other", pattern));

    assertThat(names.matches(name)).isEqualTo(expected);
    assertThat(names.matches("a " + name + "=b", 2, 2 + name.length())).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "X-Forwarded-*, x-forwarded-PROTO, true",
    "x-forwarded-*, X-Forwarded-Host, true",
    "Origin, ORIGIN, true",
    "a[z, A{Z, false",
    "@, `, false",
    "X-?, x-Y, true",
    "Origin, Origins, false",
    "\u00e9, \u00c9, false",
  })
  void matchesIgnoringCase_name(String pattern, String name, boolean expected) {
    assertThat(new NamePatterns(List.of("other", pattern)).matchesIgnoringCase(name))
        .isEqualTo(expected);
  }

  @Test
  void none_matchesNothing() {
    assertThat(NamePatterns.NONE.matches("")).isFalse();
    assertThat(NamePatterns.NONE.matches("a")).isFalse();
  }
}
