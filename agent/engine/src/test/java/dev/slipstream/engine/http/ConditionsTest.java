package dev.slipstream.engine.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Conditions of {@code bypass} and {@code no_store}, as rules write them. */
class ConditionsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      nullValues = "-",
      value = {
        "header:X-A       | X-A | 1       | true",
        "header:X-A       | x-a | 1       | true",
        "header:X-A       | X-B | 1       | false",
        "header:X-A       | X-A | 0       | false",
        "header:X-A       | X-A | ''      | false",
        "header:X-A=no-*  | X-A | no-way  | true",
        "header:X-A=no-*  | X-A | yes     | false",
        "header:X-A=0     | X-A | 0       | true",
        "cookie:a         | Cookie | a=1          | true",
        "cookie:a         | Cookie | 'b=2; a=1'   | true",
        "cookie:a         | Cookie | 'b=2;a=1;c'  | true",
        "cookie:a         | Cookie | 'aa=1; b=a=1'| false",
        "cookie:a         | Cookie | A=1          | false",
        "cookie:a         | Cookie | a=0          | false",
        "cookie:a         | Cookie | a            | false",
        "cookie:a         | Cookie | a=           | false",
        "cookie:a=dr*     | Cookie | a=draft      | true",
        "cookie:a=dr*     | Cookie | 'a=x; a=dr'  | true",
        "cookie:a=dr*     | Cookie | a=x          | false",
        "cookie:a         | X-A    | a=1          | false",
      })
  void anyHolds_fieldsAndCookies(String condition, String name, String value, boolean holds) {
    assertThat(holds(condition, TestRequest.get("/a").field(name, value))).isEqualTo(holds);
  }

  @ParameterizedTest
  @CsvSource({
    "query:p, /a?p=1, true",
    "query:p, /a?x=2&p=1, true",
    "query:p, /a?p=0&p=1, true",
    "query:p, /a?p, false",
    "query:p, /a?p=, false",
    "query:p, /a?p=0, false",
    "query:p, /a?P=1, false",
    "query:p, /a?pp=1, false",
    "query:p, /a?x=p=1, false",
    "query:p, /a, false",
    "query:p, /a?, false",
    "query:p=1*, /a?p=12, true",
    "query:p=1*, /a?p=2, false",
  })
  void anyHolds_parameters(String condition, String target, boolean holds) {
    assertThat(holds(condition, TestRequest.get(target))).isEqualTo(holds);
  }

  @Test
  void anyHolds_oneOfSeveralIsEnough() {
    String several = "query:p', 'header:X-A";

    assertThat(holds(several, TestRequest.get("/a?p=1"))).isTrue();
    assertThat(holds(several, TestRequest.get("/a").field("X-A", "1"))).isTrue();
    assertThat(holds(several, TestRequest.get("/a"))).isFalse();
    assertThat(Conditions.anyHolds(List.of(), TestRequest.get("/a?p=1"))).isFalse();
  }

  @Test
  void anyHolds_fieldOnSeveralLines() {
    TestRequest request =
        TestRequest.get("/a").field("X-A", "0").field("X-A", "1").field("Cookie", "b=1");

    assertThat(holds("header:X-A", request)).isTrue();
    assertThat(holds("cookie:b", request.field("Cookie", "c=1"))).isTrue();
    assertThat(holds("cookie:c", request)).isTrue();
  }

  private static boolean holds(String condition, TestRequest request) {
    return Conditions.anyHolds(
        TestGateway.rule("pattern: /a, bypass: ['" + condition + "']").bypass(), request);
  }
}
