package com.example.proxy;

import com.example.proxy.OriginAnswer.Field;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** One exchange of HTTP/1.1 with the origin, on a connection that ends with it. */
final class OriginConnection implements Closeable {
  private static final int TIMEOUT_MILLIS = 30_000;

  private final Socket socket;
  private final InputStream input;

  OriginConnection(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(TIMEOUT_MILLIS);
    socket.setTcpNoDelay(true);
    input = new BufferedInputStream(socket.getInputStream());
  }

  void send(String method, String target, List<Field> fields, byte[] body) throws IOException {
    StringBuilder head = new StringBuilder(method).append(' ').append(target);
    head.append(" HTTP/1.1\r\nHost: origin.example:").append(socket.getPort()).append("\r\n");
    for (Field field : fields) {
      head.append(field.name()).append(": ").append(field.value()).append("\r\n");
    }
    if (body.length > 0) {
      head.append("Content-Length: ").append(body.length).append("\r\n");
    }
    head.append("Connection: close\r\n\r\n");
    OutputStream output = socket.getOutputStream();
    output.write(head.toString().getBytes(StandardCharsets.ISO_8859_1));
    output.write(body);
  }

  /** The next head, interim or final. */
  OriginAnswer head() throws IOException {
    String statusLine = line();
    List<Field> fields = new ArrayList<>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      int colon = line.indexOf(':');
      fields.add(new Field(line.substring(0, colon), line.substring(colon + 1).strip()));
    }
    return new OriginAnswer(Integer.parseInt(statusLine.split(" ", 3)[1]), fields);
  }

  /** Copies the body as it comes; fails where it ends before its framing says. */
  void copyBody(OriginAnswer head, OutputStream target) throws IOException {
    List<String> length = head.values("Content-Length");
    if (!head.values("Transfer-Encoding").isEmpty()) {
      for (int size = chunkSize(); size > 0; size = chunkSize()) {
        copy(size, target);
        line();
      }
    } else if (!length.isEmpty()) {
      copy(Integer.parseInt(length.get(0)), target);
    } else {
      input.transferTo(target);
    }
  }

  private int chunkSize() throws IOException {
    return Integer.parseInt(line(), 16);
  }

  private void copy(int length, OutputStream target) throws IOException {
    byte[] block = new byte[4096];
    int left = length;
    while (left > 0) {
      int read = input.read(block, 0, Math.min(left, block.length));
      if (read < 0) {
        throw new EOFException("the origin ended its answer " + left + " bytes too early");
      }
      target.write(block, 0, read);
      left -= read;
    }
  }

  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int value = input.read(); value != '\n'; value = input.read()) {
      if (value < 0) {
        throw new EOFException("the origin ended within a line");
      }
      line.write(value);
    }
    return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
