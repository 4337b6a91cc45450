package dev.slipstream.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipstream.config.rules.RulesFile;
import dev.slipstream.engine.Call;
import dev.slipstream.engine.EntryPoint;
import dev.slipstream.engine.http.Refusal;
import dev.slipstream.engine.profile.Endpoint;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A rule's {@code serve_at: entry} in a chain, a filter, a chain again, and a servlet. */
class EntranceTest {
  private final TestGateway gateway = new TestGateway();
  private final EntryPoint chains = gateway.adapter.entryPoint(FilterChain.class);
  private final EntryPoint filters = gateway.adapter.entryPoint(Filter.class);

  private Step filter = (request, response, next) -> next.go(request, response);
  private TestGateway.Application servlet = (request, response) -> answer(response);
  private int filtered;
  private int served;

  private interface Next {
    void go(HttpServletRequest request, HttpServletResponse response) throws Exception;
  }

  private interface Step {
    void pass(HttpServletRequest request, HttpServletResponse response, Next next) throws Exception;
  }

  @BeforeEach
  void takeRules() {
    rules("serve_at: entry, ttl: 1m");
    gateway.advanceSeconds(2);
  }

  private void rules(String keys) {
    rulesFor("/a", keys);
  }

  private void rulesFor(String path, String keys) {
    String text = "rules: [{name: a, pattern: " + path + ", " + keys + "}]";
    gateway.engine.httpCache().useRules(RulesFile.parse("r", text).rules());
  }

  private static void answer(HttpServletResponse response) throws IOException {
    response.setContentType("text/plain");
    response.setContentLengthLong(5);
    response.getOutputStream().write("hello".getBytes(StandardCharsets.US_ASCII));
  }

  /** One request's way through the web application. Returns the application's exception. */
  private Throwable send(FakeRequest request, FakeResponse response) {
    return woven(
        chains,
        "chain",
        request.build(),
        response.build(),
        (req, res) ->
            rethrow(
                woven(
                    filters,
                    "filter",
                    req,
                    res,
                    (given, taken) -> {
                      filtered++;
                      filter.pass(given, taken, this::passOn);
                    })));
  }

  private void passOn(HttpServletRequest request, HttpServletResponse response) throws Exception {
    rethrow(
        woven(
            chains,
            "chain",
            request,
            response,
            (req, res) ->
                rethrow(
                    woven(
                        gateway.servlets,
                        "servlet",
                        req,
                        res,
                        (given, taken) -> {
                          served++;
                          servlet.service(given, taken);
                        }))));
  }

  private static Throwable woven(
      EntryPoint entry,
      String point,
      HttpServletRequest request,
      HttpServletResponse response,
      Next body) {
    Object[] slots = {point, request, response, null, null, point};
    UnaryOperator<Throwable> exit = entry.enter(new Call(slots));
    Throwable thrown = null;
    if (slots[0] != null) {
      try {
        body.go((HttpServletRequest) slots[1], (HttpServletResponse) slots[2]);
      } catch (Exception e) {
        thrown = e;
      }
    }
    return exit == null ? thrown : exit.apply(thrown);
  }

  private static void rethrow(Throwable thrown) throws Exception {
    if (thrown instanceof Exception e) {
      throw e;
    }
  }

  private FakeResponse get(String... field) {
    FakeRequest request = FakeRequest.get("/a");
    if (field.length > 0) {
      request.field(field[0], field[1]);
    }
    FakeResponse response = new FakeResponse();
    assertThat(send(request, response)).isNull();
    return response;
  }

  private static boolean isHit(FakeResponse response) {
    return response.fields().stream().anyMatch(field -> field.contains("Slipstream; hit"));
  }

  @Test
  void hit_noFilterRuns_andTheAnswerHasWhatTheyAdded() {
    filter =
        (request, response, next) -> {
          response.setHeader("Access-Control-Allow-Origin", "*");
          next.go(request, response);
        };
    FakeResponse miss = get();
    FakeResponse hit = get();

    assertThat(filtered).isOne();
    assertThat(served).isOne();
    assertThat(isHit(miss)).isFalse();
    assertThat(isHit(hit)).isTrue();
    assertThat(hit.fields())
        .contains("Access-Control-Allow-Origin: *", "Cache-Status: Slipstream; hit; ttl=60");
    assertThat(hit.body()).isEqualTo(miss.body());
    assertThat(gateway.engine.errors().total()).isZero();
  }

  /** The exchange is one, and its endpoint the same, whoever answers. */
  @Test
  void hitAndMiss_areCountedOnce() {
    get();
    get();

    assertThat(gateway.counters().misses()).isOne();
    assertThat(gateway.counters().hits()).isOne();
    assertThat(gateway.counters().stores()).isOne();
    Endpoint endpoint = gateway.engine.endpoints().at("GET", "/a");
    assertThat(endpoint.totals().requests()).isEqualTo(2);
  }

  @Test
  void miss_filterThatIsTried_isNotAskedForAnExchange() {
    filter = (request, response, next) -> answer(response);
    get();

    assertThat(isHit(get())).isTrue();
    assertThat(filtered).isOne();
    assertThat(gateway.counters().stores()).isOne();
  }

  @Test
  void credentials_filtersRun_andNothingOfTheEntryIsGiven() {
    get();
    FakeResponse known = get("Authorization", "Basic x");

    assertThat(filtered).isEqualTo(2);
    assertThat(served).isEqualTo(2);
    assertThat(isHit(known)).isFalse();
    assertThat(isHit(get())).isTrue();
  }

  /** Further within, the request may look as if nobody had said who is asking. */
  @Test
  void credentialsThatAFilterTakesAway_areNotForgotten() {
    filter =
        (request, response, next) ->
            next.go(
                new HttpServletRequestWrapper(request) {
                  @Override
                  public String getHeader(String name) {
                    return null;
                  }
                },
                response);
    servlet =
        (request, response) -> {
          response.setHeader("X-For", "anna");
          answer(response);
        };
    get("Authorization", "Basic anna");

    FakeResponse other = get();
    assertThat(isHit(other)).isFalse();
    assertThat(served).isEqualTo(2);
  }

  /** What is stored would lack what the filters before have done. */
  @Test
  void ruleThatComesWhileAFilterRuns_isNotForThatRequest() {
    rulesFor("/b", "serve_at: entry");
    filter =
        (request, response, next) -> {
          takeRules();
          next.go(request, response);
        };
    get();

    assertThat(isHit(get())).isFalse();
    assertThat(filtered).isEqualTo(2);
  }

  @Test
  void guardByAFieldOfItsOwn_keepsItsAnswersApart() {
    filter =
        (request, response, next) -> {
          if ("yes".equals(request.getHeader("X-Pass"))) {
            next.go(request, response);
          } else {
            response.getOutputStream().print("no");
          }
        };
    for (int i = 0; i < 2; i++) {
      assertThat(get("X-Pass", "yes").body()).asString().isEqualTo("hello");
      assertThat(get().body()).asString().isEqualTo("no");
    }
    assertThat(isHit(get("X-Pass", "yes"))).isTrue();
    assertThat(isHit(get())).isTrue();
    assertThat(get("X-Pass", "other").body()).asString().isEqualTo("no");
  }

  @Test
  void fieldThatTheServletAsksFor_doesNotChoose() {
    servlet =
        (request, response) -> {
          request.getHeader("User-Agent");
          answer(response);
        };
    get("User-Agent", "a");

    assertThat(isHit(get("User-Agent", "b"))).isTrue();
  }

  @Test
  void filterThatLooksAtTheAddress_answersAreKeptAtTheServlet() {
    filter =
        (request, response, next) -> {
          request.getRemoteAddr();
          next.go(request, response);
        };
    get();
    assertThat(gateway.counters().refusals(Refusal.CREDENTIALS)).isOne();
    get();

    FakeResponse hit = get();
    assertThat(isHit(hit)).isTrue();
    assertThat(filtered).isEqualTo(3);
    assertThat(served).isEqualTo(2);
  }

  @Test
  void filterThatSetsACookie_answersAreKeptAtTheServlet_andEachGetsItsCookie() {
    filter =
        (request, response, next) -> {
          next.go(request, response);
          response.addHeader("Set-Cookie", "a=b");
        };
    get();
    assertThat(gateway.counters().refusals(Refusal.SET_COOKIE)).isOne();
    get();

    FakeResponse hit = get();
    assertThat(isHit(hit)).isTrue();
    assertThat(hit.fields()).contains("Set-Cookie: a=b");
    assertThat(filtered).isEqualTo(3);
  }

  @Test
  void filterThatThrows_throwsTheSame_andNothingIsStored() {
    Exception failure = new IllegalStateException("the filter's");
    filter =
        (request, response, next) -> {
          next.go(request, response);
          throw failure;
        };

    assertThat(send(FakeRequest.get("/a"), new FakeResponse())).isSameAs(failure);
    assertThat(gateway.counters().stores()).isZero();
    assertThat(gateway.counters().refusals(Refusal.FAILED)).isOne();
  }

  @Test
  void serveAtServlet_filtersRunOnAHit() {
    rules("ttl: 1m");
    get();

    assertThat(isHit(get())).isTrue();
    assertThat(filtered).isEqualTo(2);
    assertThat(served).isOne();
  }

  /** The chain of a container may be one that is not seen. */
  @Test
  void filterThatIsSeenFirst_isTheEntry() {
    for (int i = 0; i < 2; i++) {
      FakeResponse response = new FakeResponse();
      Throwable thrown =
          woven(
              filters,
              "filter",
              FakeRequest.get("/a").build(),
              response.build(),
              (request, given) -> {
                filtered++;
                passOn(request, given);
              });
      assertThat(thrown).isNull();
    }

    assertThat(filtered).isOne();
    assertThat(gateway.counters().hits()).isOne();
  }

  /** As containers do on one connection. */
  @Test
  void requestObjectThatIsUsedAgain_entersAgain() {
    HttpServletRequest request = FakeRequest.get("/a").build();
    for (int i = 0; i < 2; i++) {
      woven(
          chains,
          "chain",
          request,
          new FakeResponse().build(),
          (given, taken) -> {
            filtered++;
            passOn(given, taken);
          });
    }

    assertThat(filtered).isOne();
    assertThat(gateway.counters().hits()).isOne();
  }

  /** Of a request that is with the application already, nothing begins here. */
  @Test
  void wrappedRequest_doesNotEnter() {
    for (int i = 0; i < 2; i++) {
      HttpServletRequest wrapped = new HttpServletRequestWrapper(FakeRequest.get("/a").build());
      filtered = 0;
      woven(
          chains,
          "chain",
          wrapped,
          new FakeResponse().build(),
          (request, response) -> {
            filtered++;
            passOn(request, response);
          });
    }

    assertThat(filtered).isOne();
    assertThat(gateway.counters().hits()).isOne();
  }
}
