package dev.slipstream.it.conformance;

import dev.slipstream.it.Answer.Field;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The server that all cases ask through the gateways; one exchange a connection.
 *
 * <p>It sends the bytes that a {@link Resource} has for a request, and keeps each request's field
 * lines as they arrived.
 */
public final class Origin implements AutoCloseable {
  private final ServerSocket listener;
  private final Map<String, Resource> resources = new ConcurrentHashMap<>();
  private final AtomicInteger made = new AtomicInteger();
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "origin");
            thread.setDaemon(true);
            return thread;
          });

  public Origin() {
    try {
      listener = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    threads.execute(this::accept);
  }

  public int port() {
    return listener.getLocalPort();
  }

  /** A path that no other case has, under a prefix and with the letters and digits of a name. */
  public Resource resource(String prefix, String name) {
    String readable = name.replaceAll("[^A-Za-z0-9]+", "-");
    Resource resource = new Resource(prefix + "/" + made.incrementAndGet() + "-" + readable);
    resources.put(resource.path(), resource);
    return resource;
  }

  /** A path, and those below it that are no other resource's, as a case wants them. */
  public Resource resourceAt(String path) {
    Resource resource = new Resource(path);
    resources.put(path, resource);
    return resource;
  }

  private @Nullable Resource find(String path) {
    Resource exact = resources.get(path);
    if (exact != null) {
      return exact;
    }
    return resources.values().stream()
        .filter(resource -> path.startsWith(resource.path()))
        .max(Comparator.comparingInt(resource -> resource.path().length()))
        .orElse(null);
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        threads.execute(() -> serve(socket));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      ReceivedRequest request = read(new BufferedInputStream(socket.getInputStream()));
      Resource resource = find(request.target().split("\\?", 2)[0]);
      Reply reply = resource == null ? Reply.of(404, "no such resource") : resource.next(request);
      reply.writeTo(socket.getOutputStream(), request);
    } catch (IOException e) {
      // The gateway has gone away: the test sees what it made of that.
    }
  }

  private static ReceivedRequest read(InputStream input) throws IOException {
    String[] requestLine = line(input).split(" ", 3);
    List<Field> fields = new ArrayList<>();
    int length = 0;
    for (String line = line(input); !line.isEmpty(); line = line(input)) {
      int colon = line.indexOf(':');
      Field field = new Field(line.substring(0, colon), line.substring(colon + 1).strip());
      fields.add(field);
      if (field.name().equalsIgnoreCase("Content-Length")) {
        length = Integer.parseInt(field.value());
      }
    }
    String body = new String(input.readNBytes(length), StandardCharsets.ISO_8859_1);
    return new ReceivedRequest(requestLine[0], requestLine[1], fields, body);
  }

  private static String line(InputStream input) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int value = input.read(); value != '\n'; value = input.read()) {
      if (value < 0) {
        throw new EOFException();
      }
      line.write(value);
    }
    return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
  }

  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    threads.shutdownNow();
  }
}
