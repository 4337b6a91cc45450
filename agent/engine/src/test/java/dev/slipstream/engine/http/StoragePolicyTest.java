package dev.slipstream.engine.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StoragePolicyTest {

  @ParameterizedTest
  @ValueSource(ints = {100, 101, 103, 199, 206, 304})
  void refusal_statusThatIsNotStored(int status) {
    assertThat(refusal(status, false)).isEqualTo(Refusal.STATUS);
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 203, 204, 205, 207, 300, 301, 302, 303, 305, 308, 404, 410, 500, 503})
  void refusal_statusThatMayBeStored(int status) {
    assertThat(refusal(status, false)).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "no-store            | NO_STORE",
        "max-age=60, NO-STORE | NO_STORE",
        "no-store, must-understand | NO_STORE",
        "public, no-store    | NO_STORE",
        "private             | PRIVATE",
        "public, private     | PRIVATE",
        "private=\"X-User\", max-age=60 | PRIVATE",
        "s-maxage=60, private | PRIVATE",
        "no-cache            | NO_CACHE",
        "no-cache=\"Set-Cookie\", max-age=60 | NO_CACHE",
      })
  void refusal_directiveThatForbidsIt(String cacheControl, Refusal expected) {
    assertThat(refusal(200, false, "Cache-Control", cacheControl)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"max-age=60", "public", "must-revalidate", "immutable", "ext=\"no-store\""})
  void refusal_directiveThatDoesNotForbidIt(String cacheControl) {
    assertThat(refusal(200, false, "Cache-Control", cacheControl)).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Set-Cookie", "set-cookie", "Set-Cookie2"})
  void refusal_cookie_evenOfAPublicAnswer(String name) {
    assertThat(refusal(200, false, name, "a=b", "Cache-Control", "public, max-age=60"))
        .isEqualTo(Refusal.SET_COOKIE);
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
        "public, max-age=60          | -",
        "s-maxage=60                 | -",
        "max-age=60, must-revalidate | -",
      })
  void refusal_identity_unlessExplicitlyShared(String cacheControl, Refusal expected) {
    assertThat(refusal(200, true, "Cache-Control", cacheControl)).isEqualTo(expected);
    assertThat(refusal(200, false, "Cache-Control", cacheControl)).isNull();
  }

  @ParameterizedTest
  @ValueSource(longs = {Freshness.UNSTATED, 0})
  void refusal_notFresh(long lifetimeMillis) {
    assertThat(
            StoragePolicy.refusal(TestGateway.head(200), CacheControl.NONE, false, lifetimeMillis))
        .isEqualTo(Refusal.NOT_FRESH);
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/event-stream", "Text/Event-Stream; charset=utf-8"})
  void refusal_eventStream(String type) {
    assertThat(refusal(200, false, "Content-Type", type)).isEqualTo(Refusal.EVENT_STREAM);
  }

  @Test
  void isExplicitlyShared_onlyByTheThreeDirectives() {
    assertThat(List.of("public", "s-maxage=0", "must-revalidate"))
        .allMatch(value -> StoragePolicy.isExplicitlyShared(CacheControl.parse(List.of(value))));
    assertThat(List.of("max-age=60", "immutable", "publicly", "x=public"))
        .noneMatch(value -> StoragePolicy.isExplicitlyShared(CacheControl.parse(List.of(value))));
  }

  private static Refusal refusal(int status, boolean identified, String... fields) {
    ResponseHead head = TestGateway.head(status, fields);
    CacheControl stated = CacheControl.parse(head.fields().all("Cache-Control"));
    return StoragePolicy.refusal(head, stated, identified, 60_000);
  }
}
