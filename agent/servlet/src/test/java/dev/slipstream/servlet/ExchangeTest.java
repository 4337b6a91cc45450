package dev.slipstream.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipstream.engine.admit.EndpointGuard;
import dev.slipstream.engine.http.Refusal;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An exchange from its begin to its end: asynchronous ones, HEAD, unsafe methods, what is read. */
class ExchangeTest {
  private final TestGateway gateway = new TestGateway();
  private final FakeRequest asking = FakeRequest.get("/a");
  private final FakeResponse client = new FakeResponse();
  private HttpServletResponse asyncResponse;
  private AsyncContext async;

  private void store(String... fields) {
    gateway.service(
        FakeRequest.get("/a"),
        new FakeResponse(),
        (request, response) -> {
          response.setHeader("Cache-Control", "max-age=60");
          response.setHeader("ETag", "\"1\"");
          for (int i = 0; i < fields.length; i += 2) {
            response.setHeader(fields[i], fields[i + 1]);
          }
          response.getOutputStream().print("old");
        });
  }

  private void storeStale() {
    store();
    gateway.advanceSeconds(61);
  }

  private void goAsynchronous(HttpServletRequest request, HttpServletResponse response) {
    async = request.startAsync();
    asyncResponse = response;
  }

  private String body() {
    return new String(client.body(), StandardCharsets.UTF_8);
  }

  private String outcome() {
    FakeResponse response = new FakeResponse();
    gateway.service(FakeRequest.get("/a"), response, (request, own) -> own.setStatus(299));
    return response.status == 299
        ? "application"
        : new String(response.body(), StandardCharsets.UTF_8);
  }

  @Test
  void async_answerIsStoredOnceItIsComplete() throws IOException {
    gateway.service(asking, client, this::goAsynchronous);
    assertThat(gateway.counters().stores()).isZero();

    asyncResponse.setHeader("Cache-Control", "max-age=60");
    asyncResponse.getOutputStream().print("late");
    async.complete();

    assertThat(body()).isEqualTo("late");
    assertThat(outcome()).isEqualTo("late");
  }

  /** There a listener would cost the application its status. */
  @Test
  void async_onGlassFish_endsWithTheApplicationsCompletion() throws IOException {
    gateway.service(
        asking.server("Eclipse GlassFish  7.0.21 "),
        client,
        (request, response) -> {
          goAsynchronous(request, response);
          assertThat(asking.async.hasListeners()).isFalse();
        });
    asyncResponse.setHeader("Cache-Control", "max-age=60");
    asyncResponse.getOutputStream().print("late");
    async.complete();

    assertThat(asking.async.completed).isTrue();
    assertThat(outcome()).isEqualTo("late");
  }

  /** As the throttle and as the endpoints count them. */
  private int underWay() {
    int guarded =
        gateway.engine.admission().guards().stream().mapToInt(EndpointGuard::inFlight).sum();
    int counted = 0;
    for (String method : List.of("GET", "POST")) {
      for (String path : List.of("/a", "/b", "/c")) {
        counted += gateway.engine.endpoints().at(method, path).inFlight();
      }
    }
    assertThat(counted).isEqualTo(guarded);
    return guarded;
  }

  @Test
  void underWay_fromTheBeginToTheCompletion() {
    gateway.service(asking, client, this::goAsynchronous);
    gateway.service(
        FakeRequest.get("/b"), new FakeResponse(), (q, p) -> assertThat(underWay()).isEqualTo(2));
    gateway.service(
        FakeRequest.get("/c"),
        new FakeResponse(),
        (q, p) -> {
          throw new IOException();
        });
    gateway.engine.untoldEnds().look();
    assertThat(underWay()).isEqualTo(1);

    async.complete();

    assertThat(underWay()).isZero();
    assertThat(gateway.engine.untoldEnds().size()).isZero();
  }

  @Test
  void async_thatTheContainerForgetsWithoutAWord_isUnderWayNoMore() {
    gateway.service(asking, client, this::goAsynchronous);
    gateway.service(
        FakeRequest.of("POST", "/b"),
        new FakeResponse(),
        (request, response) -> request.startAsync(request, response));
    assertThat(underWay()).isEqualTo(2);

    asking.async.forget();
    gateway.engine.untoldEnds().look();

    assertThat(underWay()).isEqualTo(1);
    assertThat(gateway.engine.untoldEnds().size()).isEqualTo(1);
    assertThat(outcome()).as("nobody waits for it").isEqualTo("application");
  }

  @Test
  void underWay_untilItsEndAlthoughThatFails() {
    gateway.service(asking, client, (request, response) -> client.failsToTell = true);

    assertThat(underWay()).isZero();
  }

  @Test
  void async_notModified_isReplacedAtItsCompletion() {
    storeStale();
    gateway.service(asking, client, this::goAsynchronous);

    asyncResponse.setStatus(304);
    assertThat(body()).isEmpty();
    async.complete();

    assertThat(asking.async.completed).isTrue();
    assertThat(body()).isEqualTo("old");
    assertThat(client.status).isEqualTo(200);
    assertThat(outcome()).isEqualTo("old");
  }

  @Test
  void async_error_isReplaced() throws IOException {
    storeStale();
    gateway.service(asking, client, this::goAsynchronous);

    asyncResponse.sendError(503);
    async.complete();

    assertThat(body()).isEqualTo("old");
    assertThat(client.status).isEqualTo(200);
  }

  @Test
  void async_timeout_isReplacedAndCommittedBeforeTheContainersPage() throws IOException {
    storeStale();
    gateway.service(asking, client, this::goAsynchronous);

    asking.async.timeOut();

    assertThat(body()).isEqualTo("old");
    assertThat(client.build().isCommitted()).isTrue();
    assertThat(gateway.counters().staleAnswers()).isEqualTo(1);
    assertThat(gateway.counters().refusals(Refusal.FAILED)).isEqualTo(1);
  }

  @Test
  void async_failure_isReplaced() throws IOException {
    storeStale();
    gateway.service(asking, client, this::goAsynchronous);

    asking.async.fail(new IOException("the backend's"));

    assertThat(body()).isEqualTo("old");
    assertThat(gateway.counters().staleAnswers()).isEqualTo(1);
  }

  @Test
  void async_timeoutWithNothingStored_isTheContainers() throws IOException {
    gateway.service(asking, client, this::goAsynchronous);

    asking.async.timeOut();

    assertThat(client.build().isCommitted()).isFalse();
    assertThat(gateway.counters().refusals(Refusal.FAILED)).isEqualTo(1);
    assertThat(gateway.counters().staleAnswers()).isZero();
  }

  /** The application compares and asks: it never sees a context of the container beside ours. */
  @Test
  void async_contextIsOneAndTheSame() throws IOException {
    storeStale();
    List<AsyncContext> named = new ArrayList<>();
    gateway.service(
        asking,
        client,
        (request, response) -> {
          AsyncContext context = request.startAsync();
          named.add(context);
          named.add(request.getAsyncContext());
          context.addListener(
              new AsyncListener() {
                @Override
                public void onComplete(AsyncEvent event) {
                  named.add(event.getAsyncContext());
                }

                @Override
                public void onTimeout(AsyncEvent event) {
                  named.add(event.getAsyncContext());
                }

                @Override
                public void onError(AsyncEvent event) {
                  named.add(event.getAsyncContext());
                }

                @Override
                public void onStartAsync(AsyncEvent event) {
                  named.add(event.getAsyncContext());
                }
              });
        });

    asking.async.timeOut();

    assertThat(named).hasSize(4).containsOnly(named.get(0)).doesNotContain(asking.async);
  }

  /** RFC 9111 §4.3.5: an answer to HEAD says whether what is stored for GET is still right. */
  @ParameterizedTest
  @CsvSource({"\"1\", old", "\"2\", application"})
  void head_freshensOrDropsWhatIsStored(String etag, String expected) {
    storeStale();

    gateway.service(
        FakeRequest.of("HEAD", "/a"),
        client,
        (request, response) -> {
          response.setHeader("ETag", etag);
          response.setHeader("Cache-Control", "max-age=60");
        });

    assertThat(body()).isEmpty();
    assertThat(outcome()).isEqualTo(expected);
  }

  @Test
  void head_applicationFails_isAnsweredWithoutABody() {
    storeStale();

    gateway.service(
        FakeRequest.of("HEAD", "/a"), client, (request, response) -> response.sendError(503));

    assertThat(client.status).isEqualTo(200);
    assertThat(body()).isEmpty();
    assertThat(client.fields()).contains("Content-Length: 3", "ETag: \"1\"");
  }

  @Test
  void onlyIfCached_nothingStored_isAGatewayTimeout() {
    gateway.service(
        asking.field("Cache-Control", "only-if-cached"), client, (request, response) -> {});

    assertThat(gateway.answeredByTheApplication).isZero();
    assertThat(client.status).isEqualTo(504);
    assertThat(body()).isEmpty();
    assertThat(client.fields()).containsExactly("Cache-Status: Slipstream; detail=only-if-cached");
  }

  @ParameterizedTest
  @ValueSource(strings = {"bytes=0-1", "bytes=1-", "bytes=-2", "bytes=0-0,2-2", "bytes=9-"})
  void range_isAnsweredFromWhatIsStored(String range) {
    store();

    gateway.service(asking.field("Range", range), client, (request, response) -> {});

    assertThat(gateway.answeredByTheApplication).isEqualTo(1);
    assertThat(client.status).isEqualTo(range.equals("bytes=9-") ? 416 : 206);
    assertThat(client.fields()).anyMatch(field -> field.startsWith("Content-Length: "));
  }

  @ParameterizedTest
  @CsvSource({
    "POST, 200, application",
    "PUT, 204, application",
    "DELETE, 303, application",
    "PATCH, 200, application",
    "SOMETHING, 201, application",
    "POST, 400, old",
    "PUT, 412, old",
    "DELETE, 500, old",
    "OPTIONS, 200, old",
    "TRACE, 200, old",
    "PROPFIND, 207, old",
  })
  void unsafeMethod_dropsWhatIsStoredOnceItHasSucceeded(
      String method, int status, String expected) {
    store();

    gateway.service(
        FakeRequest.of(method, "/a"), client, (request, response) -> response.setStatus(status));

    assertThat(outcome()).isEqualTo(expected);
  }

  @Test
  void unsafeMethod_thatThrows_dropsNothing() {
    store();

    gateway.service(
        FakeRequest.of("POST", "/a"),
        client,
        (request, response) -> {
          throw new IOException("the backend's");
        });

    assertThat(outcome()).isEqualTo("old");
  }

  /** As Spring Security's, which a filter answers with 401. */
  private static final class AuthenticationException extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  @Test
  void failure_isTheEndpointsUnlessTheRequestIsAtFault() {
    gateway.service(
        FakeRequest.get("/a"),
        client,
        (request, response) -> {
          throw new AuthenticationException();
        });
    assertThat(gateway.engine.endpoints().totals().serverErrors()).isZero();
    assertThat(gateway.engine.endpoints().totals().clientErrors()).isEqualTo(1);

    gateway.service(
        FakeRequest.get("/a"),
        client,
        (request, response) -> {
          throw new IOException("the backend's");
        });
    assertThat(gateway.engine.endpoints().totals().serverErrors()).isEqualTo(1);
  }

  @Test
  void unsafeMethod_dropsWhatItsAnswerNames() {
    store();

    gateway.service(
        FakeRequest.of("POST", "/b"),
        client,
        (request, response) -> {
          response.setStatus(201);
          response.setHeader("Location", "/a");
        });

    assertThat(outcome()).isEqualTo("application");
  }

  @Test
  void fieldsThatTheApplicationReads_chooseTheVariant() {
    gateway.service(
        FakeRequest.get("/a").field("Accept-Language", "de").field("X-Any", "x"),
        client,
        (request, response) -> {
          response.setHeader("Cache-Control", "max-age=60");
          response.getOutputStream().print(request.getHeader("accept-language"));
          assertThat(request.getHeader("X-Any")).isEqualTo("x");
        });
    FakeResponse same = new FakeResponse();
    gateway.service(
        FakeRequest.get("/a").field("Accept-Language", "de"), same, (request, response) -> {});

    assertThat(same.body()).asString().isEqualTo("de");
    assertThat(outcome()).isEqualTo("application");
  }

  @Test
  void identityThatTheApplicationLooksAt_isItsAnswersAlone() {
    gateway.service(
        asking,
        client,
        (request, response) -> {
          response.setHeader("Cache-Control", "max-age=60");
          asking.user("somebody"); // logged in by the application itself
          response.getOutputStream().print(request.getRemoteUser());
        });

    assertThat(gateway.counters().refusals(Refusal.CREDENTIALS)).isEqualTo(1);
    assertThat(gateway.counters().stores()).isZero();
  }

  @Test
  void identityThatTheApplicationAsksForAndNobodyIs_isNone() {
    gateway.service(
        asking,
        client,
        (request, response) -> {
          response.setHeader("Cache-Control", "max-age=60");
          assertThat(request.getRemoteUser()).isNull();
          assertThat(request.getUserPrincipal()).isNull();
          assertThat(request.getSession(false)).isNull();
          response.getOutputStream().print("all");
        });

    assertThat(outcome()).isEqualTo("all");
  }
}
