package dev.slipstream.engine.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whose answer goes to whom (law 2, RFC 9111 §3.5). */
class HttpCacheCredentialsTest {
  private final TestGateway gateway = new TestGateway();

  static Stream<Arguments> identities() {
    return Stream.of(
        arguments("Authorization", TestRequest.get("/a").field("Authorization", "x")),
        arguments("API key", TestRequest.get("/a").field("X-API-Key", "x")),
        arguments("cookie", TestRequest.get("/a").field("Cookie", "SID=x")),
        arguments("session", TestRequest.get("/a").session("x")),
        arguments("principal", TestRequest.get("/a").principal("x")),
        arguments("certificate", TestRequest.get("/a").certificate("x")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("identities")
  void decide_credentials_neitherGetNorGiveWhatIsNotShared(String kind, TestRequest identified) {
    TestGateway ruled = gateway.withRule("pattern: /a, ttl: 10s");
    assertThat(ruled.fetch(identified).why()).isEqualTo(Forward.CREDENTIALS);
    ruled.answer(identified, "own", "Cache-Control", "max-age=60");
    assertThat(ruled.refusals(Refusal.CREDENTIALS)).isEqualTo(1);
    assertThat(ruled.outcome(TestRequest.get("/a"))).isEqualTo("fetch");

    ruled.answer(TestRequest.get("/a"), "anonymous", "Cache-Control", "max-age=60");
    assertThat(ruled.outcome(identified)).isEqualTo("fetch");
    assertThat(ruled.fetch(identified).why()).isEqualTo(Forward.CREDENTIALS);
    assertThat(ruled.outcome(TestRequest.get("/a"))).isEqualTo("anonymous");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("identities")
  void decide_credentials_shareWhatIsExplicitlyPublic(String kind, TestRequest identified) {
    gateway.answer(identified, "for all", "Cache-Control", "public, max-age=60");

    assertThat(gateway.outcome(identified)).isEqualTo("for all");
    assertThat(gateway.outcome(TestRequest.get("/a"))).isEqualTo("for all");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("identities")
  void decide_cacheAuthenticated_keepsIdentitiesApart(String kind, TestRequest identified) {
    TestGateway ruled = gateway.withRule("pattern: /a, ttl: 10s, cache_authenticated: true");
    TestRequest other = TestRequest.get("/a").field("Authorization", "somebody else");
    ruled.answer(identified, "own");
    assertThat(ruled.outcome(identified)).isEqualTo("own");
    assertThat(ruled.outcome(other)).isEqualTo("fetch");
    assertThat(ruled.outcome(TestRequest.get("/a"))).isEqualTo("fetch");

    ruled.answer(TestRequest.get("/a"), "anonymous");
    assertThat(ruled.outcome(TestRequest.get("/a"))).isEqualTo("anonymous");
    assertThat(ruled.outcome(identified)).isEqualTo("own");
    assertThat(ruled.outcome(other)).isEqualTo("fetch");
  }

  /** The key was made before: it does not tell this identity apart (law 2). */
  @Test
  void fill_cacheAuthenticated_identityThatCameAfterTheKey_isNotStored() {
    TestGateway ruled = gateway.withRule("pattern: /a, ttl: 10s, cache_authenticated: true");
    Fill fill = ruled.fill(TestRequest.get("/a"));
    fill.append((byte) 'x');
    TestGateway.endIdentified(fill, TestGateway.head(200));

    assertThat(ruled.outcome(TestRequest.get("/a"))).isEqualTo("fetch");
    assertThat(ruled.refusals(Refusal.CREDENTIALS)).isEqualTo(1);
  }

  @Test
  void fill_cacheAuthenticated_identityThatIsInTheKey_isStored() {
    TestGateway ruled = gateway.withRule("pattern: /a, ttl: 10s, cache_authenticated: true");
    TestRequest identified = TestRequest.get("/a").session("x");
    Fill fill = ruled.fill(identified);
    fill.append((byte) 'x');
    TestGateway.endIdentified(fill, TestGateway.head(200));

    assertThat(ruled.outcome(identified)).isEqualTo("x");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("identities")
  void decide_ignoreCredentials_isOneAnswerForEveryone(String kind, TestRequest identified) {
    TestGateway ruled = gateway.withRule("pattern: /a, ttl: 10s, ignore_credentials: true");
    Fill fill = ruled.fill(identified);
    fill.append((byte) 'x');
    TestGateway.endIdentified(fill, TestGateway.head(200));

    assertThat(ruled.outcome(TestRequest.get("/a"))).isEqualTo("x");
    assertThat(ruled.outcome(identified)).isEqualTo("x");
  }

  @Test
  void decide_harmlessCookies_areNoCredentials() {
    TestGateway ruled = gateway.withRule("pattern: /a, ttl: 10s, harmless_cookies: [theme]");
    ruled.answer(TestRequest.get("/a").field("Cookie", "_ga=1; theme=dark"), "one");

    assertThat(ruled.outcome(TestRequest.get("/a").field("Cookie", "theme=light")))
        .isEqualTo("one");
    assertThat(ruled.outcome(TestRequest.get("/a").field("Cookie", "theme=light; x=1")))
        .isEqualTo("fetch");
  }
}
