package dev.slipstream.it.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipstream.it.Answer;
import dev.slipstream.it.HttpConnection;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Cases that run through every kind of proxy, each at a path of its own.
 *
 * <p>In a case's text {@code " + "} separates field lines; times are those of {@link Times}.
 */
@ParameterizedClass(name = "{0}")
@EnumSource
@ExtendWith(Gateways.Resolver.class)
abstract class ConformanceTest {
  /** The body of the first answer, by which its reuse shows. */
  static final String FIRST = "the first answer";

  /** The body of any answer after it. */
  static final String SECOND = "the second answer!";

  private static final Duration LONGEST = Duration.ofSeconds(15);
  private static final Duration UNSEEN = Duration.ofMillis(300);

  /** How a case is named: by its rule. */
  static final String RULE = "{0}";

  @Parameter ProxyKind proxy;

  private Gateways gateways;
  private HttpConnection connection;
  private String name;

  @BeforeEach
  void connect(Gateways run, TestInfo test) {
    name = test.getDisplayName();
    gateways = run;
    connection = new HttpConnection(run.of(proxy).port());
  }

  @AfterEach
  void disconnect() {
    connection.close();
  }

  /** A connection beside the test's own, to be closed. */
  HttpConnection anotherConnection() {
    return new HttpConnection(gateways.of(proxy).port());
  }

  Origin origin() {
    return gateways.origin();
  }

  /** A new path with its answers; the case's name is in it, and so in every message. */
  Resource resource(Reply... replies) {
    return gateways.origin().resource(proxy.prefix(), name).replies(replies);
  }

  /** A new path whose answers are 200, the first with the fields of a case. */
  Resource resource(String fields) {
    return resource(Reply.ok(FIRST, lines(fields)), Reply.ok(SECOND));
  }

  /** The field lines of a case, with the times put in; none for null. */
  static String[] lines(String fields) {
    return fields == null || fields.isBlank()
        ? new String[0]
        : Stream.of(Times.in(fields).split(" \\+ ")).map(String::strip).toArray(String[]::new);
  }

  /** Sends a GET with the fields of a case. */
  Answer get(Resource resource, String fields) throws IOException {
    return send("GET", resource, fields);
  }

  Answer get(Resource resource) throws IOException {
    return get(resource, "");
  }

  Answer send(String method, Resource resource, String fields) throws IOException {
    return send(method, resource.path(), fields);
  }

  Answer send(String method, String target, String fields) throws IOException {
    return connection.exchange(method, target, List.of(lines(fields)));
  }

  List<Answer> getWithInterim(Resource resource) throws IOException {
    return connection.exchangeWithInterim("GET", resource.path(), List.of());
  }

  /**
   * The answers to two GETs, the second of which is sent while the origin holds back its answer to
   * the first, as it does until {@code release}.
   */
  List<Answer> getTogether(
      Resource resource, String firstFields, String secondFields, CountDownLatch release) {
    try {
      CompletableFuture<Answer> first = getBeside(resource, firstFields);
      await().atMost(LONGEST).until(() -> resource.requests() == 1);
      CompletableFuture<Answer> second = getBeside(resource, secondFields);
      // It reaches the origin, or it waits within the gateway, which nobody sees from outside.
      long until = System.nanoTime() + UNSEEN.toNanos();
      await()
          .atMost(LONGEST)
          .until(
              () -> resource.requests() == 2 || second.isDone() || System.nanoTime() - until > 0);
      release.countDown();
      return List.of(first.join(), second.join());
    } finally {
      release.countDown();
    }
  }

  private CompletableFuture<Answer> getBeside(Resource resource, String fields) {
    return CompletableFuture.supplyAsync(
        () -> {
          try (HttpConnection beside = new HttpConnection(gateways.of(proxy).port())) {
            return beside.get(resource.path(), lines(fields));
          } catch (IOException e) {
            throw new CompletionException(e);
          }
        },
        task -> new Thread(task, "beside").start()); // the common pool may have one thread only
  }

  /** Fails unless the next GET is answered with the first answer, and the origin not asked. */
  Answer assertReused(Resource resource, String requestFields) throws IOException {
    Answer answer = assertNotForwarded("GET", resource, requestFields);
    assertThat(answer.body()).as("body of %s", answer).isEqualTo(FIRST);
    assertThat(answer.complete()).as("complete: %s", answer).isTrue();
    return answer;
  }

  /** Fails if the next request reaches the origin. */
  Answer assertNotForwarded(String method, Resource resource, String requestFields)
      throws IOException {
    int before = resource.requests();
    Answer answer = send(method, resource, requestFields);
    assertThat(resource.requests() - before).as("requests to the origin for %s", answer).isZero();
    return answer;
  }

  Answer assertReused(Resource resource) throws IOException {
    return assertReused(resource, "");
  }

  /** Fails unless the next GET reaches the origin, once, and is answered with the second answer. */
  Answer assertFetched(Resource resource, String requestFields) throws IOException {
    Answer answer = assertForwarded(resource, requestFields);
    assertThat(answer.body()).as("body of %s", answer).isEqualTo(SECOND);
    return answer;
  }

  Answer assertFetched(Resource resource) throws IOException {
    return assertFetched(resource, "");
  }

  /** Fails unless the next GET reaches the origin, once. */
  Answer assertForwarded(Resource resource, String requestFields) throws IOException {
    int before = resource.requests();
    Answer answer = get(resource, requestFields);
    assertThat(resource.requests() - before).as("requests to the origin for %s", answer).isOne();
    return answer;
  }

  /** Fails unless the origin was last asked with this value of a field and no other. */
  static void assertSent(Resource resource, String field, String value) {
    assertThat(resource.last().values(field))
        .as("%s in %s", field, resource.last())
        .containsExactly(value);
  }
}
