package dev.slipstream.jaxrs;

import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/** The container's stream, of whose bytes an exchange takes a copy. */
final class CopyingStream extends OutputStream {
  private final OutputStream out;
  private final FetchExchange exchange;
  private @Nullable Runnable onClose;
  private boolean closed;

  CopyingStream(OutputStream out, FetchExchange exchange) {
    this.out = out;
    this.exchange = exchange;
  }

  @Override
  public void write(int one) throws IOException {
    out.write(one);
    exchange.wrote(new byte[] {(byte) one}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int count) throws IOException {
    out.write(bytes, offset, count);
    exchange.wrote(bytes, offset, count);
  }

  @Override
  public void flush() throws IOException {
    out.flush();
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
}
