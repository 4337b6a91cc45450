package dev.slipstream.it;

import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
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
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import redis.embedded.core.ExecutableProvider;

/** A real redis-server on a port of loopback that was free; what it holds is lost with it. */
public final class RedisServer implements AutoCloseable {
  private static final int TIMEOUT_MILLIS = 5_000;

  private final int port = freePort();
  private final Path directory;
  private @Nullable Process process;

  private RedisServer(Path directory) {
    this.directory = directory;
  }

  public static RedisServer start(Path directory) {
    RedisServer server = new RedisServer(directory);
    server.start();
    return server;
  }

  static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public int port() {
    return port;
  }

  /** Starts it, empty and on the same port each time, and waits until it answers. */
  void start() {
    List<String> command = new ArrayList<>(List.of(Executable.FILE.getPath()));
    command.addAll(List.of("--port", Integer.toString(port), "--bind", "127.0.0.1"));
    command.addAll(List.of("--save", "", "--appendonly", "no", "--dir", directory.toString()));
    try {
      process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(directory.resolve("redis.log").toFile())
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
  void kill() {
    Process running = process;
    if (running != null) {
      running.destroyForcibly();
      waitFor(running);
    }
  }

  /** Stops it where it is: connections to it are accepted, by the kernel, and nothing answered. */
  void freeze() {
    signal("-STOP");
  }

  void thaw() {
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

  /** The server's file, unpacked when it is first wanted. */
  private static final class Executable {
    static final File FILE = unpack();

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
