package com.example.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ForwardServletTest {

  private static final Duration PATIENT = Duration.ofSeconds(20);

  /** What a backend has seen of one request. */
  private record Seen(String method, URI target, Headers fields, String body) {

    static Seen of(HttpExchange exchange) throws IOException {
      return new Seen(
          exchange.getRequestMethod(),
          exchange.getRequestURI(),
          exchange.getRequestHeaders(),
          new String(exchange.getRequestBody().readAllBytes(), UTF_8));
    }
  }

  private interface Check {
    void run(Client client) throws Exception;
  }

  private static void through(HttpHandler handler, Duration timeout, Check check) throws Exception {
    try (var backend = StubBackend.start(handler);
        var gateway = Gateway.start(new Options("127.0.0.1", 0), backend.upstream(timeout))) {
      check.run(Client.of(gateway.location()));
    }
  }

  private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
    try (exchange) {
      exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    }
  }

  @Test
  void request_withBody_reachesBackendUnchanged() throws Exception {
    var seen = new AtomicReference<Seen>();
    HttpHandler backend =
        exchange -> {
          seen.set(Seen.of(exchange));
          answer(exchange, 201, "made".getBytes(UTF_8));
        };
    through(
        backend,
        PATIENT,
        client -> {
          var response =
              client.send(
                  "/api/v1/generate/code?q=a%20b&q=c",
                  request ->
                      request
                          .header("X-Trace", "7")
                          .header("TE", "trailers")
                          .header("X-Forwarded-For", "203.0.113.9")
                          .PUT(BodyPublishers.ofString("prompt")));

          assertThat(response.statusCode()).isEqualTo(201);
          assertThat(response.body()).isEqualTo("made");
          assertThat(seen.get().method()).isEqualTo("PUT");
          assertThat(seen.get().target()).hasToString("/api/v1/generate/code?q=a%20b&q=c");
          assertThat(seen.get().body()).isEqualTo("prompt");
          var fields = seen.get().fields();
          assertThat(fields.getFirst("Content-Length")).isEqualTo("6");
          assertThat(fields.getFirst("X-Trace")).isEqualTo("7");
          assertThat(fields.containsKey("TE")).isFalse();
          assertThat(fields.getFirst("X-Forwarded-For")).isEqualTo("203.0.113.9, 127.0.0.1");
          assertThat(fields.getFirst("X-Forwarded-Host")).isEqualTo(client.server().getAuthority());
          assertThat(fields.getFirst("X-Forwarded-Proto")).isEqualTo("http");
        });
  }

  @Test
  void request_withBodyOfUnknownLength_reachesBackendChunked() throws Exception {
    var seen = new AtomicReference<Seen>();
    HttpHandler backend =
        exchange -> {
          seen.set(Seen.of(exchange));
          answer(exchange, 200, new byte[0]);
        };
    var body = "0123456789".repeat(10_000);
    through(
        backend,
        PATIENT,
        client -> {
          client.send(
              "/users",
              request ->
                  request.POST(
                      BodyPublishers.ofInputStream(
                          () -> new ByteArrayInputStream(body.getBytes(UTF_8)))));

          assertThat(seen.get().fields().getFirst("Transfer-Encoding")).isEqualTo("chunked");
          assertThat(seen.get().body()).isEqualTo(body);
        });
  }

  @Test
  void response_withConnectionFields_losesThemAndKeepsTheOthers() throws Exception {
    HttpHandler backend =
        exchange -> {
          exchange.getResponseHeaders().add("Connection", "X-Hop");
          exchange.getResponseHeaders().add("X-Hop", "here");
          exchange.getResponseHeaders().add("Set-Cookie", "a=1");
          exchange.getResponseHeaders().add("Set-Cookie", "b=2");
          exchange.getResponseHeaders().add("ETag", "\"v1\"");
          answer(exchange, 418, "tea".getBytes(UTF_8));
        };
    through(
        backend,
        PATIENT,
        client -> {
          var response = client.get("/users/1");

          assertThat(response.statusCode()).isEqualTo(418);
          assertThat(response.body()).isEqualTo("tea");
          var fields = response.headers();
          assertThat(fields.firstValue("X-Hop")).isEmpty();
          assertThat(fields.firstValue("ETag")).hasValue("\"v1\"");
          assertThat(fields.allValues("Set-Cookie")).isEqualTo(List.of("a=1", "b=2"));
          assertThat(fields.allValues("Date")).hasSize(1);
        });
  }

  @Test
  void response_largerThanTheBuffer_arrivesWhole() throws Exception {
    var letters = new Random(1).ints(3_000_000, 'a', 'z' + 1);
    var body =
        letters
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();
    HttpHandler backend =
        exchange -> {
          try (exchange) {
            exchange.sendResponseHeaders(200, 0); // chunked
            exchange.getResponseBody().write(body.getBytes(UTF_8));
          }
        };
    through(backend, PATIENT, client -> assertThat(client.get("/users").body()).isEqualTo(body));
  }

  @Test
  void response_thatBreaksOff_failsAtTheClient() throws Exception {
    HttpHandler backend =
        exchange -> {
          try (exchange) {
            exchange.sendResponseHeaders(200, 100);
            exchange.getResponseBody().write(new byte[50]);
            exchange.getResponseBody().flush();
          }
        };
    through(
        backend,
        PATIENT,
        client -> assertThatThrownBy(() -> client.get("/users")).isInstanceOf(IOException.class));
  }

  @Test
  void response_thatDoesNotStartInTime_is504() throws Exception {
    var done = new CountDownLatch(1);
    HttpHandler silent =
        exchange -> {
          try (exchange) {
            done.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        };
    through(
        silent,
        Duration.ofMillis(50),
        client -> {
          assertThat(client.get("/users")).matches(isProblem(504));
          done.countDown();
        });
  }

  @Test
  void backend_thatIsDown_is502AndAnAlert() throws Exception {
    var backend = StubBackend.start(exchange -> {});
    var upstream = backend.upstream(PATIENT);
    backend.close();
    try (var gateway = Gateway.start(new Options("127.0.0.1", 0), upstream)) {
      var client = Client.of(gateway.location());

      assertThat(client.get("/users")).matches(isProblem(502));
      assertThat(client.get("/backend/calls")).matches(isProblem(502));
      assertThat(client.get("/api/v1/alerts").body())
          .contains("{\"severity\":\"warning\",\"service\":\"users\",\"errors\":1}");
    }
  }

  @Test
  void target_thatIsNoUri_is400() throws Exception {
    through(
        exchange -> answer(exchange, 200, new byte[0]),
        PATIENT,
        client -> assertThat(statusLine(client.server(), "/users?a=%zz")).contains(" 400 "));
  }

  /** Sends a target that {@link URI} does not accept and returns the first line of the answer. */
  private static String statusLine(URI server, String target) throws IOException {
    try (var socket = new Socket(server.getHost(), server.getPort())) {
      var request = "GET " + target + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(UTF_8));
      return new String(socket.getInputStream().readAllBytes(), UTF_8).lines().findFirst().get();
    }
  }

  private static Predicate<HttpResponse<String>> isProblem(int status) {
    return response ->
        response.statusCode() == status
            && response.body().contains("\"status\":" + status)
            && response
                .headers()
                .firstValue("Content-Type")
                .filter("application/problem+json"::equals)
                .isPresent();
  }
}
