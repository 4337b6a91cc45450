package dev.slipstream.console.fake;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;

/** A client of the console's API. */
public final class Api {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final HttpClient client;
  private final String origin;
  private final String token;

  /** A client that sends a token with each request; none if it is empty. */
  public Api(String origin, String token) {
    this(origin, token, HttpClient.newHttpClient());
  }

  /** A client that trusts the certificates of a context. */
  public Api(String origin, String token, SSLContext trusting) {
    this(origin, token, HttpClient.newBuilder().sslContext(trusting).build());
  }

  private Api(String origin, String token, HttpClient client) {
    this.origin = origin;
    this.token = token;
    this.client = client;
  }

  /** The same console, with another token; without any if it is empty. */
  public Api with(String another) {
    return new Api(origin, another, client);
  }

  /** An answer, its body read as JSON. */
  public record Answer(HttpResponse<byte[]> response) {
    public int status() {
      return response.statusCode();
    }

    public String field(String name) {
      return response.headers().firstValue(name).orElse("");
    }

    public JsonNode json() {
      try {
        return MAPPER.readTree(response.body());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** The body without what every answer has. */
    public String body() {
      ObjectNode body = (ObjectNode) json();
      return body.remove(List.of("timestamp", "correlation_id", "service")).toString();
    }

    /** Checks that it is a problem as RFC 9457 says, in our envelope; returns its detail. */
    public String problem(int status, String type) {
      JsonNode problem = json();
      assertThat(response.statusCode()).as(problem.toString()).isEqualTo(status);
      assertThat(field("Content-Type")).isEqualTo("application/problem+json");
      assertThat(problem.path("type").textValue()).isEqualTo(type);
      assertThat(problem.path("title").textValue()).isNotBlank();
      assertThat(problem.path("status").intValue()).isEqualTo(status);
      assertThat(problem.path("service").textValue()).isEqualTo("slipstream-console");
      assertThat(problem.path("timestamp").textValue()).endsWith("Z");
      assertThat(problem.path("correlation_id").textValue())
          .isNotBlank()
          .isEqualTo(field("X-Correlation-ID"));
      return problem.path("detail").asText();
    }
  }

  public Answer get(String path, String... fields) throws IOException, InterruptedException {
    return send("GET", path, BodyPublishers.noBody(), fields);
  }

  public Answer delete(String path, String... fields) throws IOException, InterruptedException {
    return send("DELETE", path, BodyPublishers.noBody(), fields);
  }

  public Answer post(String path, String json) throws IOException, InterruptedException {
    return send("POST", path, BodyPublishers.ofString(json), "Content-Type", "application/json");
  }

  public Answer send(String method, String path, BodyPublisher body, String... fields)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(origin + path))
            .timeout(Duration.ofSeconds(30))
            .method(method, body);
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    if (fields.length > 0) {
      request.headers(fields);
    }
    return new Answer(client.send(request.build(), BodyHandlers.ofByteArray()));
  }
}
