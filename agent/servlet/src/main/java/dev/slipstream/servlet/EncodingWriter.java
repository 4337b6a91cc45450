package dev.slipstream.servlet;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.Charset;

/** Writes characters to our stream, in the encoding that the container's writer would have. */
final class EncodingWriter extends Writer {
  private final CopyingOutputStream stream;
  private final Charset charset;
  private final boolean failsOnceClosed;
  private Writer encoder;
  private boolean holdsBack = true;
  private boolean closed;

  /**
   * Makes one.
   *
   * @param failsOnceClosed whether what is written after the end is an error; else it is ignored
   */
  EncodingWriter(CopyingOutputStream stream, Charset charset, boolean failsOnceClosed) {
    this.stream = stream;
    this.charset = charset;
    this.failsOnceClosed = failsOnceClosed;
    this.encoder = newEncoder();
  }

  @Override
  public void write(int one) throws IOException {
    if (isOpen()) {
      encoder.write(one);
      encodeUnlessHeldBack();
    }
  }

  @Override
  public void write(char[] text, int offset, int count) throws IOException {
    if (isOpen()) {
      encoder.write(text, offset, count);
      encodeUnlessHeldBack();
    }
  }

  @Override
  public void write(String text, int offset, int count) throws IOException {
    if (isOpen()) {
      encoder.write(text, offset, count);
      encodeUnlessHeldBack();
    }
  }

  private void encodeUnlessHeldBack() throws IOException {
    if (!holdsBack) {
      encode();
    }
  }

  @Override
  public void flush() throws IOException {
    if (isOpen()) {
      encode();
      stream.flush();
    }
  }

  @Override
  public void close() throws IOException {
    if (!closed) {
      closed = true;
      encoder.close();
      stream.close();
    }
  }

  private boolean isOpen() throws IOException {
    if (closed && failsOnceClosed) {
      throw new IOException("the writer is closed");
    }
    return !closed;
  }

  /** Gives the stream what waits to be encoded. */
  void encode() throws IOException {
    if (!closed) {
      encoder.flush();
    }
  }

  /** From now on nothing waits to be encoded. */
  void holdsBackNoMore() {
    holdsBack = false;
  }

  /** Forgets what waits to be encoded. */
  void forget() {
    encoder = newEncoder();
  }

  /** A flush of the encoder is not one of the answer. */
  private Writer newEncoder() {
    return new OutputStreamWriter(
        new FilterOutputStream(stream) {
          @Override
          public void write(byte[] bytes, int offset, int count) throws IOException {
            stream.write(bytes, offset, count);
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        },
        charset);
  }
}
