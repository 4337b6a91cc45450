package dev.slipstream.console.api;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The body of a request: JSON, and not much of it. */
final class RequestBody {
  private static final int LIMIT = 64 * 1024;
  private static final Pattern JSON =
      Pattern.compile(
          "application/json\\s*(?:;\\s*charset\\s*=\\s*\"?utf-8\"?\\s*)?",
          Pattern.CASE_INSENSITIVE);

  private RequestBody() {}

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
    if (context.req().getContentLengthLong() > LIMIT) {
      throw tooLong();
    }
    try {
      InputStream stream = context.req().getInputStream();
      byte[] body = stream.readNBytes(LIMIT + 1);
      if (body.length > LIMIT) {
        throw tooLong();
      }
      return body;
    } catch (IOException e) {
      throw ProblemException.invalid("the body ended early");
    }
  }

  private static ProblemException tooLong() {
    return new ProblemException(
        Problem.of(
            "too-long", "The body is too long", 413, "at most " + LIMIT + " bytes are read"));
  }
}
