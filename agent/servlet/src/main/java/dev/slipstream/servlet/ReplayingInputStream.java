package dev.slipstream.servlet;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** What was read of a body already, and after it what the container still has of it. */
final class ReplayingInputStream extends ServletInputStream {
  private final ByteArrayInputStream head;
  private final @Nullable ServletInputStream rest;
  private final ReplayingRequest request;

  /** {@code rest} is null where the head is the whole body. */
  ReplayingInputStream(byte[] head, @Nullable ServletInputStream rest, ReplayingRequest request) {
    this.head = new ByteArrayInputStream(head);
    this.rest = rest;
    this.request = request;
  }

  @Override
  public int read() throws IOException {
    int one = head.read();
    return one >= 0 || rest == null ? one : rest.read();
  }

  @Override
  public int read(byte[] bytes, int offset, int count) throws IOException {
    int got = head.read(bytes, offset, count);
    return got >= 0 || rest == null ? got : rest.read(bytes, offset, count);
  }

  @Override
  public int available() throws IOException {
    return head.available() > 0 || rest == null ? head.available() : rest.available();
  }

  @Override
  public boolean isFinished() {
    return head.available() == 0 && (rest == null || rest.isFinished());
  }

  /** What is left is read as it comes, on a thread that may wait for it. */
  @Override
  public boolean isReady() {
    return true;
  }

  @Override
  public void setReadListener(ReadListener listener) {
    request.onceServiceReturned(
        () -> {
          try {
            if (!isFinished()) {
              listener.onDataAvailable();
            }
            listener.onAllDataRead();
          } catch (Throwable t) {
            listener.onError(t);
          }
        });
  }
}
