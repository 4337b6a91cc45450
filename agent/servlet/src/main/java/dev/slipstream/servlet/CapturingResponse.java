package dev.slipstream.servlet;

import dev.slipstream.engine.http.Fields;
import dev.slipstream.engine.http.Refusal;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The response that the application gets while its answer is copied. Everything goes to the
 * container at once and unchanged; only what reaches its body is copied.
 */
final class CapturingResponse extends HttpServletResponseWrapper {
  private final Exchange exchange;
  private @Nullable CopyingOutputStream stream;
  private @Nullable CopyingWriter copyingWriter;
  private @Nullable PrintWriter writer;
  private @Nullable Locale locale;

  CapturingResponse(HttpServletResponse response, Exchange exchange) {
    super(response);
    this.exchange = exchange;
  }

  @Override
  public ServletOutputStream getOutputStream() throws IOException {
    if (stream == null) {
      stream = new CopyingOutputStream(super.getOutputStream(), exchange);
    }
    return stream;
  }

  @Override
  public PrintWriter getWriter() throws IOException {
    if (writer == null) {
      PrintWriter container = super.getWriter();
      // The container has settled the encoding now.
      copyingWriter =
          new CopyingWriter(container, Charset.forName(getCharacterEncoding()), exchange);
      writer = new CopyingPrintWriter(copyingWriter, container);
    }
    return writer;
  }

  @Override
  public void resetBuffer() {
    super.resetBuffer();
    forgetCopy();
  }

  @Override
  public void reset() {
    super.reset();
    forgetCopy();
    stream = null;
    writer = null;
    copyingWriter = null;
    locale = null;
  }

  @Override
  public void sendError(int status) throws IOException {
    exchange.abandon(Refusal.FAILED);
    super.sendError(status);
  }

  @Override
  public void sendError(int status, @Nullable String message) throws IOException {
    exchange.abandon(Refusal.FAILED);
    super.sendError(status, message);
  }

  @Override
  public void setLocale(Locale locale) {
    super.setLocale(locale);
    this.locale = locale;
  }

  /** The fields as they stand, those included that the container makes only when it commits. */
  Fields ownFields() {
    Fields fields = ResponseFields.of((HttpServletResponse) getResponse());
    if (locale == null || fields.contains("Content-Language")) {
      return fields;
    }
    Fields.Builder all = Fields.builder();
    fields.forEach(all::add);
    return all.add("Content-Language", locale.toLanguageTag()).build();
  }

  /** Brings characters that wait to be encoded into the copy. */
  void flushCopy() {
    if (copyingWriter != null) {
      copyingWriter.flushCopy();
    }
  }

  private void forgetCopy() {
    if (copyingWriter != null) {
      copyingWriter.forgetCopy();
    }
    exchange.reset();
  }
}
