package dev.slipstream.engine.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What chooses between the answers of one URL (RFC 9111 §4.1). */
class HttpCacheVaryTest {
  private final TestGateway gateway = new TestGateway();

  @Test
  void decide_ruleWithVaryHeaders_keepsVariantsApart() {
    TestGateway ruled = gateway.withRule("pattern: /a, ttl: 10s, vary_headers: [Accept-Language]");
    ruled.answer(TestRequest.get("/a").field("Accept-Language", "de"), "hallo");
    ruled.answer(TestRequest.get("/a"), "hello");

    assertThat(ruled.outcome(TestRequest.get("/a").field("accept-language", "de")))
        .isEqualTo("hallo");
    assertThat(ruled.outcome(TestRequest.get("/a"))).isEqualTo("hello");
    assertThat(ruled.outcome(TestRequest.get("/a").field("Accept-Language", "fr")))
        .isEqualTo("fetch");
  }

  @Test
  void fill_vary_keepsVariantsApart() {
    String[] fields = {"Cache-Control", "max-age=60", "Vary", "Accept-Language, accept"};
    gateway.answer(request("de", "json"), "de json", fields);
    gateway.answer(request("de", "html"), "de html", fields);
    gateway.answer(request("fr", "json"), "fr json", fields);
    gateway.answer(request(null, "json"), "json", fields);

    assertThat(gateway.outcome(request("de", "json"))).isEqualTo("de json");
    assertThat(gateway.outcome(request("de", "html"))).isEqualTo("de html");
    assertThat(gateway.outcome(request("fr", "json"))).isEqualTo("fr json");
    assertThat(gateway.outcome(request(null, "json"))).isEqualTo("json");
    assertThat(gateway.fetch(request("fr", "html")).why()).isEqualTo(Forward.VARY_MISS);
    assertThat(gateway.outcome(request("de", "json").field("X-Other", "1"))).isEqualTo("de json");
  }

  @Test
  void fill_varyOfAFilterAndTheServlet_bothCount() {
    TestRequest request = TestRequest.get("/a").field("Origin", "o").field("Accept", "a");
    Fill fill = gateway.fill(request);
    ResponseHead head =
        ResponseHead.of(
            200,
            Fields.of("Vary", "Origin"),
            Fields.of("Vary", "Origin", "Vary", "Accept", "Cache-Control", "max-age=60"));
    fill.append((byte) 'x');
    TestGateway.end(fill, head);

    assertThat(gateway.outcome(TestRequest.get("/a").field("Origin", "o").field("Accept", "a")))
        .isEqualTo("x");
    assertThat(gateway.outcome(TestRequest.get("/a").field("Origin", "p").field("Accept", "a")))
        .isEqualTo("fetch");
    assertThat(gateway.outcome(TestRequest.get("/a").field("Origin", "o"))).isEqualTo("fetch");
  }

  /** More fields cost a miss, fewer would give one's answer to another. */
  @Test
  void fill_varyThatChanges_allThatChoseBeforeGoOnChoosing() {
    gateway.answer(request("de", "json"), "1", "Cache-Control", "max-age=60", "Vary", "Accept");
    gateway.answer(
        request("fr", "html"), "2", "Cache-Control", "max-age=60", "Vary", "Accept-Language");

    assertThat(gateway.outcome(request("fr", "html"))).isEqualTo("2");
    assertThat(gateway.outcome(request("fr", "json"))).isEqualTo("fetch");
    assertThat(gateway.outcome(request("de", "html"))).isEqualTo("fetch");
    assertThat(gateway.outcome(request("de", "json"))).isEqualTo("fetch");

    gateway.answer(request("es", "html"), "3", "Cache-Control", "max-age=60");
    assertThat(gateway.outcome(request("es", "html"))).isEqualTo("3");
    assertThat(gateway.outcome(request("fr", "html"))).isEqualTo("2");
    assertThat(gateway.outcome(request("es", "json"))).isEqualTo("fetch");
    assertThat(gateway.outcome(request("xx", "html"))).isEqualTo("fetch");
  }

  /** RFC 9111 §4.1: white space and the case of names choose nothing. */
  @ParameterizedTest
  @ValueSource(strings = {"de,en;q=0.5", "de, en;q=0.5", " DE ,\ten;Q=0.5 "})
  void decide_sameSelectingValue_writtenInAnotherWay(String language) {
    gateway.answer(
        request("de, en;q=0.5", null),
        "1",
        "Cache-Control",
        "max-age=60",
        "Vary",
        "accept-LANGUAGE");

    assertThat(gateway.outcome(request(language, null))).isEqualTo("1");
    assertThat(gateway.outcome(request("en;q=0.5, de", null))).isEqualTo("fetch");
  }

  /** A field that the application asks for by name may have shaped the answer. */
  @Test
  void complete_shapingFieldThatWasRead_chooses() {
    Fill fill = gateway.fill(request("de", "json"));
    complete(fill, "de", "accept-language", "X-Whatever", "X-Anything");

    assertThat(gateway.outcome(request("de", "html"))).isEqualTo("de");
    assertThat(gateway.fetch(request("fr", "json")).why()).isEqualTo(Forward.VARY_MISS);
    assertThat(gateway.outcome(request(null, "json"))).isEqualTo("fetch");
  }

  @Test
  void complete_shapingFieldThatWasRead_chooseNothingWhereThatIsSwitchedOff() {
    TestGateway plain = new TestGateway("smart_caching_enabled=false");
    complete(plain.fill(request("de", "json")), "de", "Accept-Language");

    assertThat(plain.outcome(request("fr", "json"))).isEqualTo("de");
  }

  /** A rule's own fields are in the URL's key already. */
  @Test
  void complete_fieldThatTheRuleVariesBy_isNoVariantToo() {
    TestGateway ruled = gateway.withRule("pattern: /v, vary_headers: [Accept-Language]");
    complete(ruled.fill(request("de", "json")), "de", "Accept-Language");

    assertThat(ruled.outcome(request("de", "html"))).isEqualTo("de");
    assertThat(ruled.fetch(request("fr", "json")).why()).isEqualTo(Forward.URI_MISS);
  }

  private static void complete(Fill fill, String body, String... read) {
    ReadSet reads = new ReadSet();
    List.of(read).forEach(reads::field);
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    fill.append(bytes, 0, bytes.length);
    fill.complete(TestGateway.head(200, "Cache-Control", "max-age=60"), reads, List.of());
  }

  @Test
  void fill_moreVariantsThanTheCap_areNotStored() {
    int cap = 64; // the setting's default
    for (int i = 0; i < cap + 3; i++) {
      gateway.answer(
          request("l" + i, null),
          "v" + i,
          "Cache-Control",
          "max-age=60",
          "Vary",
          "Accept-Language");
    }

    assertThat(gateway.refusals(Refusal.TOO_MANY_VARIANTS)).isEqualTo(3);
    assertThat(gateway.cache.counters().stores()).isEqualTo(cap);
    for (int i = 0; i < cap + 3; i++) {
      assertThat(gateway.outcome(request("l" + i, null))).isEqualTo(i < cap ? "v" + i : "fetch");
    }
    // One that is there already may be stored anew, and others once some have expired.
    gateway.answer(
        request("l0", null).field("Cache-Control", "no-cache"),
        "new",
        "Cache-Control",
        "max-age=3600",
        "Vary",
        "Accept-Language");
    assertThat(gateway.outcome(request("l0", null))).isEqualTo("new");
    gateway.clock.advanceSeconds(120); // a minute of it for stale_if_error
    gateway.answer(
        request("l99", null), "v99", "Cache-Control", "max-age=60", "Vary", "Accept-Language");
    assertThat(gateway.outcome(request("l99", null))).isEqualTo("v99");
    assertThat(gateway.outcome(request("l0", null))).isEqualTo("new");
  }

  private static TestRequest request(String language, String accept) {
    TestRequest request = TestRequest.get("/v");
    if (language != null) {
      request.field("Accept-Language", language);
    }
    return accept == null ? request : request.field("Accept", accept);
  }
}
