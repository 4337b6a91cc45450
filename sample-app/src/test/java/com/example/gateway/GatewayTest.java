package com.example.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.example.gateway.backend.DemoBackend;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Base64;
import org.apache.catalina.LifecycleException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(30)
class GatewayTest {

  private static final byte[] PNG_SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};

  private static DemoBackend backend;
  private static Gateway gateway;
  private static Client client;

  @BeforeAll
  static void start() throws Exception {
    backend = DemoBackend.start();
    gateway =
        Gateway.start(
            new Options("127.0.0.1", 0), new Upstream(backend.location(), Duration.ofSeconds(20)));
    client = Client.of(gateway.location());
  }

  @AfterAll
  static void stop() {
    gateway.close();
    backend.close();
  }

  @ParameterizedTest
  @CsvSource({
    "/users/42, application/json",
    "/users?page=2, application/json",
    "/users/me, application/json",
    "/api/v1/generate/code?prompt=sort, application/json",
    "/api/v1/generate/image?prompt=sea, image/png",
    "/backend/calls, application/json",
    "/api/v1/health, application/json",
    "/api/v1/services, application/json",
    "/api/v1/services/stats, application/json",
    "/api/v1/services/users, application/json",
    "/api/v1/alerts, application/json",
    "/metrics, text/plain;charset=utf-8",
    "/docs, text/html",
    "/, text/html",
    "/openapi.json, application/json",
    "/static/gateway.css, text/css",
    "/static/gateway.js, text/javascript",
    "/static/logo.svg, image/svg+xml",
  })
  void route_answersGetAndHeadAlike(String path, String mediaType) throws Exception {
    var get = client.get(path);
    var head = client.send(path, request -> request.method("HEAD", BodyPublishers.noBody()));

    assertThat(get.statusCode()).isEqualTo(200);
    assertThat(field(get, "Content-Type")).isEqualTo(mediaType);
    assertThat(get.body()).isNotEmpty();
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(field(head, "Content-Type")).isEqualTo(mediaType);
    assertThat(head.body()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "/users/nobody, 404",
    "/users/10001, 404",
    "/users?page=0, 400",
    "/api/v1/generate/poem, 404",
    "/api/v1/services/none, 404",
    "/api/v1/none, 404",
    "/static/none.css, 404",
    "/none, 404",
    "/static/../com/example/gateway/Main.class, 404",
  })
  void route_unknown_isAnError(String path, int status) throws Exception {
    assertThat(client.get(path).statusCode()).isEqualTo(status);
  }

  @Test
  void users_carryFreshnessAndValidators() throws Exception {
    var profile = client.get("/users/42");
    assertThat(profile.body()).startsWith("{\"id\":42,");
    assertThat(field(profile, "Cache-Control")).isEqualTo("max-age=60");
    assertThat(field(profile, "ETag")).startsWith("\"").endsWith("\"");

    var page = client.get("/users?page=2");
    assertThat(page.body()).contains("{\"id\":101,").hasSizeBetween(20_000, 50_000);
    assertThat(field(page, "Cache-Control")).isEqualTo("max-age=60");
    assertThat(field(page, "Last-Modified")).endsWith(" GMT");

    assertThat(field(client.get("/users/me"), "Cache-Control")).isEqualTo("no-store");
  }

  @Test
  void users_validatorThatMatches_is304() throws Exception {
    var tag = field(client.get("/users/42"), "ETag");
    var date = field(client.get("/users"), "Last-Modified");

    var byTag = client.send("/users/42", request -> request.header("If-None-Match", tag));
    var byDate = client.send("/users", request -> request.header("If-Modified-Since", date));
    var byOldTag = client.send("/users/42", request -> request.header("If-None-Match", "\"x\""));

    assertThat(byTag.statusCode()).isEqualTo(304);
    assertThat(field(byTag, "ETag")).isEqualTo(tag);
    assertThat(byDate.statusCode()).isEqualTo(304);
    assertThat(byOldTag.statusCode()).isEqualTo(200);
  }

  @Test
  void code_sameInput_sameOutput() throws Exception {
    var first = post("/api/v1/generate/code?language=python", "sort a list");
    var again = post("/api/v1/generate/code?language=python", "sort a list");
    var other = post("/api/v1/generate/code?language=python", "sort a map");

    assertThat(first.statusCode()).isEqualTo(200);
    assertThat(first.headers().firstValue("Cache-Control")).isEmpty();
    assertThat(first.body()).hasSizeGreaterThan(2_000).isEqualTo(again.body());
    assertThat(other.body()).isNotEqualTo(first.body());
  }

  @Test
  void image_isThePngOfItsPrompt() throws Exception {
    var request =
        HttpRequest.newBuilder(gateway.location().resolve("/api/v1/generate/image?p=sea")).build();
    var image = client.http().send(request, BodyHandlers.ofByteArray()).body();

    assertThat(image).startsWith(PNG_SIGNATURE).hasSizeBetween(55_000, 65_000);
    assertThat(client.http().send(request, BodyHandlers.ofByteArray()).body()).isEqualTo(image);
  }

  @Test
  void calls_countWhatReachesTheBackend() throws Exception {
    var before = calls();
    client.get("/users/7");
    client.get("/api/v1/health");

    assertThat(calls()).isEqualTo(before + 1);
  }

  @Test
  void service_negotiatesItsForm() throws Exception {
    var text = client.send("/api/v1/services/users", request -> request.header("Accept", "text/*"));
    var json = client.get("/api/v1/services/users");

    assertThat(field(text, "Content-Type")).startsWith("text/plain");
    assertThat(text.body()).isEqualTo("users: User profiles at /users\n");
    assertThat(json.body())
        .isEqualTo("{\"id\":\"users\",\"title\":\"User profiles\",\"path\":\"/users\"}");
    assertThat(field(text, "Vary")).isEqualTo("Accept");
    assertThat(field(json, "Vary")).isEqualTo("Accept");
  }

  @Test
  void account_knownUser_isNamed() throws Exception {
    var alice = account("alice:alice");
    var bob = account("bob:bob");

    assertThat(alice.statusCode()).isEqualTo(200);
    assertThat(alice.body()).startsWith("{\"user\":\"alice\"");
    assertThat(alice.headers().firstValue("Cache-Control")).isEmpty();
    assertThat(bob.body()).startsWith("{\"user\":\"bob\"");
  }

  @ParameterizedTest
  @CsvSource({"alice:bob", "carol:carol", "alice", "''"})
  void account_wrongCredentials_is401(String credentials) throws Exception {
    assertThat(account(credentials).statusCode()).isEqualTo(401);
  }

  @Test
  void account_noOrOtherCredentials_is401() throws Exception {
    var none = client.get("/account/profile");
    var other =
        client.send("/account/profile", request -> request.header("Authorization", "Bearer x"));
    var noBase64 =
        client.send("/account/profile", request -> request.header("Authorization", "Basic ?"));

    assertThat(none.statusCode()).isEqualTo(401);
    assertThat(field(none, "WWW-Authenticate")).startsWith("Basic realm=");
    assertThat(other.statusCode()).isEqualTo(401);
    assertThat(noBase64.statusCode()).isEqualTo(401);
  }

  @Test
  void metrics_countByRouteAndStatus() throws Exception {
    client.get("/users/nobody");
    client.get("/docs");

    assertThat(client.get("/metrics").body())
        .containsPattern("gateway_requests_total\\{route=\"users\",status=\"404\"} [1-9]")
        .containsPattern("gateway_requests_total\\{route=\"docs\",status=\"200\"} [1-9]");
    assertThat(client.get("/api/v1/services/stats").body())
        .containsPattern("\"users\":\\{\"requests\":[1-9]");
  }

  @Test
  void staticFile_validatorThatMatches_is304() throws Exception {
    var tag = field(client.get("/static/logo.svg"), "ETag");
    var again = client.send("/static/logo.svg", request -> request.header("If-None-Match", tag));

    assertThat(again.statusCode()).isEqualTo(304);
  }

  @Test
  void start_portTaken_fails() {
    var taken = new Options("127.0.0.1", gateway.location().getPort());
    var upstream = new Upstream(URI.create("http://127.0.0.1:9"), Duration.ofSeconds(1));

    assertThatThrownBy(() -> Gateway.start(taken, upstream)).isInstanceOf(LifecycleException.class);
  }

  private static HttpResponse<String> post(String path, String body) throws Exception {
    return client.send(path, request -> request.POST(BodyPublishers.ofString(body)));
  }

  private static HttpResponse<String> account(String credentials) throws Exception {
    var token = Base64.getEncoder().encodeToString(credentials.getBytes(UTF_8));
    return client.send(
        "/account/profile", request -> request.header("Authorization", "Basic " + token));
  }

  private static int calls() throws Exception {
    return Integer.parseInt(client.get("/backend/calls").body().replaceAll("[^0-9]", ""));
  }

  private static String field(HttpResponse<?> response, String name) {
    return response.headers().firstValue(name).orElseThrow();
  }
}
