package dev.slipstream.console.api;

import io.javalin.http.Context;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The body of a request: JSON, and not much of it. */
final class RequestBody {
  private static final int LIMIT = 64 * 1024;
  private static final int MOST_DISCARDED = 1024 * 1024;
  private static final Duration ALLOWED = Duration.ofSeconds(10);
  private static final Pattern JSON =
      Pattern.compile(
          "application/json\\s*(?:;\\s*charset\\s*=\\s*\"?utf-8\"?\\s*)?",
          Pattern.CASE_INSENSITIVE);

  private static final String READ = "dev.slipstream.console.body";

  private RequestBody() {}

  /** What was read of a request's body; {@code null} if nothing was. */
  static byte @Nullable [] readOf(Context context) {
    return context.attribute(READ);
  }

  /**
   * Reads it. That its type has to be JSON also keeps pages of other sites from sending it without
   * the browser asking first.
   *
   * @throws ProblemException if it is of another type or too long
   */
  static byte[] json(Context context) {
    @Nullable String type = context.contentType();
    if (type == null || !JSON.matcher(type.strip()).matches()) {
      throw new ProblemException(
          Problem.of(
              "not-json", "The body is no JSON", 415, "Content-Type has to be application/json"));
    }
    byte[] body;
    try {
      InputStream stream = context.req().getInputStream();
      long deadline = System.nanoTime() + ALLOWED.toNanos();
      boolean stated = context.req().getContentLengthLong() > LIMIT;
      body = stated ? new byte[0] : read(stream, deadline);
      if (stated || body.length > LIMIT) {
        discard(stream, deadline);
        throw tooLong();
      }
    } catch (IOException e) {
      throw ProblemException.invalid("the body ended early");
    }
    context.attribute(READ, body);
    return body;
  }

  /** Reads, in pieces as they come: one who sends them slowly must not hold a thread. */
  private static byte[] read(InputStream stream, long deadline) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    byte[] piece = new byte[8_192];
    while (body.size() <= LIMIT) {
      int length = stream.read(piece);
      if (length < 0) {
        break;
      }
      body.write(piece, 0, length);
      if (System.nanoTime() - deadline > 0) {
        throw new ProblemException(
            Problem.ofStatus(408, "a body has to be there within " + ALLOWED.toSeconds() + " s"));
      }
    }
    return body.toByteArray();
  }

  /** Reads on for nothing: who is cut off while it sends may never read why. */
  private static void discard(InputStream stream, long deadline) throws IOException {
    byte[] piece = new byte[8_192];
    for (int read = 0; read < MOST_DISCARDED && System.nanoTime() - deadline < 0; ) {
      int length = stream.read(piece);
      if (length < 0) {
        return;
      }
      read += length;
    }
  }

  private static ProblemException tooLong() {
    return new ProblemException(
        Problem.of(
            "too-long", "The body is too long", 413, "at most " + LIMIT + " bytes are read"));
  }
}
