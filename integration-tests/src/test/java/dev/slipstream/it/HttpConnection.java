package dev.slipstream.it;

import dev.slipstream.it.Answer.Field;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * A client's connection that tidies up nothing.
 *
 * <p>It is kept from one exchange to the next, so that a body longer or shorter than its framing
 * says breaks the exchange after it.
 */
public final class HttpConnection implements AutoCloseable {
  private static final int TIMEOUT_MILLIS = 20_000;

  private final int port;
  private final @Nullable SSLSocketFactory tls;
  private final int timeoutMillis;
  private @Nullable Socket socket;

  public HttpConnection(int port) {
    this(port, null);
  }

  /** Over TLS, unless {@code tls} is null. */
  public HttpConnection(int port, @Nullable SSLSocketFactory tls) {
    this(port, tls, TIMEOUT_MILLIS);
  }

  /** Of a client that waits so long for each part of an answer. */
  public static HttpConnection withPatience(int port, int timeoutMillis) {
    return new HttpConnection(port, null, timeoutMillis);
  }

  private HttpConnection(int port, @Nullable SSLSocketFactory tls, int timeoutMillis) {
    this.port = port;
    this.tls = tls;
    this.timeoutMillis = timeoutMillis;
  }

  public Answer get(String target, String... fields) throws IOException {
    return exchange("GET", target, List.of(fields));
  }

  public Answer exchange(String method, String target, List<String> fields) throws IOException {
    return exchange(method, target, fields, new byte[0]);
  }

  /** Sends content after the head, framed as the fields say. */
  public Answer exchange(String method, String target, List<String> fields, byte[] content)
      throws IOException {
    send(method, target, fields);
    open().getOutputStream().write(content);
    return read(method, target);
  }

  /** Sends content only once the server has asked for it by a 100 (RFC 9110 §10.1.1). */
  Answer exchangeOnContinue(String method, String target, List<String> fields, byte[] content)
      throws IOException {
    send(method, target, fields);
    Answer interim = read(method, target);
    if (interim.status() != 100) {
      throw new IllegalStateException("not asked for the content: " + interim);
    }
    open().getOutputStream().write(content);
    return read(method, target);
  }

  /** Every answer to one request: interim ones, then the final one (RFC 9110 §15.2). */
  public List<Answer> exchangeWithInterim(String method, String target, List<String> fields)
      throws IOException {
    List<Answer> answers = new ArrayList<>();
    answers.add(exchange(method, target, fields));
    while (answers.get(answers.size() - 1).status() < 200) {
      answers.add(read(method, target));
    }
    return answers;
  }

  private void send(String method, String target, List<String> fields) throws IOException {
    StringBuilder head = new StringBuilder(method).append(' ').append(target).append(" HTTP/1.1");
    head.append("\r\n");
    if (fields.stream().noneMatch(field -> field.regionMatches(true, 0, "Host:", 0, 5))) {
      head.append("Host: gateway.example\r\n");
    }
    fields.forEach(field -> head.append(field).append("\r\n"));
    byte[] bytes = head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8);
    open().getOutputStream().write(bytes);
  }

  private Answer read(String method, String target) throws IOException {
    Answer answer = read(open().getInputStream(), method + " " + target);
    if (!answer.complete()
        || answer.values("Connection").stream().anyMatch("close"::equalsIgnoreCase)) {
      close();
    }
    return answer;
  }

  private Socket open() throws IOException {
    Socket open = socket;
    if (open == null) {
      open = new BufferedSocket();
      open.setSoTimeout(timeoutMillis);
      open.setTcpNoDelay(true);
      open.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), timeoutMillis);
      if (tls != null) {
        open = tls.createSocket(open, "localhost", port, true);
      }
      socket = open;
    }
    return open;
  }

  private static Answer read(InputStream input, String request) throws IOException {
    String statusLine = line(input);
    List<Field> fields = new ArrayList<>(fields(input));
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    boolean complete = true;
    try {
      readBody(input, statusLine, fields, request.startsWith("HEAD "), body);
    } catch (SocketTimeoutException e) {
      throw e;
    } catch (IOException cut) {
      complete = false;
    }
    return new Answer(
        request,
        statusLine,
        List.copyOf(fields),
        body.toString(StandardCharsets.ISO_8859_1),
        complete);
  }

  private static void readBody(
      InputStream input,
      String statusLine,
      List<Field> fields,
      boolean head,
      ByteArrayOutputStream body)
      throws IOException {
    int status = Integer.parseInt(statusLine.split(" ", 3)[1]);
    if (head || status < 200 || status == 204 || status == 304) {
      return;
    }
    if (value(fields, "Transfer-Encoding") != null) {
      int size;
      do {
        size = Integer.parseInt(line(input), 16);
        copy(input, size, body);
        if (size > 0 && !line(input).isEmpty()) {
          throw new IllegalStateException("a chunk longer than it said, after " + statusLine);
        }
      } while (size > 0);
      fields.addAll(fields(input));
      return;
    }
    String length = value(fields, "Content-Length");
    if (length != null) {
      copy(input, Integer.parseInt(length), body);
      return;
    }
    for (int value = input.read(); value >= 0; value = input.read()) {
      body.write(value);
    }
  }

  private static void copy(InputStream input, int length, ByteArrayOutputStream body)
      throws IOException {
    byte[] block = new byte[8192];
    int left = length;
    while (left > 0) {
      int read = input.read(block, 0, Math.min(left, block.length));
      if (read < 0) {
        throw new EOFException();
      }
      body.write(block, 0, read);
      left -= read;
    }
  }

  private static @Nullable String value(List<Field> fields, String name) {
    for (Field field : fields) {
      if (field.name().equalsIgnoreCase(name)) {
        return field.value();
      }
    }
    return null;
  }

  private static List<Field> fields(InputStream input) throws IOException {
    List<Field> fields = new ArrayList<>();
    for (String line = line(input); !line.isEmpty(); line = line(input)) {
      int colon = line.indexOf(':');
      if (colon < 1) {
        throw new IllegalStateException("no field line: " + line);
      }
      fields.add(new Field(line.substring(0, colon), line.substring(colon + 1).strip()));
    }
    return fields;
  }

  private static String line(InputStream input) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int value = input.read(); value != '\n'; value = input.read()) {
      if (value < 0) {
        throw new EOFException("the connection ended within a line: " + line);
      }
      line.write(value);
    }
    return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
  }

  @Override
  public void close() {
    Socket open = socket;
    socket = null;
    if (open != null) {
      try {
        open.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Keeps what was read ahead with its connection. */
  private static final class BufferedSocket extends Socket {
    private @Nullable InputStream buffered;

    @Override
    public InputStream getInputStream() throws IOException {
      InputStream stream = buffered;
      if (stream == null) {
        stream = new BufferedInputStream(super.getInputStream());
        buffered = stream;
      }
      return stream;
    }
  }
}
