package dev.slipstream.servlet;

import dev.slipstream.engine.http.Refusal;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.Charset;

/** The container's writer, and a copy of what is written to it, in the same encoding. */
final class CopyingWriter extends Writer {
  private final PrintWriter container;
  private final Charset charset;
  private final Exchange exchange;
  private final String lineEnd;
  private Writer copy;
  private boolean isClosed;
  private boolean isLeft;

  CopyingWriter(PrintWriter container, Charset charset, Exchange exchange) {
    this.container = container;
    this.charset = charset;
    this.exchange = exchange;
    this.copy = newCopy();
    boolean undertow = container.getClass().getName().startsWith("io.undertow.");
    this.lineEnd = undertow ? "\r\n" : System.lineSeparator();
  }

  @Override
  public void write(int one) {
    if (exchange.goesOut()) {
      container.write(one);
      copy(() -> copy.write(one));
    }
  }

  @Override
  public void write(char[] text, int offset, int count) {
    if (exchange.goesOut()) {
      container.write(text, offset, count);
      copy(() -> copy.write(text, offset, count));
    }
  }

  @Override
  public void write(String text, int offset, int count) {
    if (exchange.goesOut()) {
      container.write(text, offset, count);
      copy(() -> copy.write(text, offset, count));
    }
  }

  /** Ends a line as the container does; Tomcat's and Jetty's writers end it as the system. */
  void endLine() {
    if (exchange.goesOut()) {
      container.println();
      copy(() -> copy.write(lineEnd));
    }
  }

  @Override
  public void flush() {
    if (exchange.goesOut()) {
      container.flush();
    }
  }

  @Override
  public void close() {
    if (exchange.goesOut()) {
      container.close();
      isClosed = true;
    }
  }

  /** The response is reset, and its encoding is open again for those who go on with this. */
  void leave() {
    isLeft = true;
  }

  void flushCopy() {
    encode(copy::flush);
  }

  void forgetCopy() {
    copy = newCopy();
  }

  private Writer newCopy() {
    return new OutputStreamWriter(
        new OutputStream() {
          @Override
          public void write(int one) {
            exchange.wrote(one);
          }

          @Override
          public void write(byte[] bytes, int offset, int count) {
            exchange.wrote(bytes, offset, count);
          }
        },
        charset);
  }

  private void copy(Encoding encoding) {
    if (isLeft) {
      exchange.abandon(Refusal.INCOMPLETE);
    } else if (!isClosed) { // else the container ignores it
      encode(encoding);
    }
  }

  private void encode(Encoding encoding) {
    exchange.guarded(
        "copying a response",
        () -> {
          try {
            encoding.run();
          } catch (IOException e) {
            throw new UncheckedIOException("a stream of ours does no I/O", e);
          }
        });
  }

  private interface Encoding {
    void run() throws IOException;
  }
}
