package dev.slipstream.console.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipstream.console.fake.Api;
import dev.slipstream.console.fake.FakeAgent;
import dev.slipstream.console.fake.FakeConsole;
import dev.slipstream.console.fake.FakeGateway;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerTest {
  private FakeGateway gateway;
  private FakeConsole console;
  private Api api;

  @BeforeEach
  void start() throws Exception {
    gateway = FakeGateway.with(new FakeAgent());
    console = FakeConsole.reading(gateway.called("one"));
    api = console.api();
  }

  @AfterEach
  void stop() throws Exception {
    console.close();
    gateway.close();
  }

  @Test
  void health_tellsEachGatewaysState() throws Exception {
    await().until(() -> api.get("/api/v1/health/ready").status() == 200);
    Api.Answer answer = api.get("/api/v1/health");
    assertThat(answer.json().path("status").textValue()).isEqualTo("up");
    assertThat(answer.json().at("/targets/0/name").textValue()).isEqualTo("one");
    assertThat(answer.json().at("/targets/0/status").textValue()).isEqualTo("up");
    assertThat(Instant.parse(answer.json().at("/targets/0/since").textValue()))
        .isBeforeOrEqualTo(Instant.now());
    assertThat(answer.json().at("/targets/0/error").isMissingNode()).isTrue();
    assertThat(answer.field("Cache-Control")).isEqualTo("no-store");
    assertThat(answer.field("X-Content-Type-Options")).isEqualTo("nosniff");
  }

  @Test
  void head_givesTheStatusOfGet() throws Exception {
    await().until(() -> api.get("/api/v1/health/ready").status() == 200);
    gateway.beans().unregisterMBean(new javax.management.ObjectName("dev.slipstream:type=Agent"));
    await().until(() -> api.get("/api/v1/health/ready").status() == 503);
    Api.Answer answer = api.send("HEAD", "/api/v1/health/ready", BodyPublishers.noBody());
    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.response().body()).isEmpty();
  }

  @Test
  void unknownPathOrMethod_isAProblem() throws Exception {
    api.get("/api/v1/nothing").problem(404, "about:blank");
    Api.Answer answer = api.delete("/api/v1/cache/stats");
    answer.problem(405, "about:blank");
    assertThat(answer.field("Allow")).contains("GET");
    api.get("/api/v1/cache/flush").problem(405, "about:blank");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /api/v1/cache/stats HTTP/1.1\r\nHost: evil.example\r\n",
        "GET /api/v1/health HTTP/1.1\r\nHost: evil.example:8000\r\n",
        "GET /nothing HTTP/1.1\r\nHost: evil.example\r\n",
        "DELETE /api/v1/cache/flush HTTP/1.1\r\nHost: rebound.example\r\n",
        "GET http://evil.example/api/v1/health HTTP/1.1\r\nHost: evil.example\r\n",
        "GET /api/v1/health HTTP/1.0\r\n",
      })
  void anotherHost_isMisdirected(String request) throws IOException {
    String answer = raw(request + "Connection: close\r\n\r\n");
    assertThat(answer).startsWith("HTTP/1.1 421 ").contains("urn:slipstream:problem:wrong-host");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /api/v1/health HTTP/1.1\r\n",
        "GET /api/v1/health HTTP/1.1\r\nHost: localhost\r\nHost: localhost\r\n",
        "GET /%zz HTTP/1.1\r\nHost: localhost\r\n",
        "GET /api/../../x HTTP/1.1\r\nHost: localhost\r\n",
        "nonsense\r\n",
        "GET / HTTP/1.1\r\nHost: localhost\r\nA: b\0c\r\n",
        "POST /api/v1/cache/invalidate HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n",
      })
  void malformedRequest_isABadRequestAndAProblem(String request) throws IOException {
    String answer = raw(request + "Connection: close\r\n\r\n");
    assertThat(answer).startsWith("HTTP/1.1 400 ").contains("application/problem+json");
    assertThat(answer).contains("\"status\":400", "\"correlation_id\":", "\"timestamp\":");
  }

  @Test
  void hugeHead_isAProblem() throws IOException {
    String answer =
        raw("GET / HTTP/1.1\r\nHost: localhost\r\nA: " + "x".repeat(20_000) + "\r\n\r\n");
    assertThat(answer).startsWith("HTTP/1.1 431 ").contains("application/problem+json");
  }

  @Test
  void badEscapeInTheQuery_changesNothing() throws IOException {
    String request = "DELETE /api/v1/cache/flush?target=%zz HTTP/1.1\r\nHost: localhost\r\n";
    String token = "Authorization: Bearer " + FakeConsole.TOKEN + "\r\n";
    String answer = raw(request + token + "Connection: close\r\n\r\n");
    assertThat(answer).startsWith("HTTP/1.1 400 ").contains("application/problem+json");
  }

  private String raw(String request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), console.port())) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(request.getBytes(UTF_8));
      return new String(socket.getInputStream().readAllBytes(), UTF_8);
    }
  }
}
