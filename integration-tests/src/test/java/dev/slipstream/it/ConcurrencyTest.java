package dev.slipstream.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.gateway.Style;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Two hundred clients at once get what each would get alone. */
@ParameterizedClass
@EnumSource
final class ConcurrencyTest extends GatewayPairTest {
  private static final int CLIENTS = 200;

  private static final List<Style> STYLES =
      List.of(Style.SYNC, Style.ASYNC, Style.ASYNC_START, Style.DISPATCH_PATH);

  private static final List<String> SCENARIOS =
      List.of("println", "arrays", "stream-large", "writer-large", "gzip-by-application");

  ConcurrencyTest(Container container) {}

  @Test
  void twoHundredClients_getTheBytesOfTheGatewayAlone_thenAllFromTheCache() throws Exception {
    Map<String, Answer> expected = new HashMap<>();
    for (String contextPath : contextPaths()) {
      for (Style style : STYLES) {
        for (String scenario : SCENARIOS) {
          String target = path(contextPath, style, scenario);
          expected.put(target, fromBaseline(target));
        }
      }
    }
    List<String> targets = new ArrayList<>(expected.keySet());

    wave(targets)
        .forEach(
            (response) -> {
              assertThat(response.statusCode()).isEqualTo(200);
              assertThat(response.body()).isEqualTo(expected.get(target(response)).bytes());
            });
    Map<String, Integer> runs = runsOf(targets);
    wave(targets)
        .forEach(
            response -> {
              assertThat(response.body()).isEqualTo(expected.get(target(response)).bytes());
              assertThat(response.headers().firstValue("Cache-Status"))
                  .as(target(response))
                  .hasValueSatisfying(value -> assertThat(value).startsWith("Slipstream; hit;"));
            });
    assertThat(runsOf(targets)).isEqualTo(runs);
  }

  private Map<String, Integer> runsOf(List<String> targets) throws IOException {
    Map<String, Integer> runs = new HashMap<>();
    for (String target : targets) {
      runs.put(target, runs(target));
    }
    return runs;
  }

  private static String target(HttpResponse<byte[]> response) {
    return response.uri().getPath();
  }

  /** One request of each client, all at once. */
  private static List<HttpResponse<byte[]>> wave(List<String> targets) throws Exception {
    HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    List<CompletableFuture<HttpResponse<byte[]>>> exchanges = new ArrayList<>();
    for (int number = 0; number < CLIENTS; number++) {
      URI uri =
          URI.create(
              "http://127.0.0.1:"
                  + gateways().cached().port()
                  + targets.get(number % targets.size()));
      HttpRequest request = HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(30)).build();
      exchanges.add(client.sendAsync(request, BodyHandlers.ofByteArray()));
    }
    List<HttpResponse<byte[]>> responses = new ArrayList<>();
    for (CompletableFuture<HttpResponse<byte[]>> exchange : exchanges) {
      responses.add(exchange.get(60, TimeUnit.SECONDS));
    }
    return responses;
  }
}
