package dev.slipstream.it.conformance;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What the origin sends for one request; immutable.
 *
 * <p>A Date of now is added unless the fields have one, or {@code -Date} is among them.
 *
 * @param status the final status; 0 where the connection ends without an answer
 * @param body the content, a character for each byte
 * @param fields field lines as they go out
 * @param framing how the end of the body is told
 * @param sent how many characters of the body are sent before the connection ends
 * @param interim complete interim responses that go before
 * @param release what the origin waits for before it sends anything
 */
public record Reply(
    int status,
    String body,
    List<String> fields,
    Framing framing,
    int sent,
    List<String> interim,
    @Nullable CountDownLatch release) {
  private static final String NO_DATE = "-Date";

  /** How the end of a body is told (RFC 9112 §6). */
  public enum Framing {
    LENGTH,
    CHUNKED,
    CLOSE
  }

  public static Reply of(int status, String body, String... fields) {
    return new Reply(status, body, List.of(fields), Framing.LENGTH, body.length(), List.of(), null);
  }

  public static Reply ok(String body, String... fields) {
    return of(200, body, fields);
  }

  public static Reply notModified(String... fields) {
    return of(304, "", fields);
  }

  /** The connection ends without an answer. */
  public static Reply none() {
    return of(0, "");
  }

  Reply framed(Framing other) {
    return new Reply(status, body, fields, other, sent, interim, release);
  }

  /** With a body that ends too early, though the framing promises all of it. */
  Reply cutAfter(int characters) {
    return new Reply(status, body, fields, framing, characters, interim, release);
  }

  /** After an interim response. */
  Reply after(int interimStatus, String... interimFields) {
    List<String> all = new ArrayList<>(interim);
    all.add(head(interimStatus, List.of(interimFields)));
    return new Reply(status, body, fields, framing, sent, List.copyOf(all), release);
  }

  /** Not before a test says so. */
  public Reply heldUntil(CountDownLatch latch) {
    return new Reply(status, body, fields, framing, sent, interim, latch);
  }

  void writeTo(OutputStream output, ReceivedRequest request) throws IOException {
    await();
    if (status == 0) {
      return;
    }
    StringBuilder answer = new StringBuilder();
    interim.forEach(answer::append);
    boolean bodiless = status == 204 || status == 304;
    List<String> all = new ArrayList<>(fields);
    if (!all.remove(NO_DATE) && !names("Date")) {
      all.add("Date: " + Times.imf(0));
    }
    if (framing == Framing.CHUNKED) {
      all.add("Transfer-Encoding: chunked");
    } else if (framing == Framing.LENGTH && !bodiless && !names("Content-Length")) {
      all.add(String.format(Locale.ROOT, "Content-Length: %d", body.length()));
    }
    answer.append(head(status, all));
    if (!bodiless && !request.method().equals("HEAD")) {
      appendBody(answer);
    }
    output.write(answer.toString().getBytes(StandardCharsets.ISO_8859_1));
  }

  private void appendBody(StringBuilder answer) {
    String content = body.substring(0, sent);
    if (framing == Framing.CHUNKED) {
      if (!content.isEmpty()) {
        answer.append(Integer.toHexString(content.length())).append("\r\n");
        answer.append(content).append("\r\n");
      }
      answer.append(sent == body.length() ? "0\r\n\r\n" : "");
    } else {
      answer.append(content);
    }
  }

  private boolean names(String field) {
    return fields.stream()
        .anyMatch(line -> line.regionMatches(true, 0, field + ":", 0, field.length() + 1));
  }

  private static String head(int status, List<String> fields) {
    StringBuilder head = new StringBuilder("HTTP/1.1 ").append(status).append(" As scripted\r\n");
    fields.forEach(field -> head.append(field).append("\r\n"));
    return head.append("\r\n").toString();
  }

  private void await() throws IOException {
    try {
      if (release != null && !release.await(20, TimeUnit.SECONDS)) {
        throw new IOException("never released");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }
}
