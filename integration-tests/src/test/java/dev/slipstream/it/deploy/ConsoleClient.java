package dev.slipstream.it.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Asks a console over TLS, and trusts its certificate alone. */
final class ConsoleClient {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http;
  private final String url;

  private ConsoleClient(HttpClient http, String url) {
    this.http = http;
    this.url = url;
  }

  /**
   * Of a console that has told where it listens.
   *
   * @param keyStore with its key and certificate
   */
  static ConsoleClient of(String url, Path keyStore, String password)
      throws IOException, GeneralSecurityException {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream file = Files.newInputStream(keyStore)) {
      keys.load(file, password.toCharArray());
    }
    KeyStore trust = KeyStore.getInstance("PKCS12");
    trust.load(null, null);
    Certificate certificate = keys.getCertificate("console");
    trust.setCertificateEntry("console", certificate);
    TrustManagerFactory managers =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    managers.init(trust);
    SSLContext tls = SSLContext.getInstance("TLS");
    tls.init(null, managers.getTrustManagers(), null);
    return new ConsoleClient(
        HttpClient.newBuilder().sslContext(tls).connectTimeout(Duration.ofSeconds(10)).build(),
        "https://localhost:" + URI.create(url).getPort());
  }

  /** An answer: its status, and its body as text. */
  record Reply(int status, String body) {
    JsonNode json() {
      try {
        return JSON.readTree(body);
      } catch (IOException e) {
        throw new AssertionError(body, e);
      }
    }

    /** The status of each target of an answer, by its name. */
    Map<String, String> targets() {
      Map<String, String> targets = new TreeMap<>();
      json()
          .path("targets")
          .forEach(
              target -> targets.put(target.path("name").asText(), target.path("status").asText()));
      return targets;
    }
  }

  /** Asks without a token, as a probe does. */
  Reply get(String path) {
    return send(HttpRequest.newBuilder(URI.create(url + path)));
  }

  Reply get(String path, String token) {
    return send(
        HttpRequest.newBuilder(URI.create(url + path)).header("Authorization", "Bearer " + token));
  }

  Reply delete(String path, String token) {
    return send(
        HttpRequest.newBuilder(URI.create(url + path))
            .header("Authorization", "Bearer " + token)
            .DELETE());
  }

  private Reply send(HttpRequest.Builder request) {
    try {
      HttpResponse<String> response =
          http.send(
              request.timeout(Duration.ofSeconds(20)).build(),
              HttpResponse.BodyHandlers.ofString());
      return new Reply(response.statusCode(), response.body());
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
