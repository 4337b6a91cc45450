package dev.slipstream.servlet;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A response that may be taken from the application, since another answer was given in its place:
 * it then behaves as one that is committed, and what the application sets has no effect.
 */
abstract class ReplaceableResponse extends HttpServletResponseWrapper {
  ReplaceableResponse(HttpServletResponse response) {
    super(response);
  }

  /** Whether another answer was given. */
  abstract boolean isReplaced();

  /** Before the container commits: whether the application's answer goes out. */
  abstract boolean goesOut();

  @Override
  public boolean isCommitted() {
    return isReplaced() || super.isCommitted();
  }

  @Override
  public void flushBuffer() throws IOException {
    if (goesOut()) {
      super.flushBuffer();
    }
  }

  @Override
  public void reset() {
    requireNotReplaced();
    super.reset();
  }

  @Override
  public void resetBuffer() {
    requireNotReplaced();
    super.resetBuffer();
  }

  @Override
  public void sendError(int status) throws IOException {
    requireNotReplaced();
    super.sendError(status);
  }

  @Override
  public void sendError(int status, @Nullable String message) throws IOException {
    requireNotReplaced();
    super.sendError(status, message);
  }

  @Override
  public void sendRedirect(String location) throws IOException {
    requireNotReplaced();
    super.sendRedirect(location);
  }

  private void requireNotReplaced() {
    if (isReplaced()) {
      throw new IllegalStateException("the response is committed");
    }
  }

  @Override
  public void setStatus(int status) {
    if (!isReplaced()) {
      super.setStatus(status);
    }
  }

  @Override
  public void setHeader(String name, @Nullable String value) {
    if (!isReplaced()) {
      super.setHeader(name, value);
    }
  }

  @Override
  public void addHeader(String name, @Nullable String value) {
    if (!isReplaced()) {
      super.addHeader(name, value);
    }
  }

  @Override
  public void setIntHeader(String name, int value) {
    if (!isReplaced()) {
      super.setIntHeader(name, value);
    }
  }

  @Override
  public void addIntHeader(String name, int value) {
    if (!isReplaced()) {
      super.addIntHeader(name, value);
    }
  }

  @Override
  public void setDateHeader(String name, long date) {
    if (!isReplaced()) {
      super.setDateHeader(name, date);
    }
  }

  @Override
  public void addDateHeader(String name, long date) {
    if (!isReplaced()) {
      super.addDateHeader(name, date);
    }
  }

  @Override
  public void addCookie(Cookie cookie) {
    if (!isReplaced()) {
      super.addCookie(cookie);
    }
  }

  @Override
  public void setContentType(@Nullable String type) {
    if (!isReplaced()) {
      super.setContentType(type);
    }
  }

  @Override
  public void setContentLength(int length) {
    if (!isReplaced()) {
      super.setContentLength(length);
    }
  }

  @Override
  public void setContentLengthLong(long length) {
    if (!isReplaced()) {
      super.setContentLengthLong(length);
    }
  }

  @Override
  public void setCharacterEncoding(@Nullable String encoding) {
    if (!isReplaced()) {
      super.setCharacterEncoding(encoding);
    }
  }

  @Override
  public void setLocale(Locale locale) {
    if (!isReplaced()) {
      super.setLocale(locale);
    }
  }
}
