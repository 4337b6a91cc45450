package dev.slipstream.engine.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipstream.config.NamePatterns;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EntryKeysTest {
  private final EntryKeys keys = new EntryKeys("apigw");

  @ParameterizedTest
  @CsvSource({
    "user:*, apigw:user:1, true",
    "user:?, apigw:user:1, true",
    "user:?, apigw:user:12, false",
    "1, apigw:user:1, true",
    "apigw:user:1, apigw:user:1, true",
    "apigw:*, apigw:user:1, true",
    "*, apigw:user:1, true",
    "ser:1, apigw:user:1, false",
    "*:1, apigw:user:1, true",
    "USER:1, apigw:user:1, false",
    "user:[1], apigw:user:1, false",
    "user:[1], apigw:user:[1], true",
    "b:c, apigw:a:b:c, true",
    "c, apigw:a:b:c, false",
    "a*b*c, apigw:n:aXbXcXbXc, true",
    "a*b*d, apigw:n:aXbXcXbXc, false",
  })
  void matches_theThreeFormsOfAKey(String pattern, String key, boolean expected) {
    assertThat(keys.matches(new NamePatterns(List.of(pattern)), key)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "user:*, *user:*",
    "*user, *user",
    "u?er, *u*er",
    "a[b]c, *a\\[b\\]c",
    "a**?b, *a*b",
    "a*b*c*d, *a*b*c*d",
    "a*b*c*d*e, *",
  })
  void superset_isAPatternOfRedisThatMatchesNoLess(String pattern, String expected) {
    assertThat(EntryKeys.text(keys.superset(pattern))).isEqualTo(expected);
  }

  @Test
  void everything_takesThePrefixLiterally() {
    assertThat(EntryKeys.text(new EntryKeys("a*[b]?").everything())).isEqualTo("a\\*\\[b\\]\\?:*");
  }

  @Test
  void name_ofALongKey_isShortAndItsOwn() {
    String key = "apigw:user:" + "x".repeat(300);
    assertThat(keys.name(key)).hasSize(250).startsWith("apigw:user:xxx");
    assertThat(keys.name(key)).isNotEqualTo(keys.name(key + "y"));
    assertThat(keys.isShortened(keys.name(key))).isTrue();
    String whole = "a".repeat(250);
    assertThat(keys.name(whole)).isEqualTo(whole);
  }

  /** Keys that differ at one place, most of them over the length and in the part that is cut. */
  @Test
  void name_ofAnyKeys_isShortAndTheirOwn() {
    Random random = new Random(250);
    String pieces = ":%{},~*?/=&aZ0\u00e9\u20ac";
    for (int i = 0; i < 100_000; i++) {
      StringBuilder key = new StringBuilder("apigw:http_responses:GET:/");
      for (int n = random.nextInt(600); n > 0; n--) {
        key.append(pieces.charAt(random.nextInt(pieces.length())));
      }
      String one = key.append("end").toString();
      int at = 26 + random.nextInt(one.length() - 26);
      String moved =
          one.substring(0, at) + one.substring(at + 1) + one.charAt(at); // one character moved
      String name = keys.name(one);
      assertThat(name.length()).isLessThanOrEqualTo(250);
      assertThat(name.equals(keys.name(moved))).isEqualTo(one.equals(moved));
      assertThat(name.equals(one)).isEqualTo(one.length() <= 250 && !keys.isShortened(one));
      assertThat(keys.matches(new NamePatterns(List.of("GET:/*end")), one)).isTrue();
    }
  }

  @Test
  void name_ofAKeyThatLooksShortened_isShortenedToo() {
    String name = keys.name("apigw:user:" + "x".repeat(300));
    assertThat(keys.name(name)).isNotEqualTo(name);
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 239, 240, 300})
  void name_inAGroup_hasItAfterThePrefix(int length) {
    EntryKeys grouped = EntryKeys.ofGroup("apigw", 17);
    String key = "apigw:user:" + "x".repeat(length);
    String name = grouped.name(key);
    assertThat(name).isEqualTo("apigw:{17}:" + keys.name(key).substring("apigw:".length()));
    assertThat(grouped.isEntryName(name)).isTrue();
    assertThat(grouped.isShortened(name)).isEqualTo(length > 239);
    assertThat(grouped.key(name)).isEqualTo(keys.name(key)); // the key, where it is not shortened
    assertThat(EntryKeys.ofGroup("apigw", 1).isEntryName(name)).isFalse();
    assertThat(grouped.isEntryName(EntryKeys.text(grouped.invalidations()))).isFalse();
  }
}
