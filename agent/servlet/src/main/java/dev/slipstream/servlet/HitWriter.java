package dev.slipstream.servlet;

import dev.slipstream.engine.http.CacheStatus;
import dev.slipstream.engine.http.Decision;
import dev.slipstream.engine.http.Fields;
import dev.slipstream.engine.http.HttpDate;
import dev.slipstream.engine.http.Payload;
import dev.slipstream.engine.http.StoredResponse;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Writes a stored response to the container. */
final class HitWriter {
  /** The values that nearly every hit has one of; an age is never negative. */
  private static final String[] AGES =
      IntStream.range(0, 600).mapToObj(Integer::toString).toArray(String[]::new);

  private final HttpServletRequest request;
  private final HttpServletResponse response;
  private final Before before;
  private final @Nullable TomcatResponse tomcat;
  private final ServletOutputStream out;
  private long sentBytes;

  /**
   * A response before the application had it.
   *
   * @param status its status
   * @param fields the fields that filters had set
   */
  record Before(int status, Fields fields) {
    static final Before UNTOUCHED = new Before(HttpServletResponse.SC_OK, Fields.EMPTY);

    static Before of(HttpServletResponse response) {
      int status = response.getStatus();
      Fields fields = ResponseFields.of(response);
      return fields.size() == 0 && status == HttpServletResponse.SC_OK
          ? UNTOUCHED // as it is without filters
          : new Before(status, fields);
    }

    /** Brings a response back to it; streams and writers are given back too. */
    void restore(HttpServletResponse response) {
      response.reset();
      response.setStatus(status);
      fields.forEach(
          (name, value) -> {
            if (name.equalsIgnoreCase("Content-Type")) {
              response.setContentType(value);
            } else {
              response.addHeader(name, value);
            }
          });
    }
  }

  private HitWriter(
      HttpServletRequest request,
      HttpServletResponse response,
      Before before,
      @Nullable TomcatResponse tomcat)
      throws IOException {
    this.request = request;
    this.response = response;
    this.before = before;
    this.tomcat = tomcat;
    this.out = response.getOutputStream(); // last: nothing that fails may come after it here
  }

  /** Takes the response's stream; null where a filter has taken its writer before. */
  static @Nullable HitWriter on(HttpServletRequest request, HttpServletResponse response) {
    try {
      TomcatResponse tomcat = TomcatResponse.of(request, response);
      Before before = tomcat == null ? Before.of(response) : Before.UNTOUCHED;
      return new HitWriter(request, response, before, tomcat);
    } catch (IllegalStateException | IOException e) {
      return null;
    }
  }

  /**
   * Takes the response's stream from the application, whose answer so far is thrown away; null, and
   * that answer is as it was, where that cannot be done.
   */
  static @Nullable HitWriter inPlaceOf(
      Before before, HttpServletRequest request, HttpServletResponse response) {
    Before applications = Before.of(response);
    try {
      before.restore(response);
      return new HitWriter(request, response, before, null);
    } catch (IllegalStateException | IOException e) {
      if (!response.isCommitted()) {
        applications.restore(response);
      }
      return null;
    }
  }

  /**
   * Writes the whole answer. Returns the client's failure, as the application would have met it.
   */
  @Nullable Throwable write(Decision.Serve serve) {
    StoredResponse stored = serve.response();
    Payload payload = Payload.of(serve);
    String date = HttpDate.format(stored.dateMillis());
    String age = age(serve.ageSeconds());
    Fields fields = payload.fields();
    if (tomcat != null && fields.isPrintable() && stored.appended().size() == 0) {
      tomcat.writeHead(fields, date, age, serve.cacheStatus());
    } else {
      fields.forEachLine(this::replace);
      stored.appended().forEach(response::addHeader);
      response.setHeader("Date", date);
      response.setHeader("Age", age);
      response.addHeader(CacheStatus.FIELD, serve.cacheStatus());
    }
    response.setStatus(payload.status());
    byte[] body = payload.body();
    if (body == null) {
      return null;
    }
    boolean head = request.getMethod().equals("HEAD");
    // A filter may add to the body, or change it: a length holds where the application stated it.
    if (payload.lengthStated() || head) {
      response.setContentLengthLong(body.length);
    }
    if (head) {
      return null;
    }
    try {
      if (tomcat != null && body.length > response.getBufferSize()) {
        tomcat.writeBody(body);
      } else {
        out.write(body);
      }
      sentBytes = body.length;
      return null;
    } catch (IOException | RuntimeException e) {
      return e; // whatever it was: bytes of ours may be out
    }
  }

  private static String age(long seconds) {
    return seconds < AGES.length ? AGES[(int) seconds] : Long.toString(seconds);
  }

  /** Bytes of the body that were written. */
  long sentBytes() {
    return sentBytes;
  }

  /**
   * Gives the response back as it was, stream and filters' fields included, so that the application
   * can answer. Returns false where it is too late for that.
   */
  boolean undo() {
    if (response.isCommitted()) {
      return false;
    }
    before.restore(response);
    return true;
  }

  private void replace(String name, String value, boolean again) {
    if (name.equalsIgnoreCase("Content-Type")) {
      response.setContentType(value);
    } else if (again) {
      response.addHeader(name, value);
    } else {
      response.setHeader(name, value);
    }
  }
}
