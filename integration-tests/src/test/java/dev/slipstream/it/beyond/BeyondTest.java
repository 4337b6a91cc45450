package dev.slipstream.it.beyond;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipstream.it.Answer;
import dev.slipstream.it.HttpConnection;
import dev.slipstream.it.ManagementClient;
import dev.slipstream.it.conformance.ProxyKind;
import dev.slipstream.it.conformance.Resource;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Cases that run through every kind of proxy, each at a path of its own. */
@ParameterizedClass(name = "{0}")
@EnumSource
@ExtendWith(Stage.Resolver.class)
abstract class BeyondTest {
  /** How a case is named: by its rule. */
  static final String RULE = "{0}";

  static final Duration LONGEST = Duration.ofSeconds(20);
  static final String FRESH = "Cache-Control: max-age=3600";

  /** What is stored so is stale at once, for ten seconds already. */
  static final String STALE = "Cache-Control: max-age=10 + Age: 20";

  @Parameter ProxyKind proxy;

  private Stage stage;
  private final Map<Setup, HttpConnection> connections = new EnumMap<>(Setup.class);

  @BeforeEach
  void connect(Stage run) {
    stage = run;
  }

  @AfterEach
  void disconnect() {
    connections.values().forEach(HttpConnection::close);
    connections.clear();
  }

  /** A connection beside the test's own, to be closed. */
  HttpConnection anotherConnection(Setup setup) {
    return new HttpConnection(stage.port(proxy, setup));
  }

  ManagementClient management(Setup setup) {
    return stage.management(proxy, setup);
  }

  /** A new path below an area, by which rules know it. */
  Resource resource(String area) {
    return stage.resource(proxy.prefix() + "/" + area);
  }

  /** A path below another one. */
  Resource resourceAt(String path) {
    return stage.origin().resourceAt(path);
  }

  Answer get(String target, String... fields) throws IOException {
    return send(Setup.SERVING, "GET", target, fields);
  }

  Answer get(Resource resource, String... fields) throws IOException {
    return get(resource.path(), fields);
  }

  Answer send(Setup setup, String method, String target, String... fields) throws IOException {
    return connections
        .computeIfAbsent(setup, this::anotherConnection)
        .exchange(method, target, List.of(fields));
  }

  /** Sends content, whose length is stated. */
  Answer send(Setup setup, String method, String target, byte[] content, String... fields)
      throws IOException {
    List<String> all = new ArrayList<>(List.of(fields));
    all.add("Content-Length: " + content.length);
    return connections
        .computeIfAbsent(setup, this::anotherConnection)
        .exchange(method, target, all, content);
  }

  /** Asks until the origin is not asked any more: an answer is stored after it was sent. */
  Answer awaitStored(Setup setup, Resource resource, String target, String... fields) {
    Answer[] last = new Answer[1];
    await()
        .atMost(LONGEST)
        .pollInterval(Duration.ofMillis(5))
        .until(
            () -> {
              int before = resource.requests();
              last[0] = send(setup, "GET", target, fields);
              return resource.requests() == before;
            });
    return last[0];
  }

  Answer awaitStored(Resource resource, String... fields) {
    return awaitStored(Setup.SERVING, resource, resource.path(), fields);
  }

  /** Fails if the next GET reaches the origin. */
  Answer assertReused(Resource resource, String target, String... fields) throws IOException {
    int before = resource.requests();
    Answer answer = get(target, fields);
    assertThat(resource.requests() - before).as("requests to the origin for %s", answer).isZero();
    return answer;
  }

  Answer assertReused(Resource resource) throws IOException {
    return assertReused(resource, resource.path());
  }

  /** Fails unless the next GET reaches the origin, once. */
  Answer assertForwarded(Resource resource, String target, String... fields) throws IOException {
    int before = resource.requests();
    Answer answer = get(target, fields);
    assertThat(resource.requests() - before).as("requests to the origin for %s", answer).isOne();
    return answer;
  }

  Answer assertForwarded(Resource resource) throws IOException {
    return assertForwarded(resource, resource.path());
  }

  /** The field lines of a case, separated by {@code " + "}; none for null. */
  static String[] lines(String fields) {
    return fields == null || fields.isBlank()
        ? new String[0]
        : Stream.of(fields.split(" \\+ ")).map(String::strip).toArray(String[]::new);
  }
}
