package dev.slipstream.it.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipstream.it.Answer;
import dev.slipstream.it.HttpConnection;
import dev.slipstream.it.conformance.Origin;
import dev.slipstream.it.conformance.ReceivedRequest;
import dev.slipstream.it.conformance.Resource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.Parameter;

/** Cases that run on several ways to the origin, each at a path of its own. */
@ExtendWith(Ways.Resolver.class)
abstract class AttackTest {
  /** How a case is named: by what is attacked. */
  static final String CASE = "{0}";

  /** What lets any cache store, and says nothing of sharing between identities. */
  static final String FRESH = "Cache-Control: max-age=3600";

  private static final List<String> CREDENTIALS =
      List.of(
          "Authorization",
          "Proxy-Authorization",
          "X-API-Key",
          "X-Auth-Token",
          "X-Forwarded-User",
          "Cookie");

  @Parameter Way way;

  private Ways ways;
  private HttpConnection connection;
  private String name;

  @BeforeEach
  void connect(Ways run, TestInfo test) {
    ways = run;
    name = test.getDisplayName();
    connection = new HttpConnection(run.port(way));
  }

  @AfterEach
  void disconnect() {
    connection.close();
  }

  Ways ways() {
    return ways;
  }

  Origin origin() {
    return ways.origin();
  }

  HttpConnection anotherConnection() {
    return new HttpConnection(ways.port(way));
  }

  /** A new path below an area, by which rules know it. */
  Resource resource(String area) {
    return ways.origin().resource(way.prefix() + "/" + area, name);
  }

  Answer get(String target, String... fields) throws IOException {
    return send("GET", target, fields);
  }

  Answer send(String method, String target, String... fields) throws IOException {
    return connection.exchange(method, target, List.of(fields));
  }

  Answer send(String method, String target, String body, List<String> fields) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.ISO_8859_1);
    List<String> all = new ArrayList<>(fields);
    all.add("Content-Length: " + bytes.length);
    return connection.exchange(method, target, all, bytes);
  }

  /** Asks until the origin is not asked any more: an answer is stored after it was sent. */
  void awaitStored(Resource resource, String... fields) {
    await()
        .pollInterval(Duration.ofMillis(5))
        .until(
            () -> {
              int before = resource.requests();
              get(resource.path(), fields);
              return resource.requests() == before;
            });
  }

  /** The field lines of a case, separated by {@code " + "}; none for null. */
  static String[] lines(String fields) {
    return fields == null || fields.isBlank()
        ? new String[0]
        : Stream.of(fields.split(" \\+ ")).map(String::strip).toArray(String[]::new);
  }

  /** Who asks, as the origin makes it out: names and values of all credentials. */
  static String asker(ReceivedRequest request) {
    StringBuilder asker = new StringBuilder();
    for (String field : CREDENTIALS) {
      for (String value : request.values(field)) {
        asker.append(field).append('[').append(value).append(']');
      }
    }
    return "for <" + (asker.isEmpty() ? "nobody" : asker) + ">";
  }

  /** Fails if somebody got what was made for another; on the naive cache, unless so. */
  void assertOutOfReach(Answer answer, String prize) {
    String text = answer.fields() + " " + answer.body();
    if (way.isNaive()) {
      assertThat(text).as("a cache that falls for it, %s", answer.request()).contains(prize);
    } else {
      assertThat(text).as("%s", answer.request()).doesNotContain(prize);
      assertThat(answer.status()).as("%s", answer).isNotEqualTo(418).isLessThan(500);
    }
  }
}
