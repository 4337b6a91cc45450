package dev.slipstream.servlet;

import dev.slipstream.engine.http.GzipVariant;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * The body of an application's answer on its way to the client, which gets it in gzip.
 *
 * <p>It holds back as much as the container would before it commits the response, so that the
 * container knows nothing of it yet: an application that begins anew, forwards or fails leaves no
 * trace of gzip behind. With more, a flush or the end it is settled whether the answer goes out in
 * gzip; where it does and is not at its end, the response is committed with that, and where
 * anything speaks against it, all goes on as it would without us.
 */
final class GzipBody extends ServletOutputStream {
  private enum State {
    HELD,
    /** As the application made it. */
    PLAIN,
    GZIP,
    ENDED,
    /** Half of it is out, and the rest cannot follow. */
    BROKEN
  }

  private final ServletOutputStream container;
  private final CompressibleResponse response;
  private final int mostHeld;
  private final ByteArrayOutputStream held = new ByteArrayOutputStream();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private volatile State state = State.HELD;
  private volatile @Nullable Gzip gzip;
  private long length;
  private long sentBytes;

  /**
   * Makes the body of an answer that begins.
   *
   * @param mostHeld how many bytes the container would hold back
   */
  GzipBody(ServletOutputStream container, CompressibleResponse response, int mostHeld) {
    this.container = container;
    this.response = response;
    this.mostHeld = mostHeld;
  }

  /** The request's thread compresses: at level 1 in a quarter of the time of level 6. */
  private static final class Gzip extends GZIPOutputStream {
    private static final int BUFFER = 4096;

    Gzip(OutputStream out) throws IOException {
      super(out, BUFFER, /* syncFlush= */ true);
      def.setLevel(Deflater.BEST_SPEED);
    }

    /** Gives its native memory back. */
    void release() {
      def.end();
    }
  }

  private interface Compressing {
    void run(Gzip gzip) throws IOException;
  }

  /** Whether the application's bytes are held back, so that they can still be thrown away. */
  boolean isHeld() {
    return state == State.HELD && length > 0;
  }

  /** Whether the client has got a part of it and will not get the rest. */
  boolean isBroken() {
    return state == State.BROKEN;
  }

  /** Bytes that went to the client in gzip. */
  long sentBytes() {
    return sentBytes;
  }

  @Override
  public void write(int one) throws IOException {
    write(new byte[] {(byte) one}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int count) throws IOException {
    if (state == State.HELD && count > mostHeld - held.size()) {
      begin(length + count);
    }
    switch (state) {
      case HELD -> held.write(bytes, offset, count);
      case GZIP -> {
        if (count > mostHeld - held.size()) {
          compress(to -> drain(to).write(bytes, offset, count));
        } else {
          held.write(bytes, offset, count);
        }
      }
      case PLAIN, ENDED -> container.write(bytes, offset, count);
      case BROKEN -> throw broken(null);
    }
    length += count;
  }

  /** Containers encode text on a stream each in its own way; only for ASCII all agree. */
  @Override
  public void print(String text) throws IOException {
    String printed = String.valueOf(text);
    if (printed.chars().allMatch(c -> c < 0x80)) {
      write(printed.getBytes(StandardCharsets.US_ASCII));
      return;
    }
    plainIfHeld();
    if (state == State.PLAIN || state == State.ENDED) {
      container.print(text);
    } else {
      write(response.printed(printed));
    }
  }

  @Override
  public void flush() throws IOException {
    if (state == State.HELD) {
      begin(length);
    }
    if (state == State.GZIP) {
      compress(to -> drain(to).flush());
    }
    container.flush();
  }

  @Override
  public void close() throws IOException {
    finish();
    container.close();
  }

  /** Its application writes when the container is ready, one write at a time. */
  @Override
  public void setWriteListener(WriteListener listener) {
    try {
      plainIfHeld();
    } catch (IOException e) {
      response.gzipFailed(e); // none before the response is committed
    }
    container.setWriteListener(listener);
  }

  @Override
  public boolean isReady() {
    return container.isReady();
  }

  /** Settles how the answer goes out, of which so many bytes are there and more may come. */
  private void begin(long bytes) throws IOException {
    Gzip begun = bytes < GzipVariant.SMALLEST_BYTES ? null : gzip();
    if (begun == null) {
      plain();
    } else if (response.becomesGzip(-1)) {
      gzip = begun;
      state = State.GZIP;
    } else {
      begun.release();
      plain();
    }
  }

  private @Nullable Gzip gzip() {
    try {
      return new Gzip(out);
    } catch (IOException | RuntimeException | OutOfMemoryError e) {
      response.gzipFailed(e);
      return null;
    }
  }

  /** What is held goes out as the application made it, and so does the rest. */
  void plainIfHeld() throws IOException {
    if (state == State.HELD) {
      plain();
    }
  }

  private void plain() throws IOException {
    state = State.PLAIN;
    if (held.size() > 0) {
      container.write(held.toByteArray());
      held.reset();
    }
  }

  /** Puts what is held first; it is few bytes at a time that are held once the answer has begun. */
  private Gzip drain(Gzip to) throws IOException {
    held.writeTo(to);
    held.reset();
    return to;
  }

  /** What comes of it goes out in one write: a container may not be ready for a second. */
  private void compress(Compressing compressing) throws IOException {
    Gzip to = gzip;
    try {
      if (to == null) {
        throw new IllegalStateException("the answer has ended");
      }
      compressing.run(to);
    } catch (IOException | RuntimeException | OutOfMemoryError e) {
      if (state == State.GZIP) { // else it was released meanwhile
        state = State.BROKEN;
        response.gzipFailed(e);
      }
      throw broken(e);
    }
    if (out.size() > 0) {
      byte[] bytes = out.toByteArray();
      out.reset();
      send(bytes);
    }
  }

  /** From its first bytes on nothing but gzip can go out: the response is committed. */
  private void send(byte[] bytes) throws IOException {
    container.write(bytes);
    if (sentBytes == 0 && state == State.GZIP) {
      response.commits();
    }
    sentBytes += bytes.length;
  }

  private static IOException broken(@Nullable Throwable cause) {
    return new IOException("the answer cannot be sent to its end", cause);
  }

  /** The answer ends here; the container's stream stays open. */
  synchronized void finish() throws IOException {
    if (state == State.HELD) {
      finishHeld();
    } else if (state == State.GZIP) {
      if (!response.isWhole(length)) {
        state = State.BROKEN; // without us the client would notice by the length
        release();
        return;
      }
      try {
        compress(to -> drain(to).finish());
      } finally {
        if (state == State.GZIP) {
          state = State.ENDED; // even where the client is gone
        }
        release();
      }
    }
  }

  /** All of the answer is here, and nothing of it has gone out. */
  private void finishHeld() throws IOException {
    byte[] compressed = response.isWhole(length) ? GzipVariant.of(held.toByteArray()) : null;
    if (compressed != null && response.becomesGzip(compressed.length)) {
      state = State.ENDED;
      held.reset();
      send(compressed);
    } else {
      plain();
    }
  }

  /**
   * The application throws away what it has written, or the container has. Returns false where it
   * is too late for that.
   */
  boolean drop() {
    if (state == State.HELD) {
      held.reset();
      state = State.PLAIN;
    }
    return state == State.PLAIN;
  }

  /** The application has failed: its client gets what there is, and not the end of it. */
  void fail() throws IOException {
    plainIfHeld();
    if (state == State.GZIP) {
      compress(to -> drain(to).flush());
    }
  }

  /** Nothing more is sent: whatever is needed for that is given back. */
  void release() {
    Gzip begun = gzip;
    gzip = null;
    if (begun != null) {
      begun.release();
    }
    if (state == State.GZIP) {
      state = State.BROKEN;
    }
  }
}
