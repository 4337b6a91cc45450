package dev.slipstream.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.gateway.Style;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;

/** A test of one container with and without the agent, both started once for the class. */
abstract class GatewayPairTest {
  private static GatewayPair gateways;

  private HttpConnection baseline;
  private HttpConnection cached;

  @BeforeParameterizedClassInvocation
  static void start(Container container) {
    gateways = GatewayPair.start(container);
  }

  @AfterParameterizedClassInvocation
  static void stop() {
    if (gateways != null) {
      gateways.close();
    }
  }

  @BeforeEach
  void connect() {
    baseline = new HttpConnection(gateways.baseline().port());
    cached = new HttpConnection(gateways.cached().port());
  }

  @AfterEach
  void disconnect() {
    baseline.close();
    cached.close();
  }

  static GatewayPair gateways() {
    return gateways;
  }

  static List<String> contextPaths() {
    return gateways.container().contextPaths();
  }

  static String path(String contextPath, Style style, Object scenario) {
    return contextPath + "/app/" + style + "/" + scenario;
  }

  Answer fromBaseline(String target, String... fields) throws IOException {
    return baseline.get(target, fields);
  }

  Answer fromCached(String target, String... fields) throws IOException {
    return cached.get(target, fields);
  }

  Answer fromBaseline(String method, String target, List<String> fields) throws IOException {
    return baseline.exchange(method, target, fields);
  }

  Answer fromCached(String method, String target, List<String> fields) throws IOException {
    return cached.exchange(method, target, fields);
  }

  /** How often the application behind the agent has answered a URL. */
  int runs(String target) throws IOException {
    String contextPath = target.substring(0, target.indexOf('/', 1));
    String url = URLEncoder.encode(target, StandardCharsets.UTF_8);
    return Integer.parseInt(cached.get(contextPath + "/runs?url=" + url).text());
  }

  static void assertMiss(Answer answer) {
    assertThat(answer.cacheStatus())
        .as("Cache-Status of a miss, %s", answer.request())
        .matches("Slipstream; fwd=uri-miss.*");
  }

  static void assertHit(Answer answer) {
    assertThat(answer.cacheStatus())
        .as("Cache-Status of a hit, %s", answer.request())
        .matches("Slipstream; hit; ttl=\\d+.*");
    assertThat(answer.values("Age"))
        .as("Age of a hit, %s", answer.request())
        .singleElement()
        .asString()
        .matches("\\d+");
  }

  static void assertNoHit(Answer answer) {
    assertThat(answer.cacheStatus())
        .as("Cache-Status of %s", answer.request())
        .doesNotContain("hit;");
    assertThat(answer.values("Age")).as("Age of %s", answer.request()).isEmpty();
  }
}
