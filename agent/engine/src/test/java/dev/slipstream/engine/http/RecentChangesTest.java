package dev.slipstream.engine.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipstream.engine.MutableClock;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecentChangesTest {
  private static final CacheKeys KEYS = new CacheKeys("apigw", true);
  private static final TestRequest REQUEST = TestRequest.get("/a?b=1");

  private final MutableClock clock = new MutableClock();
  private final RecentChanges changes = new RecentChanges(clock);

  private static String url(TestRequest request) {
    return KEYS.beginningOf(request, request.path(), request.query(), null);
  }

  @Test
  void since_theChangeAndBefore() {
    long now = clock.millis();
    changes.changed(url(REQUEST), now);

    assertThat(changes.since(key(REQUEST), now - 1)).isTrue();
    assertThat(changes.since(key(REQUEST), now)).isTrue();
    assertThat(changes.since(key(REQUEST), now + 1)).isFalse();
  }

  @Test
  void since_laterChange_counts() {
    changes.changed(url(REQUEST), clock.millis());
    changes.changed(url(REQUEST), clock.millis() + 5);

    assertThat(changes.since(key(REQUEST), clock.millis() + 5)).isTrue();
  }

  @Test
  void since_anyKeyOfTheUrl() {
    changes.changed(url(REQUEST), clock.millis());

    String variant = CacheKeys.variant(key(REQUEST), List.of("accept"), REQUEST);
    assertThat(changes.since(variant, clock.millis())).isTrue();
    assertThat(changes.since(KEYS.of(REQUEST, null, "0a"), clock.millis())).isTrue();
    assertThat(
            changes.since(
                KEYS.of(REQUEST, TestGateway.rule("pattern: /a, vary_headers: [X]"), null),
                clock.millis()))
        .isTrue();
  }

  @Test
  void since_otherUrls_areUnchanged() {
    changes.changed(url(REQUEST), clock.millis());

    for (String target : List.of("/a", "/a?b=12", "/a?b=", "/a?", "/b?b=1", "/a/?b=1")) {
      assertThat(changes.since(key(TestRequest.get(target)), clock.millis())).as(target).isFalse();
    }
    assertThat(
            changes.since(
                key(TestRequest.get("/a?b=1").at("http", "api.example.org", 80)), clock.millis()))
        .isFalse();
  }

  @Test
  void since_isForgottenAfterTwoMinutes() {
    long then = clock.millis();
    changes.changed(url(REQUEST), then);

    clock.advanceSeconds(119);
    assertThat(changes.since(key(REQUEST), then)).isTrue();
    clock.advanceSeconds(1);
    assertThat(changes.since(key(REQUEST), then)).isFalse();
  }

  @Test
  void since_nothingChanged() {
    assertThat(changes.since(key(REQUEST), 0)).isFalse();
  }

  /** No crafted URL or field makes a key another URL's. */
  @Test
  void urlOf_isWhatTheKeyBeganWith() {
    for (CacheKeys keys : List.of(KEYS, new CacheKeys("apigw", false))) {
      for (String target : List.of("/", "/a:b,c", "/a?x=:,%,{~}", "/a?", "/a://b?c://d,e")) {
        TestRequest request =
            TestRequest.get(target).field("Accept", "a:b,c://d").field("Host", "x,y:1");
        String url = keys.beginningOf(request, request.path(), request.query(), null);
        String key = keys.of(request, null, null);

        assertThat(CacheKeys.urlOf(key)).as(target).isEqualTo(url);
        assertThat(CacheKeys.urlOf(CacheKeys.variant(key, List.of("accept"), request)))
            .as(target)
            .isEqualTo(url);
        assertThat(CacheKeys.urlOf(keys.of(request, null, "0a"))).as(target).isEqualTo(url);
      }
    }
  }

  private static String key(TestRequest request) {
    return KEYS.of(request, null, null);
  }
}
