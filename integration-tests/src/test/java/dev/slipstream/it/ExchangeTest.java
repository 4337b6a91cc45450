package dev.slipstream.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.example.gateway.Style;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What depends on the request, on time, and on the filters around a servlet. */
@ParameterizedClass
@EnumSource
final class ExchangeTest extends GatewayPairTest {
  private static final List<Style> SYNC_AND_ASYNC = List.of(Style.SYNC, Style.ASYNC);

  ExchangeTest(Container container) {}

  static Stream<Arguments> syncAndAsync() {
    return contextPaths().stream()
        .flatMap(
            contextPath -> SYNC_AND_ASYNC.stream().map(style -> Arguments.of(contextPath, style)));
  }

  static Stream<String> contexts() {
    return contextPaths().stream();
  }

  @ParameterizedTest
  @MethodSource("syncAndAsync")
  void vary_everyNamedFieldHasItsOwnAnswer(String contextPath, Style style) throws IOException {
    String target = path(contextPath, style, "vary-language");

    for (String language : List.of("en", "de", "fr;q=0.5")) {
      String field = "Accept-Language: " + language;
      Answer miss = fromCached(target, field);
      miss.assertSameAs(fromBaseline(target, field));
      assertNoHit(miss);
    }
    for (String language : List.of("de", "fr;q=0.5", "en")) {
      String field = "Accept-Language: " + language;
      Answer hit = fromCached(target, field);
      hit.assertSameAs(fromBaseline(target, field));
      assertHit(hit);
    }
    assertThat(runs(target)).isEqualTo(3);
  }

  @ParameterizedTest
  @MethodSource("syncAndAsync")
  void query_isPartOfTheKey(String contextPath, Style style) throws IOException {
    String target = path(contextPath, style, "counter") + "?page=";

    assertMiss(fromCached(target + 1));
    assertMiss(fromCached(target + 2));
    assertHit(fromCached(target + 1));
    assertHit(fromCached(target + 2));
    assertMiss(fromCached(target));
  }

  @ParameterizedTest
  @MethodSource("contexts")
  void head_afterGet_isHitWithoutBody(String contextPath) throws IOException {
    String target = path(contextPath, Style.SYNC, "length") + "?head-after-get";
    assertMiss(fromCached(target));

    Answer head = fromCached("HEAD", target, List.of());

    head.assertSameAs(fromBaseline("HEAD", target, List.of()));
    assertHit(head);
    assertThat(runs(target)).isOne();
  }

  @ParameterizedTest
  @MethodSource("contexts")
  void head_beforeGet_leavesNoEmptyBody(String contextPath) throws IOException {
    for (String scenario : List.of("length", "print", "stream-large", "status-404-with-body")) {
      String target = path(contextPath, Style.SYNC, scenario) + "?head-before-get";
      Answer head = fromCached("HEAD", target, List.of());
      head.assertSameAs(fromBaseline("HEAD", target, List.of()));
      assertNoHit(head);

      fromCached(target).assertSameAs(fromBaseline(target));
      Answer hit = fromCached(target);
      hit.assertSameAs(fromBaseline(target));
      assertHit(hit);
    }
  }

  @ParameterizedTest
  @MethodSource("syncAndAsync")
  void post_alwaysRunsTheApplication(String contextPath, Style style) throws IOException {
    String target = path(contextPath, style, "length") + "?post";
    List<String> noBody = List.of("Content-Length: 0");

    for (int run = 1; run <= 2; run++) {
      Answer answer = fromCached("POST", target, noBody);
      answer.assertSameAs(fromBaseline("POST", target, noBody));
      assertNoHit(answer);
      assertThat(runs(target)).isEqualTo(run);
    }
    assertMiss(fromCached(target));
    assertHit(fromCached(target));
  }

  @ParameterizedTest
  @MethodSource("syncAndAsync")
  void credentials_neverMeetTheCache(String contextPath, Style style) throws IOException {
    String target = path(contextPath, style, "print") + "?credentials";
    assertMiss(fromCached(target));
    int runs = 1;

    for (String credential :
        List.of(
            "Authorization: Basic YW5uYTphbm5h",
            "Proxy-Authorization: Basic YW5uYTphbm5h",
            "X-API-Key: 1",
            "X-Auth-Token: 1",
            "X-Forwarded-User: anna",
            "Cookie: JSESSIONID=1",
            "Cookie: login=anna")) {
      Answer answer = fromCached(target, credential);
      answer.assertSameAs(fromBaseline(target, credential));
      assertThat(answer.cacheStatus()).as(credential).matches("Slipstream; fwd=bypass; detail=.+");
      assertThat(runs(target)).as(credential).isEqualTo(++runs);
    }
    assertHit(fromCached(target));
  }

  @ParameterizedTest
  @MethodSource("syncAndAsync")
  void harmlessCookie_isNoCredential(String contextPath, Style style) throws IOException {
    String target = path(contextPath, style, "print") + "?harmless";

    assertMiss(fromCached(target, "Cookie: _ga=GA1.1.1"));
    assertHit(fromCached(target, "Cookie: _ga=GA1.1.2"));
  }

  @ParameterizedTest
  @MethodSource("syncAndAsync")
  void expiry_theApplicationRunsAgain(String contextPath, Style style) throws IOException {
    String target = path(contextPath, style, "max-age-1");
    assertMiss(fromCached(target));
    List<Answer> answers = new ArrayList<>();

    await()
        .atMost(Duration.ofSeconds(5))
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(50))
        .until(
            () -> {
              answers.add(fromCached(target));
              return runs(target) > 1;
            });

    Answer expected = fromBaseline(target);
    assertThat(answers).allSatisfy(answer -> answer.assertSameAs(expected));
    assertThat(answers.subList(0, answers.size() - 1))
        .as("answers while fresh")
        .isNotEmpty()
        .allSatisfy(GatewayPairTest::assertHit)
        .allSatisfy(hit -> assertThat(hit.values("Age")).isSubsetOf("0", "1"));
    assertNoHit(answers.get(answers.size() - 1));
    assertHit(fromCached(target));
  }

  @ParameterizedTest
  @MethodSource("syncAndAsync")
  void filterBefore_itsFieldsFollowTheRequest(String contextPath, Style style) throws IOException {
    String target = contextPath + "/cors/" + style + "/many-values";

    List<Answer> answers = new ArrayList<>();
    for (String origin : List.of("https://a.example", "https://b.example", "https://a.example")) {
      String field = "Origin: " + origin;
      Answer answer = fromCached(target, field);
      answer.assertSameAs(fromBaseline(target, field));
      answers.add(answer);
    }
    Answer withoutOrigin = fromCached(target);
    withoutOrigin.assertSameAs(fromBaseline(target));

    assertMiss(answers.get(0));
    assertThat(answers.subList(1, 3)).allSatisfy(GatewayPairTest::assertHit);
    assertHit(withoutOrigin);
  }

  @ParameterizedTest
  @MethodSource("syncAndAsync")
  void filterBefore_varyOnOrigin_staysAsTheFilterWroteIt(String contextPath, Style style)
      throws IOException {
    String target = contextPath + "/vary/" + style + "/print";

    for (String origin :
        List.of("https://a.example", "https://b.example", "https://a.example", "null")) {
      for (int time = 0; time < 2; time++) {
        String field = "Origin: " + origin;
        fromCached(target, field).assertSameAs(fromBaseline(target, field));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("syncAndAsync")
  void filterWrappingTheResponse_seesEveryAnswer(String contextPath, Style style)
      throws IOException {
    for (String scenario : List.of("println", "arrays", "length", "redirect", "status-204")) {
      String target = contextPath + "/upper/" + style + "/" + scenario;
      Answer expected = fromBaseline(target);

      fromCached(target).assertSameAs(expected);
      Answer second = fromCached(target);
      second.assertSameAs(expected);
      // Asynchronous answers go past the filter's response, and so past a copy: never stored.
      if (style == Style.SYNC) {
        assertHit(second);
      } else {
        assertNoHit(second);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("contexts")
  void filterWritingAfterTheServlet_losesNothing(String contextPath) throws IOException {
    String target = contextPath + "/footer/SYNC/arrays";
    Answer expected = fromBaseline(target);
    assertThat(expected.text()).endsWith("<!-- footer -->");

    fromCached(target).assertSameAs(expected);
    fromCached(target).assertSameAs(expected);
    fromCached(target).assertSameAs(expected);
  }

  @ParameterizedTest
  @MethodSource("contexts")
  void filesOfTheContainer_areDeliveredWhole(String contextPath) throws IOException {
    for (String file : List.of("small.txt", "large.txt")) {
      String target = contextPath + "/static/" + file;
      Answer expected = fromBaseline(target);
      assertThat(expected.status()).isEqualTo(200);

      fromCached(target).assertSameAs(expected);
      fromCached(target).assertSameAs(expected);
      String range = "Range: bytes=2-7";
      fromCached(target, range).assertSameAs(fromBaseline(target, range));
      String condition = "If-Modified-Since: Sat, 29 Feb 2020 12:34:56 GMT";
      // A 304 from the cache repeats more fields than some containers' own.
      assertThat(fromCached(target, condition).status()).isEqualTo(304);
      assertThat(fromBaseline(target, condition).status()).isEqualTo(304);
      fromCached(target).assertSameAs(expected);
    }
  }
}
