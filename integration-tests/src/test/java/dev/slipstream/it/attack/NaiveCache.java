package dev.slipstream.it.attack;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What no cache should be: it keeps the first answer to a path, tidied up, and gives it to whoever
 * asks for that path next, or was waiting for it, by whatever method.
 */
final class NaiveCache implements AutoCloseable {
  private static final Pattern LENGTH = Pattern.compile("(?i)\r\nContent-Length: *(\\d+)");

  private final ServerSocket listener;
  private final int upstream;
  private final Map<String, byte[]> answers = new ConcurrentHashMap<>();

  /** Listens before the server at a port. */
  NaiveCache(int upstream) {
    this.upstream = upstream;
    try {
      listener = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Daemons.start(this::accept);
  }

  int port() {
    return listener.getLocalPort();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        Daemons.start(() -> serve(client));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket client) {
    try (client) {
      InputStream input = client.getInputStream();
      String head = head(input);
      Matcher length = LENGTH.matcher(head);
      byte[] body = input.readNBytes(length.find() ? Integer.parseInt(length.group(1)) : 0);
      String key = key(head.split(" ", 3)[1]);
      client.getOutputStream().write(answers.computeIfAbsent(key, missing -> fetch(head, body)));
    } catch (IOException e) {
      // The client is gone.
    }
  }

  private byte[] fetch(String head, byte[] body) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), upstream)) {
      String request = head.replaceFirst("\r\n", "\r\nConnection: close\r\n");
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().write(body);
      byte[] bytes = socket.getInputStream().readAllBytes();
      return new String(bytes, StandardCharsets.ISO_8859_1)
          .replaceFirst("\r\n", "\r\nConnection: close\r\n")
          .getBytes(StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Decoded, without path parameters, dot segments and what campaigns add to a query. */
  private static String key(String target) {
    String[] parts = target.replaceFirst("^https?://[^/]+", "").split("\\?", 2);
    String plain = parts[0].replaceAll(";[^/]*", "").replace("+", "%2B");
    String decoded = URLDecoder.decode(plain, StandardCharsets.UTF_8).replaceAll("[/\\\\]+", "/");
    String path = decoded.replaceAll("[^A-Za-z0-9/.-]", "_");
    String query = parts.length == 1 ? "" : parts[1];
    return URI.create(path).normalize()
        + Stream.of(query.split("&", -1))
            .filter(parameter -> !parameter.startsWith("utm_"))
            .sorted()
            .collect(Collectors.joining("&", "?", ""));
  }

  private static String head(InputStream input) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
      int value = input.read();
      if (value < 0) {
        throw new EOFException();
      }
      head.write(value);
    }
    return head.toString(StandardCharsets.ISO_8859_1);
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
