package dev.slipstream.engine.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StoragePolicyTest {
  private static final Lifetime MINUTE = Lifetime.fresh(60_000);

  @ParameterizedTest
  @ValueSource(ints = {100, 101, 103, 199, 206, 304})
  void refusal_statusThatIsNotStored(int status) {
    assertThat(refusal(status, false)).isEqualTo(Refusal.STATUS);
  }

  @ParameterizedTest
  @ValueSource(
      ints = {200, 203, 204, 205, 207, 300, 301, 302, 303, 305, 308, 404, 410, 500, 503, 599})
  void refusal_statusThatMayBeStored(int status) {
    assertThat(refusal(status, false)).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "bytes 0-4/10  | -",
        "bytes 0-4/*   | -",
        "bytes 5-9/10  | -",
        "bytes */10    | STATUS",
        "bytes 4-0/10  | STATUS",
        "bytes 0-10/10 | STATUS",
        "items 0-4/10  | STATUS",
        "0-4/10        | STATUS",
      })
  void refusal_partialContent_unlessItSaysWhichPart(String contentRange, Refusal expected) {
    assertThat(refusal(206, false, "Content-Range", contentRange)).isEqualTo(expected);
    assertThat(refusal(206, false, "Content-Range", contentRange, "ETag", "\"1\""))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "no-store            | NO_STORE",
        "max-age=60, NO-STORE | NO_STORE",
        "public, no-store    | NO_STORE",
        "no-store, private   | NO_STORE",
        "private             | PRIVATE",
        "public, private     | PRIVATE",
        "s-maxage=60, private | PRIVATE",
        "private=\"\"        | PRIVATE",
        "private=\"(\"       | PRIVATE",
        "private=\"X\", private | PRIVATE",
        "no-store, must-understand, private | PRIVATE",
      })
  void refusal_directiveThatForbidsIt(String cacheControl, Refusal expected) {
    assertThat(refusal(200, false, "Cache-Control", cacheControl)).isEqualTo(expected);
    assertThat(refusal(200, false, "Cache-Control", cacheControl, "ETag", "\"1\""))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "max-age=60",
        "public",
        "must-revalidate",
        "immutable",
        "ext=\"no-store\"",
        "private=\"X-User\"",
        "private=X-User",
        "no-cache=\"Set-Cookie\""
      })
  void refusal_directiveThatDoesNotForbidIt(String cacheControl) {
    assertThat(refusal(200, false, "Cache-Control", cacheControl)).isNull();
  }

  /** RFC 9111 §5.2.2.3: no-store does not count beside it, where the status is understood. */
  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "200, -",
        "204, -",
        "301, -",
        "404, -",
        "451, -",
        "503, -",
        "511, -",
        "207, STATUS",
        "299, STATUS",
        "306, STATUS",
        "418, STATUS",
        "599, STATUS",
        "304, STATUS",
      })
  void refusal_mustUnderstand_byTheStatus(int status, Refusal expected) {
    assertThat(refusal(status, false, "Cache-Control", "must-understand, no-store"))
        .isEqualTo(expected);
    assertThat(refusal(status, false, "Cache-Control", "must-understand")).isEqualTo(expected);
  }

  @Test
  void refusal_mustUnderstand_partialContentIsUnderstood() {
    String[] part = {"Content-Range", "bytes 0-4/10", "Cache-Control", "must-understand, no-store"};

    assertThat(refusal(206, false, part)).isNull();
  }

  @Test
  void refusal_noCache_unlessItCanBeValidated() {
    Lifetime validated = new Lifetime(60_000, 0, 0, false, true, false);
    String[] noCache = {"Cache-Control", "no-cache"};

    assertThat(refusal(200, false, validated, 0, noCache)).isEqualTo(Refusal.NO_CACHE);
    for (String validator : List.of("ETag", "etag", "Last-Modified")) {
      assertThat(refusal(200, false, validated, 0, "Cache-Control", "no-cache", validator, "1"))
          .isNull();
    }
  }

  @Test
  void refusal_noCacheWithoutALifetime_needsTheValidatorAlone() {
    Lifetime unstated = new Lifetime(Freshness.UNSTATED, 0, 0, false, true, false);

    assertThat(refusal(200, false, unstated, 0, "ETag", "\"1\"")).isNull();
    assertThat(refusal(200, false, unstated, 0)).isEqualTo(Refusal.NO_CACHE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Set-Cookie", "set-cookie", "Set-Cookie2"})
  void refusal_cookie_evenOfAPublicAnswer(String name) {
    for (String cacheControl :
        List.of("public, max-age=60", "no-cache=\"Set-Cookie\", max-age=60")) {
      assertThat(refusal(200, false, name, "a=b", "Cache-Control", cacheControl))
          .isEqualTo(Refusal.SET_COOKIE);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"*", "Accept, *", " * "})
  void refusal_varyAny(String vary) {
    assertThat(refusal(200, false, "Vary", "Origin", "Vary", vary)).isEqualTo(Refusal.VARY_ANY);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "max-age=60                  | CREDENTIALS",
        "max-age=60, proxy-revalidate| CREDENTIALS",
        "max-age=60, stale-if-error=9| CREDENTIALS",
        "public, max-age=60          | -",
        "s-maxage=60                 | -",
        "max-age=60, must-revalidate | -",
      })
  void refusal_identity_unlessExplicitlyShared(String cacheControl, Refusal expected) {
    assertThat(refusal(200, true, "Cache-Control", cacheControl)).isEqualTo(expected);
    assertThat(refusal(200, false, "Cache-Control", cacheControl)).isNull();
  }

  @Test
  void refusal_nothingStated_isNotFreshEvenWithAValidator() {
    Lifetime unstated = Lifetime.fresh(Freshness.UNSTATED);

    assertThat(refusal(200, false, unstated, 0)).isEqualTo(Refusal.NOT_FRESH);
    assertThat(refusal(200, false, unstated, 0, "ETag", "\"1\"")).isEqualTo(Refusal.NOT_FRESH);
  }

  /** What is stale already is of use where it can be validated or a stale answer was allowed. */
  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        // fresh, while revalidated, if error, said so, age, without a validator
        "0,     0,     0,     false, 0,     NOT_FRESH",
        "10000, 0,     0,     false, 9999,  -",
        "10000, 0,     0,     false, 10000, NOT_FRESH",
        "10000, 5000,  0,     false, 14999, -",
        "10000, 5000,  0,     false, 15000, NOT_FRESH",
        "10000, 5000,  7000,  false, 16999, -",
        "0,     5000,  0,     false, 0,     -",
        "0,     0,     60000, false, 0,     -",
        "0,     0,     60000, true,  0,     -",
        "0,     0,     60000, true,  60000, NOT_FRESH",
      })
  void refusal_staleAlready(
      long fresh, long whileRevalidate, long ifError, boolean said, long age, Refusal expected) {
    Lifetime lifetime = new Lifetime(fresh, whileRevalidate, ifError, said, false, true);

    assertThat(refusal(200, false, lifetime, age)).isEqualTo(expected);
    assertThat(refusal(200, false, lifetime, age, "ETag", "\"1\"")).isNull();
    assertThat(refusal(200, false, lifetime, age, "Last-Modified", "x")).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/event-stream", "Text/Event-Stream; charset=utf-8"})
  void refusal_eventStream(String type) {
    assertThat(refusal(200, false, "Content-Type", type)).isEqualTo(Refusal.EVENT_STREAM);
  }

  @Test
  void refusal_eventStreamWithoutALifetime_isSaidToBeOne() {
    Lifetime unstated = Lifetime.fresh(Freshness.UNSTATED);
    assertThat(refusal(200, false, unstated, 0, "Content-Type", "text/event-stream"))
        .isEqualTo(Refusal.EVENT_STREAM);
  }

  private static Refusal refusal(int status, boolean identified, String... fields) {
    return refusal(status, identified, MINUTE, 0, fields);
  }

  private static Refusal refusal(
      int status, boolean identified, Lifetime lifetime, long ageMillis, String... fields) {
    ResponseHead head = TestGateway.head(status, fields);
    Stated stated = Stated.of(head.fields(), List.of());
    return StoragePolicy.refusal(head, stated, identified, lifetime, ageMillis);
  }
}
