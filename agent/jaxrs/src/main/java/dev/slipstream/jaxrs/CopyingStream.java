package dev.slipstream.jaxrs;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** The container's stream, of whose bytes an exchange takes a copy. */
final class CopyingStream extends OutputStream {
  private final OutputStream out;
  private final FetchExchange exchange;
  private @Nullable Runnable onClose;
  private @Nullable Runnable onWrite;
  private boolean closed;
  private boolean flushing;

  CopyingStream(OutputStream out, FetchExchange exchange) {
    this.out = out;
    this.exchange = exchange;
  }

  @Override
  public void write(int one) throws IOException {
    out.write(one);
    wrote(new byte[] {(byte) one}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int count) throws IOException {
    out.write(bytes, offset, count);
    wrote(bytes, offset, count);
  }

  private void wrote(byte[] bytes, int offset, int count) {
    exchange.wrote(bytes, offset, count);
    if (onWrite != null && count > 0) {
      Runnable action = onWrite;
      onWrite = null;
      action.run();
    }
  }

  @Override
  public void flush() throws IOException {
    if (!flushing) {
      out.flush();
    }
  }

  @Override
  public void close() throws IOException {
    out.close();
    closed = true;
    if (onClose != null) {
      onClose.run();
    }
  }

  /** Runs something once it is closed, which may have happened. */
  void whenClosed(Runnable action) {
    if (closed) {
      action.run();
    } else {
      onClose = action;
    }
  }

  /** Runs something at the next byte. */
  void whenWrittenTo(Runnable action) {
    onWrite = action;
  }

  /** Has a stream above write what it holds; the container is not told to flush. */
  void flushedFromAbove(OutputStream above) {
    flushing = true;
    try {
      above.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      flushing = false;
    }
  }
}
