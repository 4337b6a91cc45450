package dev.slipstream.it.beyond;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipstream.it.Answer;
import dev.slipstream.it.conformance.ReceivedRequest;
import dev.slipstream.it.conformance.Reply;
import dev.slipstream.it.conformance.Resource;
import dev.slipstream.it.conformance.Times;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Where the cache only observes, nothing is different: each answer is, line by line and byte by
 * byte, the one of the same gateway without the agent, and the application runs each time and sees
 * the same request.
 */
final class ObservedBytesTest extends BeyondTest {
  private static final String DATE = "Date: " + Times.imf(-1);
  private static final String PUBLIC = "Cache-Control: public, max-age=3600";
  private static final String TEXT = "Content-Type: text/plain;charset=utf-8";
  private static final String BODY = "0123456789".repeat(200);

  /** A case: what the origin answers, and the requests, which begin with a method. */
  private static Arguments scene(
      String name, Function<ReceivedRequest, Reply> origin, String... requests) {
    return Arguments.of(name, origin, List.of(requests));
  }

  private static Arguments scene(String name, Reply reply, String... requests) {
    return scene(name, request -> reply, requests);
  }

  static Stream<Arguments> scenes() {
    Reply fresh =
        Reply.ok(BODY, PUBLIC, TEXT, DATE, "ETag: \"a\"", "Last-Modified: " + Times.imf(-9));
    return Stream.of(
        scene("hit", fresh, "GET", "GET", "GET"),
        scene("miss", Reply.ok(BODY, "Cache-Control: no-store", TEXT, DATE), "GET", "GET"),
        scene("HEAD", fresh, "HEAD", "GET", "HEAD", "GET"),
        scene("gzip accepted", fresh, "GET", "GET + Accept-Encoding: gzip"),
        scene("only if cached", fresh, "GET + Cache-Control: only-if-cached"),
        scene("credentials", fresh, "GET", "GET + Authorization: Basic YTo=", "GET + Cookie: a=b"),
        scene("cookie set", Reply.ok(BODY, PUBLIC, DATE, "Set-Cookie: a=b"), "GET", "GET"),
        scene("nothing stated", Reply.ok(BODY, DATE), "GET", "GET"),
        scene("not found", Reply.of(404, "none", PUBLIC, TEXT, DATE), "GET", "GET"),
        scene("redirect", Reply.of(301, "", PUBLIC, DATE, "Location: /x"), "GET", "GET"),
        scene("error", Reply.of(500, "broken", TEXT, DATE), "GET", "GET"),
        scene("POST", Reply.of(201, "made", DATE, "Location: /x"), "GET", "POST", "GET"),
        scene("DELETE", Reply.of(204, "", DATE), "DELETE", "GET"),
        scene("PURGE", fresh, "GET", "PURGE", "GET"),
        scene(
            "tags",
            Reply.ok(BODY, PUBLIC, DATE, "Surrogate-Key: a b", "Cache-Tag: c"),
            "GET",
            "GET"),
        scene(
            "a status of another cache",
            Reply.ok(BODY, PUBLIC, DATE, "Cache-Status: Other; hit", "Age: 7"),
            "GET",
            "GET"),
        scene(
            "targeted field",
            Reply.ok(BODY, DATE, "Slipstream-Cache-Control: max-age=60"),
            "GET",
            "GET"),
        scene("varies", Reply.ok(BODY, PUBLIC, DATE, "Vary: X-One"), "GET", "GET + X-One: 1"),
        scene(
            "stale, to be validated",
            Reply.ok(BODY, "Cache-Control: max-age=10", DATE, "Age: 20", "ETag: \"a\""),
            "GET",
            "GET"),
        scene(
            "conditional",
            request ->
                request.isConditional() ? Reply.notModified(PUBLIC, DATE, "ETag: \"a\"") : fresh,
            "GET",
            "GET + If-None-Match: \"a\"",
            "GET + If-None-Match: \"b\""),
        scene(
            "range",
            request ->
                request.values("Range").isEmpty()
                    ? fresh
                    : Reply.of(206, "0123", PUBLIC, DATE, "Content-Range: bytes 0-3/2000"),
            "GET",
            "GET + Range: bytes=0-3",
            "GET + Range: bytes=0-3"));
  }

  @ParameterizedTest(name = RULE)
  @MethodSource("scenes")
  void observingGateway_changesNothing(
      String name, Function<ReceivedRequest, Reply> origin, List<String> requests)
      throws IOException {
    assertNothingChanged(Setup.OBSERVING, resource("gzip").answers(origin), requests);
  }

  @ParameterizedTest(name = RULE)
  @MethodSource("scenes")
  void observingRule_changesNothing(
      String name, Function<ReceivedRequest, Reply> origin, List<String> requests)
      throws IOException {
    List<String> noPurge = requests.stream().filter(line -> !line.equals("PURGE")).toList();
    assertNothingChanged(Setup.SERVING, resource("observed").answers(origin), noPurge);
  }

  /** The application fails after an answer that could stand in for it was seen. */
  @ParameterizedTest
  @MethodSource("observing")
  void failure_isPassedOn(Setup setup) throws IOException {
    Resource resource = resource("observed");
    Reply stale = Reply.ok(BODY, "Cache-Control: max-age=10, stale-if-error=99", "Age: 20", DATE);
    resource.replies(stale, stale, Reply.none(), Reply.none());
    assertSame(setup, resource, "GET");

    Answer alone = ask(Setup.ALONE, resource, "GET");
    Answer observed = ask(setup, resource, "GET");

    assertThat(observed.statusLine()).isEqualTo(alone.statusLine()).contains("502");
    assertThat(observed.body()).isEqualTo(alone.body());
    assertThat(withoutDate(observed)).isEqualTo(withoutDate(alone));
  }

  static Stream<Setup> observing() {
    return Stream.of(Setup.OBSERVING, Setup.SERVING);
  }

  /** The container's own. */
  private static List<Answer.Field> withoutDate(Answer answer) {
    return answer.fields().stream().filter(field -> !field.name().equals("Date")).toList();
  }

  private void assertNothingChanged(Setup setup, Resource resource, List<String> requests)
      throws IOException {
    for (String request : requests) {
      assertSame(setup, resource, request);
    }
    assertThat(resource.requests()).isEqualTo(2 * requests.size());
  }

  private void assertSame(Setup setup, Resource resource, String request) throws IOException {
    Answer alone = ask(Setup.ALONE, resource, request);
    ReceivedRequest expected = resource.last();
    Answer observed = ask(setup, resource, request);

    assertThat(resource.last()).as("as the origin gets %s", request).isEqualTo(expected);
    assertThat(observed).as("%s", request).isEqualTo(alone);
  }

  private Answer ask(Setup setup, Resource resource, String request) throws IOException {
    String[] all = lines(request);
    String[] fields = Stream.of(all).skip(1).toArray(String[]::new);
    if (all[0].equals("POST")) {
      byte[] content = "content".getBytes(StandardCharsets.US_ASCII);
      return send(setup, all[0], resource.path(), content, fields);
    }
    return send(setup, all[0], resource.path(), fields);
  }
}
