package dev.slipstream.it;

import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import redis.embedded.core.ExecutableProvider;

/**
 * A real redis-server on a port of loopback that was free; what it holds is lost with it. It is the
 * one of embedded-redis, or the file that the system property {@code redis.server} names.
 */
public final class RedisServer implements AutoCloseable {
  private static final int TIMEOUT_MILLIS = 5_000;

  /** How far above its port a node of a cluster has that of the cluster's bus. */
  private static final int BUS = 10_000;

  private final int port = freePort();
  private final Path directory;
  private final List<String> options;
  private @Nullable Process process;

  private RedisServer(Path directory, List<String> options) {
    this.directory = directory;
    this.options = options;
  }

  /** Starts one with options as in {@code --maxmemory 1mb}. */
  public static RedisServer start(Path directory, String... options) {
    RedisServer server = new RedisServer(directory, List.of(options));
    server.start();
    return server;
  }

  /** Starts a sentinel, configured by lines of its file. */
  public static RedisServer startSentinel(Path directory, String... lines) {
    RedisServer sentinel = new RedisServer(directory, List.of());
    Path file = directory.resolve("sentinel.conf");
    String own =
        String.format(Locale.ROOT, "port %d%nbind 127.0.0.1%ndir %s%n", sentinel.port, directory);
    try {
      Files.writeString(file, own + String.join(System.lineSeparator(), lines) + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    sentinel.start(List.of(Executable.FILE.getPath(), file.toString(), "--sentinel"));
    return sentinel;
  }

  /** A port that is free, and so is the one for the cluster's bus. */
  static int freePort() {
    while (true) {
      try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        int port = socket.getLocalPort();
        if (port + BUS < 1 << 16 && isFree(port + BUS)) {
          return port;
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }

  public int port() {
    return port;
  }

  /** Where the other nodes of a cluster reach it. */
  public int busPort() {
    return port + BUS;
  }

  /** Starts it, empty and on the same port each time, and waits until it answers. */
  public void start() {
    try {
      Files.deleteIfExists(directory.resolve("dump.rdb")); // a replica has one of its own accord
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    startFromSnapshot();
  }

  /** Starts it with what it held when it was last told to SAVE. */
  public void startFromSnapshot() {
    List<String> command = new ArrayList<>(List.of(Executable.FILE.getPath()));
    command.addAll(List.of("--port", Integer.toString(port), "--bind", "127.0.0.1"));
    command.addAll(List.of("--save", "", "--appendonly", "no", "--dir", directory.toString()));
    command.addAll(options);
    start(command);
  }

  private void start(List<String> command) {
    Path log = directory.resolve("redis.log");
    try {
      process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    await()
        .atMost(Duration.ofSeconds(20))
        .pollInterval(Duration.ofMillis(10))
        .ignoreExceptionsInstanceOf(UncheckedIOException.class)
        .until(() -> send("PING").equals(List.of("+PONG")));
  }

  /** Ends it as kill -9 does. */
  public void kill() {
    Process running = process;
    if (running != null) {
      running.destroyForcibly();
      waitFor(running);
    }
  }

  /** Stops it where it is: connections to it are accepted, by the kernel, and nothing answered. */
  public void freeze() {
    signal("-STOP");
  }

  public void thaw() {
    signal("-CONT");
  }

  private void signal(String name) {
    Process running = process;
    if (running != null && running.isAlive()) {
      try {
        waitFor(new ProcessBuilder("kill", name, Long.toString(running.pid())).start());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static void waitFor(Process process) {
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        throw new AssertionError("it did not end: " + process);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The reply to an inline command where it is one string of several lines. */
  public String query(String command) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(TIMEOUT_MILLIS);
      socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.UTF_8));
      BufferedReader reply =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
      String head = reply.readLine();
      if (head == null || !head.startsWith("$")) {
        throw new IOException(command + ": " + head);
      }
      char[] text = new char[Integer.parseInt(head.substring(1))];
      for (int read = 0; read < text.length; ) {
        int count = reply.read(text, read, text.length - read);
        if (count < 0) {
          throw new EOFException(command);
        }
        read += count;
      }
      return new String(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends inline commands on a connection of their own. Returns the first line of each reply. */
  public List<String> send(String... commands) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(TIMEOUT_MILLIS);
      BufferedReader replies =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
      List<String> lines = new ArrayList<>();
      for (String command : commands) {
        socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.UTF_8));
        String line = replies.readLine();
        lines.add(line == null ? "" : line);
      }
      return lines;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    thaw();
    kill();
  }

  /** The server's file. */
  private static final class Executable {
    static final File FILE =
        System.getProperty("redis.server") == null
            ? unpack()
            : new File(System.getProperty("redis.server"));

    private static File unpack() {
      try {
        Path folder = Files.createTempDirectory("redis-server");
        folder.toFile().deleteOnExit();
        File file = ExecutableProvider.newJarResourceProvider(folder.toFile()).get();
        file.deleteOnExit();
        return file;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
