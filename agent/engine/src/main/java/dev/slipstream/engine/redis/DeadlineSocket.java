package dev.slipstream.engine.redis;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;

/**
 * A socket whose operations are all over by one deadline, and which counts bytes.
 *
 * <p>A socket's own timeout is for each read: an answer that drips in would go on for as long as it
 * drips. Here each read waits for what is left until the deadline. A write cannot be given a
 * timeout; what the request path writes is smaller than any send buffer and follows an answer read
 * to its end, so that it never waits. {@link MaintenanceLink#closeIfOverdue} ends the writes of
 * other threads.
 */
final class DeadlineSocket extends Socket {
  private final Counters counters;
  private volatile Deadline deadline;

  DeadlineSocket(Deadline deadline, Counters counters) {
    this.deadline = deadline;
    this.counters = counters;
  }

  /** Sets by when the operations that follow are over. */
  void deadline(Deadline next) {
    deadline = next;
  }

  Deadline deadline() {
    return deadline;
  }

  /** Connects by the deadline. */
  void connectInTime(SocketAddress address) throws IOException {
    connect(address, remainingMillis());
  }

  private int remainingMillis() throws SocketTimeoutException {
    int remaining = deadline.remainingMillis();
    if (remaining <= 0) {
      throw new SocketTimeoutException("over the deadline");
    }
    return remaining;
  }

  @Override
  public InputStream getInputStream() throws IOException {
    return new Input(super.getInputStream());
  }

  @Override
  public OutputStream getOutputStream() throws IOException {
    return new Output(super.getOutputStream());
  }

  private final class Input extends InputStream {
    private final InputStream in;

    private Input(InputStream in) {
      this.in = in;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      setSoTimeout(remainingMillis());
      int count = in.read(bytes, offset, length);
      if (count > 0) {
        counters.bytesRead.add(count);
      }
      return count;
    }

    @Override
    public int available() throws IOException {
      return in.available();
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }

  private final class Output extends FilterOutputStream {
    private Output(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      remainingMillis();
      out.write(bytes, offset, length);
      counters.bytesWritten.add(length);
    }
  }
}
