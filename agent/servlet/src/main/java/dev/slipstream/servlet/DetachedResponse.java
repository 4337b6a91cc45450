package dev.slipstream.servlet;

import dev.slipstream.engine.http.Fields;
import dev.slipstream.engine.http.HttpDate;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UnsupportedEncodingException;
import java.nio.charset.Charset;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A response that goes to nobody: it takes status, fields and body as a container's would. */
final class DetachedResponse extends HttpServletResponseWrapper {
  private final SnapshotRequest request;
  private final Fidelity fidelity;
  private final ContainerHabits habits;
  private final DetachedFields fields;
  private final DetachedType type;
  private final DetachedBody body;
  private int status = SC_OK;
  private boolean error;
  private boolean ended;
  private @Nullable Locale locale;
  private boolean streamTaken;
  private DetachedBody.@Nullable Encoding encoding;
  private @Nullable PrintWriter writer;

  DetachedResponse(SnapshotRequest request, int maxBodyBytes) {
    this(
        request,
        maxBodyBytes,
        new Innermost<>(HttpServletResponse.class, request.fidelity(), Map.of()));
  }

  private DetachedResponse(
      SnapshotRequest request, int maxBodyBytes, Innermost<HttpServletResponse> innermost) {
    super(innermost.proxy());
    this.request = request;
    this.fidelity = request.fidelity();
    this.habits = request.habits();
    this.type = new DetachedType(habits);
    this.fields = new DetachedFields(habits, type);
    this.body = new DetachedBody(fidelity, maxBodyBytes, habits.bufferSize());
    innermost.wrappedBy(this);
  }

  /** Whether the body is the container's to make: an error page. */
  boolean isError() {
    return error;
  }

  /** The fields as a container would send them, those of connections aside. */
  Fields fields() {
    return ResponseFields.of(this);
  }

  /** The body once the servlet has returned. */
  byte[] end() {
    if (encoding != null && !ended) {
      try {
        encoding.end();
      } catch (IOException e) {
        // Over the bound, which is noted.
        return new byte[0];
      }
    }
    return body.toBytes();
  }

  @Override
  public ServletResponse getResponse() {
    fidelity.doubt("getResponse");
    return super.getResponse();
  }

  @Override
  public int getStatus() {
    return status;
  }

  @Override
  public void setStatus(int status) {
    if (!isCommitted()) {
      this.status = status;
    }
  }

  @Override
  @SuppressWarnings("deprecation") // removed from Servlet 6.0
  public void setStatus(int status, @Nullable String message) {
    setStatus(status);
  }

  @Override
  public void sendError(int status) {
    sendError(status, null);
  }

  @Override
  public void sendError(int status, @Nullable String message) {
    resetBuffer();
    this.status = status;
    error = true;
    finish();
  }

  @Override
  public void sendRedirect(String location) {
    sendRedirect(location, SC_FOUND, true);
  }

  /** Of Servlet 6.1. */
  public void sendRedirect(String location, boolean clearBuffer) {
    sendRedirect(location, SC_FOUND, clearBuffer);
  }

  /** Of Servlet 6.1. */
  public void sendRedirect(String location, int status) {
    sendRedirect(location, status, true);
  }

  /** Of Servlet 6.1. */
  public void sendRedirect(String location, int status, boolean clearBuffer) {
    checkUncommitted();
    if (clearBuffer) {
      resetBuffer();
    }
    this.status = status;
    setHeader("Location", habits.location(location, request.getRequestURL().toString()));
    finish();
  }

  private void finish() {
    end();
    ended = true;
    body.close();
  }

  @Override
  public boolean containsHeader(String name) {
    return !fields.all(name).isEmpty();
  }

  @Override
  public @Nullable String getHeader(String name) {
    List<String> values = fields.all(name);
    return values.isEmpty() ? null : values.get(0);
  }

  @Override
  public Collection<String> getHeaders(String name) {
    return fields.all(name);
  }

  @Override
  public Collection<String> getHeaderNames() {
    return fields.names();
  }

  @Override
  public void setHeader(String name, @Nullable String value) {
    if (!isCommitted()) {
      fields.set(name, value);
    }
  }

  @Override
  public void addHeader(String name, @Nullable String value) {
    if (!isCommitted()) {
      fields.add(name, value);
    }
  }

  @Override
  public void setDateHeader(String name, long date) {
    setHeader(name, HttpDate.format(date));
  }

  @Override
  public void addDateHeader(String name, long date) {
    addHeader(name, HttpDate.format(date));
  }

  @Override
  public void setIntHeader(String name, int value) {
    setHeader(name, Integer.toString(value));
  }

  @Override
  public void addIntHeader(String name, int value) {
    addHeader(name, Integer.toString(value));
  }

  @Override
  public void addCookie(Cookie cookie) {
    addHeader("Set-Cookie", DetachedFields.text(cookie));
  }

  @Override
  public void setTrailerFields(Supplier<Map<String, String>> supplier) {
    throw fidelity.lose("setTrailerFields");
  }

  @Override
  public @Nullable Supplier<Map<String, String>> getTrailerFields() {
    return null;
  }

  @Override
  public String encodeURL(String url) {
    return url;
  }

  @Override
  public String encodeRedirectURL(String url) {
    return url;
  }

  @Override
  @SuppressWarnings("deprecation") // removed from Servlet 6.0
  public String encodeUrl(String url) {
    return url;
  }

  @Override
  @SuppressWarnings("deprecation") // removed from Servlet 6.0
  public String encodeRedirectUrl(String url) {
    return url;
  }

  @Override
  public @Nullable String getContentType() {
    return type.text();
  }

  @Override
  public void setContentType(@Nullable String value) {
    if (!isCommitted()) {
      type.set(value);
    }
  }

  @Override
  public String getCharacterEncoding() {
    return type.charset();
  }

  @Override
  public void setCharacterEncoding(@Nullable String name) {
    if (!isCommitted()) {
      type.setCharset(name);
    }
  }

  /** Of Servlet 6.1. */
  public void setCharacterEncoding(@Nullable Charset charset) {
    setCharacterEncoding(charset == null ? null : charset.name());
  }

  @Override
  public Locale getLocale() {
    return locale == null ? Locale.getDefault() : locale;
  }

  @Override
  public void setLocale(Locale locale) {
    if (!isCommitted()) {
      this.locale = locale;
      fields.set("Content-Language", locale.toLanguageTag());
    }
  }

  @Override
  public void setContentLength(int length) {
    setContentLengthLong(length);
  }

  @Override
  public void setContentLengthLong(long length) {
    if (!isCommitted()) {
      fields.setLength(length);
    }
  }

  @Override
  public ServletOutputStream getOutputStream() {
    if (writer != null) {
      throw new IllegalStateException("getWriter() was called for this response");
    }
    streamTaken = true;
    return body;
  }

  @Override
  public PrintWriter getWriter() throws IOException {
    if (writer == null) {
      if (streamTaken) {
        throw new IllegalStateException("getOutputStream() was called for this response");
      }
      if (locale != null && !type.isCharsetStated()) {
        throw fidelity.lose("a writer with the charset of a locale");
      }
      Charset charset = charset(type.charset());
      type.fix();
      encoding = new DetachedBody.Encoding(body, charset);
      writer = new PrintWriter(encoding);
    }
    return writer;
  }

  private static Charset charset(String name) throws UnsupportedEncodingException {
    try {
      return Charset.forName(name);
    } catch (IllegalArgumentException e) {
      UnsupportedEncodingException unsupported = new UnsupportedEncodingException(name);
      unsupported.initCause(e);
      throw unsupported;
    }
  }

  @Override
  public int getBufferSize() {
    return body.bufferSize();
  }

  @Override
  public void setBufferSize(int size) {
    body.bufferSize(size);
  }

  @Override
  public void flushBuffer() {
    body.flush();
  }

  @Override
  public boolean isCommitted() {
    return body.isCommitted();
  }

  @Override
  public void resetBuffer() {
    checkUncommitted();
    body.forget();
    if (encoding != null) {
      encoding.forget();
    }
  }

  @Override
  public void reset() {
    resetBuffer();
    status = SC_OK;
    fields.clear();
    type.reset();
    locale = null;
    streamTaken = false;
    encoding = null;
    writer = null;
  }

  private void checkUncommitted() {
    if (isCommitted()) {
      throw new IllegalStateException("the response is committed");
    }
  }
}
