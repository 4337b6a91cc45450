package dev.slipstream.servlet;

import dev.slipstream.engine.http.Refusal;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The container's stream, or one that leads there, and a copy of what is written to it. */
final class CopyingOutputStream extends ServletOutputStream {
  private static final byte[] LINE_END = {'\r', '\n'};

  private final ServletOutputStream container;
  private final Exchange exchange;
  private ServletOutputStream next;

  CopyingOutputStream(ServletOutputStream container, Exchange exchange) {
    this.container = container;
    this.next = container;
    this.exchange = exchange;
  }

  ServletOutputStream container() {
    return container;
  }

  /** Leads to the container through another stream; null for none. */
  void through(@Nullable ServletOutputStream between) {
    next = between == null ? container : between;
  }

  private interface Sending {
    void run() throws IOException;
  }

  private void sends(Sending sending) throws IOException {
    try {
      sending.run();
    } catch (IOException e) {
      exchange.clientIsGone();
      throw e;
    }
  }

  @Override
  public void write(int one) throws IOException {
    if (exchange.goesOut()) {
      sends(() -> next.write(one));
      exchange.wrote(one);
    }
  }

  @Override
  public void write(byte[] bytes) throws IOException {
    if (exchange.goesOut()) {
      sends(() -> next.write(bytes));
      exchange.wrote(bytes, 0, bytes.length);
    }
  }

  @Override
  public void write(byte[] bytes, int offset, int count) throws IOException {
    if (exchange.goesOut()) {
      sends(() -> next.write(bytes, offset, count));
      exchange.wrote(bytes, offset, count);
    }
  }

  /** Containers encode text on a stream each in its own way; only for ASCII all agree. */
  @Override
  public void print(String text) throws IOException {
    if (!exchange.goesOut()) {
      return;
    }
    sends(() -> next.print(text));
    String printed = String.valueOf(text);
    if (printed.chars().allMatch(c -> c < 0x80)) {
      exchange.wrote(printed.getBytes(StandardCharsets.US_ASCII), 0, printed.length());
    } else {
      exchange.abandon(Refusal.INCOMPLETE);
    }
  }

  @Override
  public void println() throws IOException {
    if (exchange.goesOut()) {
      sends(() -> next.println());
      exchange.wrote(LINE_END, 0, LINE_END.length);
    }
  }

  @Override
  public void flush() throws IOException {
    if (exchange.goesOut()) {
      sends(() -> next.flush());
    }
  }

  @Override
  public void close() throws IOException {
    if (exchange.goesOut()) {
      sends(() -> next.close());
    }
  }

  @Override
  public boolean isReady() {
    return next.isReady();
  }

  @Override
  public void setWriteListener(WriteListener listener) {
    exchange.goesOut(); // while the container may still be written to without being ready
    next.setWriteListener(listener);
  }
}
