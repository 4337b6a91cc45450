package dev.slipstream.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A response as it came over the wire.
 *
 * @param request method and target that it answers
 * @param statusLine the first line
 * @param fields names and values in the order received, trailers included
 * @param body without transfer coding, a character for each byte
 * @param complete whether the body ended as its framing promised
 */
public record Answer(
    String request, String statusLine, List<Field> fields, String body, boolean complete) {

  /** A field line. */
  public record Field(String name, String value) {}

  /** What differs between any two answers, or is the connection's business, or is ours. */
  private static final Set<String> NOT_COMPARED =
      Set.of(
          "age",
          "cache-status",
          "connection",
          "content-length",
          "date",
          "keep-alive",
          "transfer-encoding",
          "x-run");

  public int status() {
    return Integer.parseInt(statusLine.split(" ", 3)[1]);
  }

  public String text() {
    return new String(bytes(), StandardCharsets.UTF_8);
  }

  public byte[] bytes() {
    return body.getBytes(StandardCharsets.ISO_8859_1);
  }

  public List<String> values(String name) {
    return fields.stream()
        .filter(field -> field.name().equalsIgnoreCase(name))
        .map(Field::value)
        .toList();
  }

  public String cacheStatus() {
    return String.join(", ", values("Cache-Status"));
  }

  public boolean isHit() {
    return cacheStatus().startsWith("Slipstream; hit");
  }

  /** Fails unless a client could not tell this answer from the one of the gateway alone. */
  public void assertSameAs(Answer expected) {
    assertThat(statusLine).as("status line of %s", request).isEqualTo(expected.statusLine);
    assertThat(comparable()).as("fields of %s", request).isEqualTo(expected.comparable());
    List<String> length = values("Content-Length");
    List<String> expectedLength = expected.values("Content-Length");
    if (!length.isEmpty() && !expectedLength.isEmpty()) {
      assertThat(length).as("Content-Length of %s", request).isEqualTo(expectedLength);
    }
    assertThat(complete)
        .as("the body ended as promised of %s", request)
        .isEqualTo(expected.complete);
    assertThat(body.equals(expected.body)).as(() -> bodies(expected)).isTrue();
  }

  private String bodies(Answer expected) {
    return String.format(
        Locale.ROOT,
        "%s: the body of %d bytes equals that of %d, which begin%n%.500s%n%.500s",
        request,
        body.length(),
        expected.body.length(),
        body,
        expected.body);
  }

  /** Values by name as first written, with a session's random identifier taken out. */
  private Map<String, List<String>> comparable() {
    Map<String, String> names = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    Map<String, List<String>> values = new TreeMap<>();
    for (Field field : fields) {
      if (!NOT_COMPARED.contains(field.name().toLowerCase(Locale.ROOT))) {
        String name = names.computeIfAbsent(field.name(), first -> first);
        values
            .computeIfAbsent(name, first -> new ArrayList<>())
            .add(field.value().replaceAll("JSESSIONID=[^;]+", "JSESSIONID=(random)"));
      }
    }
    return values;
  }
}
