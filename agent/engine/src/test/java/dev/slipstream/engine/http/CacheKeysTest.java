package dev.slipstream.engine.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipstream.config.rules.CacheRule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CacheKeysTest {
  private static final CacheKeys KEYS = new CacheKeys("apigw", true);
  private static final CacheRule VARYING =
      TestGateway.rule("pattern: /*, vary_headers: [Accept-Language, X-Kind]");

  /** Though the other's may be remembered from the request before. */
  @Test
  void of_whereTheApplicationIsEntered_isAnotherKey() {
    TestRequest within = TestRequest.get("/a");
    TestRequest entering = TestRequest.get("/a").place(RequestView.ENTRY);
    for (int i = 0; i < 2; i++) {
      String key = KEYS.of(entering, null, null);
      assertThat(key).contains(",,by=serve-at-entry:").isNotEqualTo(KEYS.of(within, null, null));
      assertThat(key).isEqualTo(KEYS.atEntry(within, "/a", null, null));
    }
  }

  @Test
  void of_isWhatOperatorsRead() {
    assertThat(key(TestRequest.get("/api/v1/users?page=2")))
        .isEqualTo("apigw:http_responses:GET:/api/v1/users:page=2:https://api.example.org:");
    assertThat(key(TestRequest.of("HEAD", "/api/v1/users?page=2")))
        .isEqualTo(key(TestRequest.get("/api/v1/users?page=2")));
  }

  @Test
  void of_withoutHost_isTheShortForm() {
    CacheKeys withoutHost = new CacheKeys("gw", false);

    assertThat(withoutHost.of(TestRequest.get("/a"), null, null))
        .isEqualTo("gw:http_responses:GET:/a:::");
  }

  @ParameterizedTest
  @CsvSource({
    "http, 80, http://api.example.org",
    "http, 443, http://api.example.org%3A443",
    "https, 443, https://api.example.org",
    "https, 8443, https://api.example.org%3A8443",
  })
  void of_authority_namesOtherThanDefaultPorts(String scheme, int port, String expected) {
    assertThat(key(TestRequest.get("/").at(scheme, "API.example.org", port)))
        .isEqualTo("apigw:http_responses:GET:/::" + expected + ":");
  }

  @ParameterizedTest
  @CsvSource({
    "api.example.org, true",
    "API.Example.Org:443, true",
    "api.example.org:80, false",
    "other.example.org, false"
  })
  void of_hostField_countsWhereItDiffersFromTheServerName(String host, boolean same) {
    String without = key(TestRequest.get("/"));

    assertThat(key(TestRequest.get("/").field("Host", host)).equals(without)).isEqualTo(same);
  }

  @Test
  void of_emptyQuery_isNotTheAbsentOne() {
    assertThat(key(TestRequest.get("/a?"))).isNotEqualTo(key(TestRequest.get("/a")));
    assertThat(key(TestRequest.get("/a??"))).isNotEqualTo(key(TestRequest.get("/a?")));
    assertThat(key(TestRequest.get("/a?%3F"))).isNotEqualTo(key(TestRequest.get("/a?")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a=1&utm_source=x&b=2 | a=1&b=2",
        "utm_source=x&a=1     | a=1",
        "a=1&utm_source       | a=1",
        "a=1&fbclid=2         | a=1",
        "a=1&xfbclid=2        | a=1&xfbclid=2",
        "a=1&UTM_source=2     | a=1&UTM_source=2",
        "a=1&&b               | a=1&&b",
        "b=2&a=1              | b=2&a=1",
      })
  void of_ignoreQuery_leavesParametersOut(String query, String kept) {
    CacheRule rule = TestGateway.rule("pattern: /a, ignore_query: ['utm_*', fbclid]");

    assertThat(KEYS.of(TestRequest.get("/a?" + query), rule, null))
        .isEqualTo(key(TestRequest.get("/a?" + kept)));
  }

  @Test
  void of_varyHeaders_areInTheKey() {
    TestRequest request = TestRequest.get("/a").field("accept-language", "de, en");

    assertThat(KEYS.of(request, VARYING, null))
        .isEqualTo(
            "apigw:http_responses:GET:/a::https://api.example.org"
                + ",accept-language=de%2Cen,x-kind=~:");
  }

  @Test
  void of_absentVaryHeader_isNotATilde() {
    assertThat(KEYS.of(TestRequest.get("/a").field("X-Kind", "~"), VARYING, null))
        .isNotEqualTo(KEYS.of(TestRequest.get("/a"), VARYING, null));
    assertThat(KEYS.of(TestRequest.get("/a").field("X-Kind", ""), VARYING, null))
        .isNotEqualTo(KEYS.of(TestRequest.get("/a"), VARYING, null));
  }

  @Test
  void of_identities_haveKeysOfTheirOwn() {
    TestRequest request = TestRequest.get("/a");

    assertThat(List.of(KEYS.of(request, null, "0a"), KEYS.of(request, null, "0b"), key(request)))
        .doesNotHaveDuplicates();
  }

  @Test
  void variant_ofAFieldNamedLikeAnIdentity_isNotThatIdentitys() {
    TestRequest forging = TestRequest.get("/a").field("id", "0a");

    String variant = CacheKeys.variant(key(forging), List.of("id"), forging.fields());

    assertThat(variant).isNotEqualTo(KEYS.of(TestRequest.get("/a"), null, "0a"));
  }

  @Test
  void variant_isTheKeyAndItsFields() {
    TestRequest request = TestRequest.get("/a").field("Accept", "x:y").field("accept", "z");

    assertThat(CacheKeys.variant(key(request), List.of("accept", "origin"), request.fields()))
        .isEqualTo(
            "apigw:http_responses:GET:/a::https://api.example.org,accept=x%3Ay%2Cz,origin=~:");
  }

  private record Asked(
      String path,
      String query,
      String scheme,
      String serverName,
      int port,
      String host,
      String language,
      String kind,
      String origin) {

    TestRequest request() {
      TestRequest request = TestRequest.get("").target(path, query).at(scheme, serverName, port);
      add(request, "Host", host);
      add(request, "Accept-Language", language);
      add(request, "X-Kind", kind);
      add(request, "Origin", origin);
      return request;
    }

    private static void add(TestRequest request, String name, String value) {
      if (value != null) {
        request.field(name, value);
      }
    }

    /** Case and the explicit port do not count in a host. */
    Asked normalised() {
      String sent = host == null ? null : host.toLowerCase(Locale.ROOT);
      String name = serverName.toLowerCase(Locale.ROOT);
      boolean same = name.equals(sent) || (name + ":" + port).equals(sent);
      return new Asked(path, query, scheme, name, port, same ? null : sent, language, kind, origin);
    }
  }

  @Test
  void of_generatedRequests_neverCollide() {
    Random random = new Random(2);
    Map<String, Asked> byKey = new HashMap<>();
    int repeated = 0;
    for (int i = 0; i < 60_000; i++) {
      Asked asked = generate(random).normalised();
      TestRequest request = asked.request();
      String key =
          CacheKeys.variant(KEYS.of(request, VARYING, null), List.of("origin"), request.fields());
      Asked other = byKey.putIfAbsent(key, asked);
      if (other != null) {
        repeated++;
        assertThat(asked).as("%s", key).isEqualTo(other);
      }
    }
    assertThat(repeated).as("requests that were generated twice").isGreaterThan(100);
  }

  @Test
  void of_generatedRequests_areTheSameKeyAgain() {
    Random random = new Random(3);
    for (int i = 0; i < 1_000; i++) {
      Asked asked = generate(random);

      assertThat(KEYS.of(asked.request(), VARYING, null))
          .isEqualTo(KEYS.of(asked.normalised().request(), VARYING, null));
    }
  }

  /** Mostly plain, so that two requests often differ in one part only. */
  private static Asked generate(Random random) {
    boolean http = random.nextBoolean();
    return new Asked(
        "/" + text(random, ":%{},~?&=(/a"),
        maybe(random, ":%{},~?&=(/a3F"),
        http ? "http" : "https",
        random.nextInt(3) > 0 ? "a" : "a" + text(random, "(b)%3A.8"),
        random.nextInt(3) > 0 ? (http ? 80 : 443) : 8,
        random.nextInt(3) > 0 ? null : "a" + text(random, "(b)%3A.:8"),
        maybe(random, "~,:%7E=a"),
        maybe(random, "~,:%7E=a"),
        maybe(random, "~,:%7E=a"));
  }

  private static String maybe(Random random, String characters) {
    return random.nextInt(3) > 0 ? null : text(random, characters);
  }

  private static String text(Random random, String characters) {
    List<String> text = new ArrayList<>();
    for (int n = random.nextInt(4); n > 0; n--) {
      text.add(String.valueOf(characters.charAt(random.nextInt(characters.length()))));
    }
    return String.join("", text);
  }

  private static String key(TestRequest request) {
    return KEYS.of(request, null, null);
  }
}
