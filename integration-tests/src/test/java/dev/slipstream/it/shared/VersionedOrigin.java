package dev.slipstream.it.shared;

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
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/**
 * The application behind all gateways: it answers a path with the path's version, which only rises,
 * and counts what it is asked.
 *
 * <p>A PUT raises the version and answers with it. What is below {@code /none} is not to be stored,
 * {@code /varied} depends on the language. An answer has its path as a tag, with {@code -} for
 * {@code /}.
 */
final class VersionedOrigin implements AutoCloseable {
  private static final int LINES = 200;

  private final ServerSocket listener;
  private final Map<String, AtomicInteger> versions = new ConcurrentHashMap<>();
  private final Map<String, AtomicInteger> callsByPath = new ConcurrentHashMap<>();
  private final LongAdder calls = new LongAdder();
  private volatile Duration latency = Duration.ZERO;
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "versioned-origin");
            thread.setDaemon(true);
            return thread;
          });

  VersionedOrigin() {
    try {
      listener = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    threads.execute(this::accept);
  }

  int port() {
    return listener.getLocalPort();
  }

  /** Takes so long over each answer from now on. */
  void latency(Duration next) {
    latency = next;
  }

  /** Raises a path's version and returns the new one. */
  int write(String path) {
    return version(path).incrementAndGet();
  }

  private AtomicInteger version(String path) {
    return versions.computeIfAbsent(path, key -> new AtomicInteger(1));
  }

  /** The tag of a path's answers. */
  static String tag(String path) {
    return path.substring(1).replace('/', '-');
  }

  /** How often it was asked in all. */
  long calls() {
    return calls.sum();
  }

  /** How often it was asked for a path. */
  int calls(String path) {
    AtomicInteger count = callsByPath.get(path);
    return count == null ? 0 : count.get();
  }

  /** The body for a path at a version. */
  static String body(String path, String language, int version) {
    String line = path + (path.contains("/varied/") ? " in " + language : "");
    return String.format(Locale.ROOT, "%s v%d%n", line, version).repeat(LINES);
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
      socket.setTcpNoDelay(true);
      InputStream input = new BufferedInputStream(socket.getInputStream());
      String[] requestLine = line(input).split(" ", 3);
      String language = "";
      int length = 0;
      for (String line = line(input); !line.isEmpty(); line = line(input)) {
        String[] field = line.split(": ", 2);
        if (field[0].equalsIgnoreCase("Accept-Language")) {
          language = field[1];
        } else if (field[0].equalsIgnoreCase("Content-Length")) {
          length = Integer.parseInt(field[1]);
        }
      }
      input.readNBytes(length);
      String answer = answer(requestLine[0], requestLine[1], language);
      socket.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      return; // the gateway has gone away
    }
  }

  private String answer(String method, String path, String language) {
    if (!method.equals("GET")) {
      return head("no-store", "") + (method.equals("PUT") ? write(path) : 0);
    }
    calls.increment();
    callsByPath.computeIfAbsent(path, key -> new AtomicInteger()).incrementAndGet();
    int version = version(path).get();
    pause();
    String more = "Surrogate-Key: " + tag(path) + "\r\n";
    if (path.contains("/varied/")) {
      more += "Vary: Accept-Language\r\n";
    }
    String caching = path.contains("/none/") ? "no-store" : "max-age=3600";
    return head(caching, more) + body(path, language, version);
  }

  private void pause() {
    long until = System.nanoTime() + latency.toNanos();
    for (long left = latency.toNanos(); left > 0; left = until - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  private static String head(String caching, String more) {
    return "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nCache-Control: "
        + caching
        + "\r\n"
        + more
        + "\r\n";
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
