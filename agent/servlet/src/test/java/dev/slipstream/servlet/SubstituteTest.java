package dev.slipstream.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.slipstream.engine.http.Refusal;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A stored answer in place of the application's: confirmed by 304, or instead of an error. */
class SubstituteTest {
  private final TestGateway gateway = new TestGateway();
  private final FakeResponse client = new FakeResponse();

  /** Stores "old" with the entity tag "1" for a minute, and lets that pass. */
  private void storeStale(String cacheControl) {
    gateway.service(
        FakeRequest.get("/a"),
        new FakeResponse(),
        (request, response) -> old(response, cacheControl));
    gateway.advanceSeconds(61);
  }

  private static void old(HttpServletResponse response, String cacheControl) throws IOException {
    response.setContentType("text/plain");
    response.setHeader("Cache-Control", cacheControl);
    response.setHeader("ETag", "\"1\"");
    response.getOutputStream().print("old");
  }

  private Throwable ask(TestGateway.Application application) {
    return gateway.service(FakeRequest.get("/a"), client, application);
  }

  private String body() {
    return new String(client.body(), StandardCharsets.UTF_8);
  }

  private void assertThatClientGotTheStored(String cacheStatus) {
    assertThat(body()).isEqualTo("old");
    assertThat(client.status).isEqualTo(200);
    assertThat(client.contentType).isEqualTo("text/plain");
    assertThat(client.fields())
        .contains("ETag: \"1\"", "Cache-Status: Slipstream; fwd=stale; " + cacheStatus)
        .noneMatch(field -> field.startsWith("X-Error"));
    assertThat(client.fields().stream().filter(field -> field.startsWith("Cache-Status")))
        .hasSize(1);
    assertThat(gateway.engine.errors().total()).isZero();
  }

  @Test
  void notModified_isReplacedByTheStoredAnswerAndFreshensIt() {
    storeStale("max-age=60");

    Throwable thrown =
        ask(
            (request, response) -> {
              assertThat(request.getHeader("if-none-match")).isEqualTo("\"1\"");
              response.setHeader("X-New", "1");
              response.setStatus(304);
            });

    assertThat(thrown).isNull();
    assertThatClientGotTheStored("fwd-status=304; stored; ttl=60");
    assertThat(client.fields()).contains("Age: 0", "X-New: 1");
    assertThat(gateway.counters().validations()).isEqualTo(1);
    FakeResponse hit = new FakeResponse();
    gateway.service(FakeRequest.get("/a"), hit, (request, response) -> {});
    assertThat(hit.body()).asString().isEqualTo("old");
    assertThat(gateway.answeredByTheApplication).isEqualTo(2);
  }

  @Test
  void notModified_sentAsAnError_isReplacedToo() {
    storeStale("max-age=60");

    ask((request, response) -> response.sendError(304));

    assertThatClientGotTheStored("fwd-status=304; stored; ttl=60");
  }

  @Test
  void notModified_flushed_isReplacedToo() {
    storeStale("max-age=60");

    ask(
        (request, response) -> {
          response.setStatus(304);
          response.flushBuffer();
          assertThat(response.isCommitted()).isTrue();
        });

    assertThatClientGotTheStored("fwd-status=304; stored; ttl=60");
  }

  /** RFC 9111 §4.3.3: what the client has may be newer than what is stored. */
  @Test
  void notModified_ofWhatTheClientHas_goesToTheClient() {
    storeStale("max-age=60");

    gateway.service(
        FakeRequest.get("/a").field("If-None-Match", "\"2\""),
        client,
        (request, response) -> {
          assertThat(request.getHeader("If-None-Match")).isEqualTo("\"1\", \"2\"");
          response.setHeader("ETag", "\"2\"");
          response.setStatus(304);
        });

    assertThat(client.status).isEqualTo(304);
    assertThat(client.body()).isEmpty();
    assertThat(client.fields()).contains("ETag: \"2\"");
    assertThat(gateway.counters().validations()).isZero();
  }

  @Test
  void notModified_ofWhatBothHave_isA304ForTheClient() {
    storeStale("max-age=60");

    gateway.service(
        FakeRequest.get("/a").field("If-None-Match", "\"1\""),
        client,
        (request, response) -> {
          response.setHeader("ETag", "\"1\"");
          response.setStatus(304);
        });

    assertThat(client.status).isEqualTo(304);
    assertThat(client.body()).isEmpty();
    assertThat(client.fields()).contains("Age: 0");
    assertThat(gateway.counters().validations()).isEqualTo(1);
  }

  @Test
  void newAnswer_goesToTheClientAndIsStored() {
    storeStale("max-age=60");

    ask(
        (request, response) -> {
          response.setHeader("Cache-Control", "max-age=60");
          response.getOutputStream().print("new");
        });

    assertThat(body()).isEqualTo("new");
    assertThat(client.fields())
        .contains("Cache-Status: Slipstream; fwd=stale; fwd-status=200; stored; ttl=60");
    FakeResponse hit = new FakeResponse();
    gateway.service(FakeRequest.get("/a"), hit, (request, response) -> {});
    assertThat(hit.body()).asString().isEqualTo("new");
  }

  static Stream<Named<TestGateway.Application>> failures() {
    return Stream.of(
        Named.of("sendError", (request, response) -> response.sendError(503)),
        Named.of("sendError with a text", (request, response) -> response.sendError(503, "oops")),
        Named.of("status alone", (request, response) -> response.setStatus(503)),
        Named.of(
            "status and stream",
            (request, response) -> {
              response.setStatus(503);
              response.setHeader("X-Error", "1");
              response.setContentType("text/html");
              response.getOutputStream().write("oops".getBytes(StandardCharsets.US_ASCII));
              response.getOutputStream().close();
            }),
        Named.of(
            "status and writer",
            (request, response) -> {
              response.setStatus(503);
              response.setHeader("X-Error", "1");
              response.getWriter().println("oops");
              response.getWriter().close();
            }),
        Named.of(
            "status and flush",
            (request, response) -> {
              response.setStatus(503);
              response.flushBuffer();
            }));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void unavailable_isReplaced(TestGateway.Application failure) {
    storeStale("max-age=60");

    assertThat(ask(failure)).isNull();

    assertThatClientGotTheStored("fwd-status=503; ttl=-1; detail=stale-if-error");
    assertThat(client.fields()).contains("Age: 61");
    assertThat(gateway.counters().staleAnswers()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 404, 500, 501})
  void otherErrors_areTheApplicationsWhereNothingElseIsSaid(int status) {
    storeStale("max-age=60");

    ask((request, response) -> response.sendError(status));

    assertThat(client.status).isEqualTo(status);
    assertThat(gateway.counters().staleAnswers()).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 501, 502, 503, 504, 599})
  void anyServerError_isReplacedWhereTheAnswerSaidSo(int status) {
    storeStale("max-age=60, stale-if-error=60");

    ask((request, response) -> response.sendError(status));

    assertThatClientGotTheStored("fwd-status=" + status + "; ttl=-1; detail=stale-if-error");
  }

  @Test
  void unavailable_whereStaleIsForbidden_goesToTheClient() {
    storeStale("max-age=60, must-revalidate");

    ask((request, response) -> response.sendError(503));

    assertThat(client.status).isEqualTo(503);
    assertThat(body()).isEmpty();
  }

  @Test
  void unavailable_afterTheTimeForThat_goesToTheClient() {
    storeStale("max-age=60");
    gateway.advanceSeconds(60);

    ask((request, response) -> response.sendError(503));

    assertThat(client.status).isEqualTo(503);
  }

  @Test
  void exception_isSwallowedAndReplaced() {
    storeStale("max-age=60");

    Throwable thrown =
        ask(
            (request, response) -> {
              response.setHeader("X-Error", "1");
              throw new IOException("the backend's");
            });

    assertThat(thrown).isNull();
    assertThatClientGotTheStored("ttl=-1; detail=stale-if-error");
    assertThat(gateway.counters().refusals(Refusal.FAILED)).isEqualTo(1);
  }

  @Test
  void exception_afterTheAnswerHasBegun_isTheApplications() {
    storeStale("max-age=60");
    IOException failure = new IOException("the backend's");

    Throwable thrown =
        ask(
            (request, response) -> {
              response.getOutputStream().print("half");
              response.flushBuffer();
              throw failure;
            });

    assertThat(thrown).isSameAs(failure);
    assertThat(body()).isEqualTo("half");
  }

  @Test
  void afterTheReplacement_whatTheApplicationDoesHasNoEffect() {
    storeStale("max-age=60");

    ask(
        (request, response) -> {
          response.sendError(503);
          assertThat(response.isCommitted()).isTrue();
          response.setStatus(500);
          response.setHeader("X-Error", "1");
          response.addHeader("X-Error", "1");
          response.setIntHeader("X-Error", 1);
          response.addIntHeader("X-Error", 1);
          response.setDateHeader("X-Error", 1);
          response.addDateHeader("X-Error", 1);
          response.setContentType("text/html");
          response.setContentLength(5);
          response.setContentLengthLong(5);
          response.setCharacterEncoding("UTF-16");
          response.addCookie(null);
          response.setLocale(null);
          response.getOutputStream().print("oops");
          response.getOutputStream().write(new byte[] {'o'});
          response.getOutputStream().write('o');
          response.getOutputStream().flush();
          response.flushBuffer();
        });

    assertThatClientGotTheStored("fwd-status=503; ttl=-1; detail=stale-if-error");
  }

  @Test
  void afterTheReplacement_beginningAnewIsTooLate() {
    storeStale("max-age=60");

    ask(
        (request, response) -> {
          response.sendError(503);
          assertThatIllegalStateException().isThrownBy(response::reset);
          assertThatIllegalStateException().isThrownBy(response::resetBuffer);
          assertThatIllegalStateException().isThrownBy(() -> response.sendRedirect("/b"));
        });

    assertThatClientGotTheStored("fwd-status=503; ttl=-1; detail=stale-if-error");
  }

  @Test
  void reset_beginsAnew() {
    storeStale("max-age=60");

    ask(
        (request, response) -> {
          response.setHeader("X-Error", "1");
          response.getOutputStream().print("half");
          response.reset();
          response.sendError(503);
        });

    assertThatClientGotTheStored("fwd-status=503; ttl=-1; detail=stale-if-error");
  }

  @Test
  void conditions_areTheCachesWhereverTheApplicationLooks() {
    gateway.service(
        FakeRequest.get("/a"),
        new FakeResponse(),
        (request, response) -> {
          response.setHeader("Last-Modified", "Sun, 01 Mar 2026 11:00:00 GMT");
          old(response, "max-age=60");
        });
    gateway.advanceSeconds(61);

    gateway.service(
        FakeRequest.get("/a").field("Accept", "x").field("If-Modified-Since", "garbage"),
        client,
        (request, response) -> {
          assertThat(Collections.list(request.getHeaderNames()))
              .containsExactlyInAnyOrder("Accept", "If-None-Match", "If-Modified-Since");
          assertThat(Collections.list(request.getHeaders("If-None-Match")))
              .containsExactly("\"1\"");
          assertThat(request.getHeader("IF-MODIFIED-SINCE"))
              .isEqualTo("Sun, 01 Mar 2026 11:00:00 GMT");
          assertThat(request.getDateHeader("If-Modified-Since")).isEqualTo(1_772_362_800_000L);
          assertThat(request.getHeader("Accept")).isEqualTo("x");
          response.setStatus(304);
        });

    assertThat(body()).isEqualTo("old");
  }

  @Test
  void withoutAStoredAnswer_conditionsAreTheClients() {
    gateway.service(
        FakeRequest.get("/a").field("If-None-Match", "\"7\""),
        client,
        (request, response) -> {
          assertThat(request.getHeader("If-None-Match")).isEqualTo("\"7\"");
          assertThat(Collections.list(request.getHeaderNames()))
              .isEqualTo(List.of("If-None-Match"));
          response.setStatus(304);
        });

    assertThat(client.status).isEqualTo(304);
    assertThat(gateway.counters().validations()).isZero();
  }
}
