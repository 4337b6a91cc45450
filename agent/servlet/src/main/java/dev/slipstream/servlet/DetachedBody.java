package dev.slipstream.servlet;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.Charset;

/**
 * The body of a response that goes to nobody: bounded, and by the way a response is committed as a
 * container's would be.
 */
final class DetachedBody extends ServletOutputStream {
  private final Fidelity fidelity;
  private final int maxBytes;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private int bufferSize;
  private boolean committed;
  private boolean closed;

  DetachedBody(Fidelity fidelity, int maxBytes, int bufferSize) {
    this.fidelity = fidelity;
    this.maxBytes = maxBytes;
    this.bufferSize = bufferSize;
  }

  int bufferSize() {
    return bufferSize;
  }

  void bufferSize(int size) {
    if (committed || bytes.size() > 0) {
      throw new IllegalStateException("something is written");
    }
    bufferSize = Math.max(bufferSize, size);
  }

  boolean isCommitted() {
    return committed;
  }

  int size() {
    return bytes.size();
  }

  byte[] toBytes() {
    return bytes.toByteArray();
  }

  void forget() {
    bytes.reset();
  }

  @Override
  public void write(int one) throws IOException {
    write(new byte[] {(byte) one}, 0, 1);
  }

  @Override
  public synchronized void write(byte[] from, int offset, int count) throws IOException {
    if (closed) {
      return;
    }
    if (count > maxBytes - bytes.size()) {
      // As if the client were gone, so that an application without an end comes to one.
      throw new IOException(fidelity.lose("a body of more than " + maxBytes + " bytes"));
    }
    bytes.write(from, offset, count);
    committed |= bytes.size() > bufferSize;
  }

  /** Containers encode text on a stream each in its own way; only for ASCII all agree. */
  @Override
  public void print(String text) throws IOException {
    if (text != null && text.chars().anyMatch(c -> c >= 0x80)) {
      throw fidelity.lose("a stream's print of other than ASCII");
    }
    super.print(text);
  }

  @Override
  public void flush() {
    committed = true;
  }

  @Override
  public void close() {
    committed = true;
    closed = true;
  }

  @Override
  public boolean isReady() {
    return true;
  }

  @Override
  public void setWriteListener(WriteListener listener) {
    throw new IllegalStateException(fidelity.lose("setWriteListener"));
  }

  /** Encodes what is written; forgetting what waits to be encoded is forgetting the encoder. */
  static final class Encoding extends Writer {
    private final DetachedBody body;
    private final Charset charset;
    private OutputStreamWriter encoder;

    Encoding(DetachedBody body, Charset charset) {
      this.body = body;
      this.charset = charset;
      this.encoder = encoder();
    }

    private OutputStreamWriter encoder() {
      return new OutputStreamWriter(
          new java.io.OutputStream() {
            @Override
            public void write(int one) throws IOException {
              body.write(one);
            }

            @Override
            public void write(byte[] from, int offset, int count) throws IOException {
              body.write(from, offset, count);
            }
          },
          charset);
    }

    @Override
    public void write(char[] from, int offset, int count) throws IOException {
      encoder.write(from, offset, count);
      encoder.flush(); // to where commitment is decided; half a surrogate pair stays
    }

    @Override
    public void flush() {
      body.flush();
    }

    @Override
    public void close() throws IOException {
      encoder.close();
      body.close();
    }

    /** The service is over: brings what waits into the body. */
    void end() throws IOException {
      encoder.close();
    }

    void forget() {
      encoder = encoder();
    }
  }
}
