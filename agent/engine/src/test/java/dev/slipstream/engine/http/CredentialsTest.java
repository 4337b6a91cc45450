package dev.slipstream.engine.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipstream.config.NamePatterns;
import dev.slipstream.engine.redis.SharedSecret;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialsTest {
  private final SharedSecret secret = SharedSecret.of("0123456789abcdef");
  private final Credentials credentials =
      new Credentials(
          List.of("X-API-Key", "principal"), new NamePatterns(List.of("_ga*", "consent")), secret);

  static Stream<Named<UnaryOperator<TestRequest>>> kinds() {
    return Stream.of(
        Named.of("Authorization", r -> r.field("Authorization", "Basic abc")),
        Named.of("in lower case", r -> r.field("authorization", "Basic abc")),
        Named.of("empty", r -> r.field("Authorization", "")),
        Named.of("Proxy-Authorization", r -> r.field("Proxy-Authorization", "Basic abc")),
        Named.of("configured", r -> r.field("x-api-key", "abc")),
        Named.of("cookie", r -> r.field("Cookie", "SID=abc")),
        Named.of("session", r -> r.session("abc")),
        Named.of("principal", r -> r.principal("ann")),
        Named.of("certificate", r -> r.certificate("CN=ann")));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void presentIn_eachKind(UnaryOperator<TestRequest> with) {
    assertThat(present(with.apply(TestRequest.get("/")))).isTrue();
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void identityOf_eachKind_isAnIdentityOfItsOwn(UnaryOperator<TestRequest> with) {
    String nobody = identity(TestRequest.get("/"));
    String somebody = identity(with.apply(TestRequest.get("/")));

    assertThat(somebody).matches("[0-9a-f]{32}").isNotEqualTo(nobody);
    assertThat(identity(with.apply(TestRequest.get("/b").field("Accept", "x"))))
        .isEqualTo(somebody);
  }

  @Test
  void presentIn_plainRequest_none() {
    assertThat(present(TestRequest.get("/").field("Accept", "x").field("X-Other-Key", "y")))
        .isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ";",
        " ; ",
        "_ga=1",
        "_ga_X=1; consent=yes",
        " _ga=1 ;consent=yes; ",
        "_ga",
        "_ga=SID=1",
        "_ga = 1",
      })
  void presentIn_harmlessCookies_none(String cookies) {
    assertThat(present(TestRequest.get("/").field("Cookie", cookies))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "_ga=1; SID=2",
        "SID=2; _ga=1",
        "_ga=1;SID=2",
        "SID",
        "SID=",
        "x_ga=1",
        "_GA=1",
        "_ga=1; =secret",
        "=secret",
        "secret",
        "$Version=1; _ga=1",
        "_ga=\"1; SID=2\"",
      })
  void presentIn_anyOtherCookie_tells(String cookies) {
    assertThat(present(TestRequest.get("/").field("Cookie", cookies))).isTrue();
  }

  @Test
  void presentIn_cookieOnASecondLine_tells() {
    assertThat(present(TestRequest.get("/").field("Cookie", "_ga=1").field("Cookie", "SID=2")))
        .isTrue();
  }

  @Test
  void presentIn_cookieThatARuleDeclaresHarmless_none() {
    NamePatterns alsoHarmless = new NamePatterns(List.of("theme"));

    assertThat(
            credentials.presentIn(
                TestRequest.get("/").field("Cookie", "theme=dark; _ga=1"), alsoHarmless))
        .isFalse();
    assertThat(
            credentials.presentIn(
                TestRequest.get("/").field("Cookie", "theme=dark; SID=1"), alsoHarmless))
        .isTrue();
  }

  @Test
  void identityOf_differentCredentials_differ() {
    List<TestRequest> requests =
        List.of(
            TestRequest.get("/"),
            TestRequest.get("/").field("Authorization", "a"),
            TestRequest.get("/").field("Authorization", "b"),
            TestRequest.get("/").field("Authorization", "a").field("Authorization", "b"),
            TestRequest.get("/").field("Authorization", "ab"),
            TestRequest.get("/").field("X-API-Key", "a"),
            TestRequest.get("/").field("Authorization", "a").field("X-API-Key", "a"),
            TestRequest.get("/").field("Cookie", "SID=a"),
            TestRequest.get("/").field("Cookie", "SID=b"),
            TestRequest.get("/").session("a"),
            TestRequest.get("/").session("b"),
            TestRequest.get("/").principal("a"),
            TestRequest.get("/").principal("a9:principal:1:"),
            TestRequest.get("/").certificate("a"),
            TestRequest.get("/").principal("a").certificate("a"));

    assertThat(requests.stream().map(this::identity)).doesNotHaveDuplicates();
  }

  /** A header field of that name is a credential of its own. */
  @Test
  void identityOf_aFieldNamedLikeAnotherKind_isNotThatOne() {
    assertThat(identity(TestRequest.get("/").field("principal", "ann")))
        .isNotEqualTo(identity(TestRequest.get("/").principal("ann")));
  }

  /** In UTF-8 these are the same. */
  @Test
  void identityOf_halvesOfSurrogatePairs_differ() {
    assertThat(identity(TestRequest.get("/").principal("\uD83D")))
        .isNotEqualTo(identity(TestRequest.get("/").principal("\uD83E")));
  }

  @Test
  void identityOf_isOfTheSecretAndTheCredential() {
    TestRequest ann = TestRequest.get("/").principal("ann");

    assertThat(identity(ann))
        .isEqualTo(with(SharedSecret.of("0123456789abcdef")).identityOf(ann, null))
        .isNotEqualTo(with(SharedSecret.of("0123456789abcdeg")).identityOf(ann, null));
    assertThat(with(SharedSecret.random()).identityOf(ann, null))
        .isNotEqualTo(with(SharedSecret.random()).identityOf(ann, null));
  }

  private static Credentials with(SharedSecret secret) {
    return new Credentials(List.of("X-API-Key", "principal"), NamePatterns.NONE, secret);
  }

  @Test
  void identityOf_harmlessCookies_areNoPartOfIt() {
    TestRequest plain = TestRequest.get("/").field("Cookie", "SID=a");
    TestRequest measured = TestRequest.get("/").field("Cookie", "theme=dark; SID=a");

    NamePatterns harmless = new NamePatterns(List.of("theme"));
    assertThat(credentials.identityOf(measured, harmless))
        .isEqualTo(credentials.identityOf(plain, harmless))
        .isNotEqualTo(identity(measured));
  }

  private String identity(TestRequest request) {
    return credentials.identityOf(request, null);
  }

  private boolean present(TestRequest request) {
    return credentials.presentIn(request, null);
  }
}
