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
  private Writer encoder;
  private boolean holdsBack = true;

  EncodingWriter(CopyingOutputStream stream, Charset charset) {
    this.stream = stream;
    this.charset = charset;
    this.encoder = newEncoder();
  }

  @Override
  public void write(int one) throws IOException {
    encoder.write(one);
    encodeUnlessHeldBack();
  }

  @Override
  public void write(char[] text, int offset, int count) throws IOException {
    encoder.write(text, offset, count);
    encodeUnlessHeldBack();
  }

  @Override
  public void write(String text, int offset, int count) throws IOException {
    encoder.write(text, offset, count);
    encodeUnlessHeldBack();
  }

  private void encodeUnlessHeldBack() throws IOException {
    if (!holdsBack) {
      encode();
    }
  }

  @Override
  public void flush() throws IOException {
    encode();
    stream.flush();
  }

  @Override
  public void close() throws IOException {
    encoder.close();
    stream.close();
  }

  /** Gives the stream what waits to be encoded. */
  void encode() throws IOException {
    encoder.flush();
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
