package dev.slipstream.servlet;

import dev.slipstream.engine.http.CacheStatus;
import dev.slipstream.engine.http.Fields;
import dev.slipstream.engine.http.Refusal;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The response that the application gets while its answer is copied. Everything goes to the
 * container at once and unchanged, but for a body that goes out in gzip; what reaches the body is
 * copied.
 */
final class CapturingResponse extends CompressibleResponse {
  private final Exchange exchange;
  private @Nullable CopyingWriter copyingWriter;
  private @Nullable PrintWriter writer;
  private @Nullable Locale locale;

  CapturingResponse(HttpServletResponse response, Exchange exchange) {
    super(response, exchange);
    this.exchange = exchange;
  }

  @Override
  public PrintWriter getWriter() throws IOException {
    if (writer == null) {
      writer = ownWriter();
    }
    if (writer == null) {
      PrintWriter container = super.getWriter();
      writer = container; // where it cannot be copied
      exchange.guarded("copying a writer", () -> copy(container));
    }
    return writer;
  }

  private void copy(PrintWriter container) {
    // The container has settled the encoding now.
    copyingWriter = new CopyingWriter(container, Charset.forName(getCharacterEncoding()), exchange);
    writer = new CopyingPrintWriter(copyingWriter, container);
  }

  /** Trailers are sent after the body and cannot be read back. */
  @Override
  public void setTrailerFields(Supplier<Map<String, String>> supplier) {
    exchange.abandon(Refusal.INCOMPLETE);
    super.setTrailerFields(supplier);
  }

  @Override
  public void resetBuffer() {
    super.resetBuffer();
    forgetCopy();
  }

  @Override
  public void reset() {
    super.reset();
    exchange.resetFields();
    if (exchange.notice().isAnnounced()) {
      super.addHeader(CacheStatus.FIELD, exchange.notice().cacheStatus());
    }
    forgetCopy();
    writer = null;
    if (copyingWriter != null) {
      copyingWriter.leave();
      copyingWriter = null;
      exchange.gzip().forgo(); // what goes to that writer is not in gzip
    }
    locale = null;
  }

  @Override
  public void sendError(int status) throws IOException {
    if (isError(status) && exchange.fails(status)) {
      return;
    }
    exchange.announces();
    super.sendError(status);
    forgetsBodyOf(status);
  }

  @Override
  public void sendError(int status, @Nullable String message) throws IOException {
    if (isError(status) && exchange.fails(status)) {
      return;
    }
    exchange.announces();
    super.sendError(status, message);
    forgetsBodyOf(status);
  }

  @Override
  public void sendRedirect(String location) throws IOException {
    if (!isReplaced()) {
      exchange.announces();
    }
    super.sendRedirect(location);
    forgetCopy(); // the container has thrown away what it had
  }

  @Override
  public void addCookie(Cookie cookie) {
    exchange.setsCookie();
    super.addCookie(cookie);
  }

  /** The container has thrown away what it had. */
  private void forgetsBodyOf(int status) {
    if (isError(status)) {
      forgetsBody();
    }
  }

  /** Some containers send interim responses so, which are no answers yet (RFC 9110 §15.2). */
  private static boolean isError(int status) {
    return status != 102 && status != 103;
  }

  @Override
  public void setLocale(Locale locale) {
    super.setLocale(locale);
    this.locale = locale;
  }

  // What the application asks about its fields leaves ours out.

  @Override
  public Collection<String> getHeaderNames() {
    Collection<String> names = new ArrayList<>(super.getHeaderNames());
    if (getHeaders(CacheStatus.FIELD).isEmpty()) {
      names.removeIf(CacheStatus.FIELD::equalsIgnoreCase);
    }
    return names;
  }

  @Override
  public Collection<String> getHeaders(String name) {
    Collection<String> values = super.getHeaders(name);
    if (!CacheStatus.FIELD.equalsIgnoreCase(name)) {
      return values;
    }
    Collection<String> others = new ArrayList<>(values);
    others.remove(exchange.notice().cacheStatus());
    return others;
  }

  @Override
  public @Nullable String getHeader(String name) {
    return CacheStatus.FIELD.equalsIgnoreCase(name)
        ? getHeaders(name).stream().findFirst().orElse(null)
        : super.getHeader(name);
  }

  @Override
  public boolean containsHeader(String name) {
    return CacheStatus.FIELD.equalsIgnoreCase(name)
        ? !getHeaders(name).isEmpty()
        : super.containsHeader(name);
  }

  /** A cache adds to the field what it has to say (RFC 9211 §2). */
  @Override
  public void setHeader(String name, @Nullable String value) {
    if (value != null && exchange.takesTags(name, value, true)) {
      return;
    }
    super.setHeader(name, value);
    if (exchange.notice().isAnnounced() && CacheStatus.FIELD.equalsIgnoreCase(name)) {
      super.addHeader(name, exchange.notice().cacheStatus());
    }
  }

  @Override
  public void addHeader(String name, @Nullable String value) {
    if (value == null || !exchange.takesTags(name, value, false)) {
      super.addHeader(name, value);
    }
  }

  /** Those included that the container makes only when it commits. */
  @Override
  Fields currentFields() {
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

  /** Forgets the copy so far, characters that wait to be encoded included. */
  void forgetCopy() {
    forgetsBody();
    if (copyingWriter != null) {
      exchange.guarded("resetting a copy", copyingWriter::forgetCopy);
    }
    exchange.reset();
  }
}
