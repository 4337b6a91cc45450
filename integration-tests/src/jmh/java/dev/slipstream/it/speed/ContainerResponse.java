package dev.slipstream.it.speed;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletResponse;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A response as a container has it: fields in arrays, and a buffer that the body is copied to.
 * Nothing is made here for an exchange, so that what is allocated is the agent's.
 */
final class ContainerResponse implements HttpServletResponse {
  private final String[] names = new String[32];
  private final String[] values = new String[32];
  private final Buffer buffer = new Buffer();
  private int fields;
  private int status = SC_OK;
  private long length = -1;
  private @Nullable String type;

  /** As a container uses one object for one response after the other. */
  ContainerResponse recycle() {
    fields = 0;
    status = SC_OK;
    length = -1;
    type = null;
    buffer.used = 0;
    return this;
  }

  /** How many bytes were written. */
  int written() {
    return buffer.used;
  }

  /** Tomcat's has 8 KiB, and what comes in larger pieces goes on as it is. */
  private static final class Buffer extends ServletOutputStream {
    private final byte[] bytes = new byte[128 << 10];
    private int used;

    @Override
    public void write(int one) {
      bytes[used++] = (byte) one;
    }

    @Override
    public void write(byte[] from, int offset, int count) {
      System.arraycopy(from, offset, bytes, used, count);
      used += count;
    }

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setWriteListener(WriteListener listener) {
      throw notAsked();
    }
  }

  @Override
  public void setHeader(String name, String value) {
    if (name.equalsIgnoreCase("Content-Type")) {
      type = value;
      return;
    }
    for (int i = 0; i < fields; i++) {
      if (names[i].equalsIgnoreCase(name)) {
        values[i] = value;
        return;
      }
    }
    addHeader(name, value);
  }

  @Override
  public void addHeader(String name, String value) {
    if (name.equalsIgnoreCase("Content-Type")) {
      type = value;
      return;
    }
    names[fields] = name;
    values[fields++] = value;
  }

  @Override
  public @Nullable String getHeader(String name) {
    for (int i = 0; i < fields; i++) {
      if (names[i].equalsIgnoreCase(name)) {
        return values[i];
      }
    }
    if (name.equalsIgnoreCase("Content-Type")) {
      return type;
    }
    return length >= 0 && name.equalsIgnoreCase("Content-Length") ? Long.toString(length) : null;
  }

  @Override
  public boolean containsHeader(String name) {
    return getHeader(name) != null;
  }

  @Override
  public Collection<String> getHeaders(String name) {
    String value = getHeader(name);
    return value == null ? List.of() : List.of(value);
  }

  @Override
  public Collection<String> getHeaderNames() {
    List<String> all = new ArrayList<>(fields);
    for (int i = 0; i < fields; i++) {
      all.add(names[i]);
    }
    return all;
  }

  @Override
  public void setStatus(int code) {
    status = code;
  }

  @Override
  public int getStatus() {
    return status;
  }

  @Override
  public void setContentLength(int bytes) {
    length = bytes;
  }

  @Override
  public void setContentLengthLong(long bytes) {
    length = bytes;
  }

  @Override
  public void setContentType(String newType) {
    type = newType;
  }

  @Override
  public @Nullable String getContentType() {
    return type;
  }

  @Override
  public ServletOutputStream getOutputStream() {
    return buffer;
  }

  @Override
  public boolean isCommitted() {
    return false;
  }

  @Override
  public int getBufferSize() {
    return 8 << 10;
  }

  @Override
  public String getCharacterEncoding() {
    return "UTF-8";
  }

  @Override
  public void flushBuffer() {}

  private static UnsupportedOperationException notAsked() {
    return new UnsupportedOperationException("not asked of a response by the agent so far");
  }

  @Override
  public void addCookie(Cookie cookie) {
    throw notAsked();
  }

  @Override
  public String encodeURL(String url) {
    throw notAsked();
  }

  @Override
  public String encodeRedirectURL(String url) {
    throw notAsked();
  }

  @Deprecated
  @Override
  public String encodeUrl(String url) {
    throw notAsked();
  }

  @Deprecated
  @Override
  public String encodeRedirectUrl(String url) {
    throw notAsked();
  }

  @Override
  public void sendError(int code, String message) {
    throw notAsked();
  }

  @Override
  public void sendError(int code) {
    throw notAsked();
  }

  @Override
  public void sendRedirect(String to) {
    throw notAsked();
  }

  @Override
  public void setDateHeader(String name, long date) {
    throw notAsked();
  }

  @Override
  public void addDateHeader(String name, long date) {
    throw notAsked();
  }

  @Override
  public void setIntHeader(String name, int value) {
    setHeader(name, Integer.toString(value));
  }

  @Override
  public void addIntHeader(String name, int value) {
    addHeader(name, Integer.toString(value));
  }

  @Deprecated
  @Override
  public void setStatus(int code, String message) {
    throw notAsked();
  }

  @Override
  public PrintWriter getWriter() {
    throw notAsked();
  }

  @Override
  public void setCharacterEncoding(String charset) {
    throw notAsked();
  }

  @Override
  public void setBufferSize(int size) {
    throw notAsked();
  }

  @Override
  public void resetBuffer() {
    buffer.used = 0;
  }

  @Override
  public void reset() {
    recycle();
  }

  @Override
  public void setLocale(Locale locale) {
    throw notAsked();
  }

  @Override
  public Locale getLocale() {
    throw notAsked();
  }
}
