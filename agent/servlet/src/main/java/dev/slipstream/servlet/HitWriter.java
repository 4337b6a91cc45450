package dev.slipstream.servlet;

import dev.slipstream.engine.http.CacheStatus;
import dev.slipstream.engine.http.Decision;
import dev.slipstream.engine.http.Fields;
import dev.slipstream.engine.http.HttpDate;
import dev.slipstream.engine.http.StoredResponse;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes a stored response to the container. */
final class HitWriter {
  /** What a 304 repeats of the response it stands for (RFC 9110 §15.4.5). */
  private static final Set<String> IN_NOT_MODIFIED =
      Set.of("cache-control", "content-location", "etag", "expires", "vary");

  private final HttpServletRequest request;
  private final HttpServletResponse response;
  private final int statusBefore;
  private final Fields before;
  private final ServletOutputStream out;

  private HitWriter(HttpServletRequest request, HttpServletResponse response) throws IOException {
    this.request = request;
    this.response = response;
    this.statusBefore = response.getStatus();
    this.before = ResponseFields.of(response);
    this.out = response.getOutputStream(); // last: nothing that fails may come after it here
  }

  /** Takes the response's stream; null where a filter has taken its writer before. */
  static @Nullable HitWriter on(HttpServletRequest request, HttpServletResponse response) {
    try {
      return new HitWriter(request, response);
    } catch (IllegalStateException | IOException e) {
      return null;
    }
  }

  /**
   * Writes the whole answer. Returns the client's failure, as the application would have met it.
   */
  @Nullable Throwable write(Decision.Serve serve) {
    StoredResponse stored = serve.response();
    Fields fields = stored.fields();
    if (serve.notModified()) {
      response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
      fields = fields.without(name -> !IN_NOT_MODIFIED.contains(name));
    } else {
      response.setStatus(stored.status());
    }
    replace(fields);
    stored.appended().forEach(response::addHeader);
    response.setHeader("Date", HttpDate.format(stored.dateMillis()));
    response.setHeader("Age", Long.toString(serve.ageSeconds()));
    response.addHeader(CacheStatus.FIELD, serve.cacheStatus());
    if (serve.notModified()) {
      return null;
    }
    boolean head = request.getMethod().equals("HEAD");
    // A filter may add to the body, or change it: a length holds where the application stated it.
    if (stored.lengthStated() || head) {
      response.setContentLengthLong(stored.body().length);
    }
    if (head) {
      return null;
    }
    try {
      out.write(stored.body());
      return null;
    } catch (IOException | RuntimeException e) {
      return e; // whatever it was: bytes of ours may be out
    }
  }

  /**
   * Gives the response back as it was, stream and filters' fields included, so that the application
   * can answer. Returns false where it is too late for that.
   */
  boolean undo() {
    if (response.isCommitted()) {
      return false;
    }
    response.reset();
    response.setStatus(statusBefore);
    before.forEach(
        (name, value) -> {
          if (name.equalsIgnoreCase("Content-Type")) {
            response.setContentType(value);
          } else {
            response.addHeader(name, value);
          }
        });
    return true;
  }

  private void replace(Fields fields) {
    Set<String> set = new HashSet<>();
    fields.forEach(
        (name, value) -> {
          String lower = name.toLowerCase(Locale.ROOT);
          if (lower.equals("content-type")) {
            response.setContentType(value);
          } else if (set.add(lower)) {
            response.setHeader(name, value);
          } else {
            response.addHeader(name, value);
          }
        });
  }
}
