package dev.slipstream.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipstream.engine.Call;
import dev.slipstream.engine.ServletCall;
import dev.slipstream.engine.http.Refusal;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ServletAdapterTest {
  private final TestGateway gateway = new TestGateway();

  @Test
  void enter_missThenHit() {
    FakeResponse miss = new FakeResponse();
    gateway.service(FakeRequest.get("/a"), miss, (request, response) -> hello(response));
    FakeResponse hit = new FakeResponse();
    gateway.service(FakeRequest.get("/a"), hit, (request, response) -> hello(response));

    assertThat(gateway.answeredByTheApplication).isEqualTo(1);
    assertThat(miss.fields())
        .contains(
            "Cache-Status: Slipstream; fwd=uri-miss; fwd-status=203; stored; ttl=60",
            "Cache-Control: max-age=60");
    assertThat(hit.fields())
        .containsExactlyInAnyOrder(
            "Cache-Control: max-age=60",
            "Vary: Accept",
            "Vary: Origin",
            "Date: Sun, 01 Mar 2026 12:00:00 GMT",
            "Age: 0",
            "Cache-Status: Slipstream; hit; ttl=60",
            "Content-Length: 5");
    assertThat(hit.contentType).isEqualTo("text/plain");
    assertThat(hit.status).isEqualTo(203);
    assertThat(hit.body()).isEqualTo(miss.body()).asString().isEqualTo("hello");
    assertThat(gateway.engine.errors().total()).isZero();
  }

  /** A filter behind the servlet may still change the body. */
  @Test
  void enter_lengthThatTheApplicationDidNotState_isNotStatedOnAHit() {
    byte[] body =
        gateway.bodyOfHit(
            new FakeResponse(),
            (request, response) -> {
              response.setHeader("Cache-Control", "max-age=60");
              response.getOutputStream().print("hello");
            });
    FakeResponse hit = new FakeResponse();
    gateway.service(FakeRequest.get("/a"), hit, (request, response) -> {});

    assertThat(body).asString(StandardCharsets.US_ASCII).isEqualTo("hello");
    assertThat(hit.fields()).noneMatch(field -> field.startsWith("Content-Length"));
  }

  @Test
  void enter_head_isAnsweredWithoutABody() {
    gateway.service(FakeRequest.get("/a"), new FakeResponse(), (request, r) -> hello(r));
    FakeResponse head = new FakeResponse();
    gateway.service(FakeRequest.of("HEAD", "/a"), head, (request, r) -> hello(r));

    assertThat(gateway.answeredByTheApplication).isEqualTo(1);
    assertThat(head.body()).isEmpty();
    assertThat(head.fields()).contains("Content-Length: 5");
  }

  @Test
  void enter_clientHasItAlready_isNotModified() {
    gateway.service(
        FakeRequest.get("/a"),
        new FakeResponse(),
        (request, response) -> {
          response.setHeader("ETag", "\"1\"");
          response.setHeader("Cache-Control", "max-age=60");
          response.setHeader("X-Other", "1");
          response.getOutputStream().print("hello");
        });
    FakeResponse hit = new FakeResponse();
    gateway.service(
        FakeRequest.get("/a").field("If-None-Match", "\"1\""), hit, (request, response) -> {});

    assertThat(hit.status).isEqualTo(304);
    assertThat(hit.body()).isEmpty();
    assertThat(hit.fields())
        .contains("ETag: \"1\"", "Cache-Control: max-age=60", "Age: 0")
        .noneMatch(field -> field.startsWith("X-Other") || field.startsWith("Content-Length"));
  }

  @Test
  void exit_givesTheLeaveBackOnce() {
    gateway.service(
        FakeRequest.of("POST", "/a"),
        new FakeResponse(),
        (request, r) -> {
          gateway.service(FakeRequest.of("POST", "/a"), new FakeResponse(), (other, ignored) -> {});
          assertThat(underWay()).as("the other has left, and this one has not").isEqualTo(1);
        });

    assertThat(underWay()).isZero();
  }

  private int underWay() {
    return gateway.engine.admission().guard("POST", "/a", System.nanoTime()).inFlight();
  }

  @Test
  void enter_somethingElseThanHttp_isLeftAlone() {
    Object[] slots = {"servlet", "request", "response", null, null, "servlet"};

    assertThat(gateway.servlets.enter(new Call(slots))).isNull();
    assertThat(slots).containsExactly("servlet", "request", "response", null, null, "servlet");
    assertThat(ServletCall.current()).isNull();
  }

  @ParameterizedTest
  @EnumSource(
      value = DispatcherType.class,
      names = {"FORWARD", "INCLUDE", "ASYNC", "ERROR"})
  void enter_otherDispatches_belongToTheExchangeUnderWay(DispatcherType type) {
    gateway.service(
        FakeRequest.get("/a").dispatcherType(type), new FakeResponse(), (request, r) -> hello(r));

    assertThat(gateway.engine.httpCache().counters().misses()).isZero();
  }

  @ParameterizedTest
  @EnumSource(DispatcherType.class)
  void enter_whatRunsWithin_seesThatItIsInAServlet(DispatcherType type) {
    gateway.service(
        FakeRequest.get("/a").dispatcherType(type),
        new FakeResponse(),
        (request, r) -> assertThat(ServletCall.current()).isNotNull());

    assertThat(ServletCall.current()).isNull();
  }

  @Test
  void enter_resourceOfJaxRs_choosesByAccept() {
    for (String type : List.of("text/a", "text/b", "text/a", "text/b")) {
      gateway.service(
          FakeRequest.get("/a").field("Accept", type),
          new FakeResponse(),
          (request, response) -> {
            ServletCall.current().negotiates();
            hello(response);
          });
    }

    assertThat(gateway.engine.httpCache().counters().stores()).isEqualTo(2);
    assertThat(gateway.engine.httpCache().counters().hits()).isEqualTo(2);
  }

  @Test
  void enter_resourceOfJaxRs_thatKnowsWhoIsAsking_isNotShared() {
    gateway.service(
        FakeRequest.get("/a"),
        new FakeResponse(),
        (request, response) -> {
          ServletCall.current().identifies();
          hello(response);
        });

    assertThat(gateway.engine.httpCache().counters().stores()).isZero();
  }

  @Test
  void enter_servletThatCallsAnother_isOneExchange() {
    gateway.service(
        FakeRequest.get("/a"),
        new FakeResponse(),
        (request, response) -> {
          Object[] inner = {"other servlet", request, response, null, null, "servlet"};
          assertThat(gateway.servlets.enter(new Call(inner))).isNull();
          hello(response);
        });

    assertThat(gateway.engine.httpCache().counters().misses()).isEqualTo(1);
    assertThat(gateway.engine.httpCache().counters().stores()).isEqualTo(1);
  }

  @Test
  void enter_otherRequestInBetween_doesNotEndTheExchange() {
    gateway.service(
        FakeRequest.get("/a"),
        new FakeResponse(),
        (request, response) -> {
          gateway.service(FakeRequest.get("/b"), new FakeResponse(), (b, r) -> hello(r));
          Object[] inner = {"other servlet", request, response, null, null, "servlet"};
          assertThat(gateway.servlets.enter(new Call(inner))).isNull();
          hello(response);
        });

    assertThat(gateway.engine.httpCache().counters().misses()).isEqualTo(2);
    assertThat(gateway.engine.httpCache().counters().stores()).isEqualTo(2);
  }

  @Test
  void exit_servletThatThrows_throwsTheSameAndStoresNothing() {
    Exception failure = new IllegalArgumentException("the application's");

    Throwable thrown =
        gateway.service(
            FakeRequest.get("/a"),
            new FakeResponse(),
            (request, response) -> {
              hello(response);
              throw failure;
            });

    assertThat(thrown).isSameAs(failure);
    assertThat(gateway.engine.httpCache().counters().refusals(Refusal.FAILED)).isEqualTo(1);
    assertThat(gateway.engine.httpCache().counters().stores()).isZero();
  }

  @Test
  void exit_servletThatSendsAnError_storesNothing() {
    gateway.service(
        FakeRequest.get("/a"),
        new FakeResponse(),
        (request, response) -> {
          response.setHeader("Cache-Control", "max-age=60");
          response.sendError(404);
        });

    assertThat(gateway.engine.httpCache().counters().refusals(Refusal.FAILED)).isEqualTo(1);
  }

  @Test
  void enter_hitWhereAFilterHasTheWriter_isTheApplications() throws IOException {
    gateway.service(FakeRequest.get("/a"), new FakeResponse(), (request, r) -> hello(r));
    FakeResponse taken = new FakeResponse();
    taken.build().getWriter().print("");
    gateway.service(
        FakeRequest.get("/a"), taken, (request, response) -> response.getWriter().print("own"));

    assertThat(taken.body()).asString(StandardCharsets.UTF_8).isEqualTo("own");
    assertThat(gateway.engine.httpCache().counters().hits()).isZero();
    assertThat(gateway.engine.httpCache().counters().bypasses()).isEqualTo(1);
  }

  /** Bytes of ours may be out: the application must not write its own after them (law 1). */
  @Test
  void enter_hitThatBreaksOff_isNotHandedToTheApplication() {
    gateway.service(FakeRequest.get("/a"), new FakeResponse(), (request, r) -> hello(r));
    FakeResponse broken = new FakeResponse();
    broken.failure = new IllegalStateException("the container's");
    Object[] slots = {
      "servlet", FakeRequest.get("/a").build(), broken.build(), null, null, "servlet"
    };

    UnaryOperator<Throwable> exit = gateway.servlets.enter(new Call(slots));

    assertThat(slots[0]).isNull();
    assertThat(exit.apply(null)).isSameAs(broken.failure);
  }

  private static void hello(HttpServletResponse response) throws IOException {
    response.setStatus(203);
    response.setContentType("text/plain");
    response.setHeader("Cache-Control", "max-age=60");
    response.addHeader("Vary", "Accept");
    response.addHeader("Vary", "Origin");
    response.setContentLengthLong(5);
    response.getOutputStream().write("hello".getBytes(StandardCharsets.US_ASCII));
  }
}
