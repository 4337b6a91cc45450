package dev.slipstream.servlet;

import dev.slipstream.engine.http.CacheStatus;
import dev.slipstream.engine.http.Doorkeeper;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Writes what a client gets whose request is refused: 503, and when to come again. */
final class RefusalWriter {
  private RefusalWriter() {}

  /**
   * Writes the whole answer. Returns the client's failure, as the application would have met it.
   */
  static @Nullable Throwable write(
      HttpServletRequest request, HttpServletResponse response, Doorkeeper.Refuse refuse) {
    boolean head = request.getMethod().equals("HEAD");
    ServletOutputStream stream = head ? null : streamOf(response);
    // Where there is neither, nothing was changed yet, and the application answers.
    PrintWriter writer = head || stream != null ? null : writerOf(response);
    response.setStatus(Doorkeeper.Refuse.STATUS);
    response.setHeader("Retry-After", refuse.retryAfter());
    response.setHeader("Cache-Control", "no-store");
    response.addHeader(CacheStatus.FIELD, refuse.cacheStatus());
    response.setContentType(Doorkeeper.Refuse.CONTENT_TYPE);
    byte[] body = refuse.body();
    response.setContentLengthLong(body.length);
    if (writer != null) {
      writer.write(new String(body, StandardCharsets.US_ASCII));
    } else if (stream != null) {
      try {
        stream.write(body);
      } catch (IOException | RuntimeException e) {
        return e; // whatever it was: bytes of ours may be out
      }
    }
    return null;
  }

  private static @Nullable ServletOutputStream streamOf(HttpServletResponse response) {
    try {
      return response.getOutputStream();
    } catch (IllegalStateException | IOException e) {
      return null; // a filter has its writer
    }
  }

  private static PrintWriter writerOf(HttpServletResponse response) {
    try {
      return response.getWriter();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
