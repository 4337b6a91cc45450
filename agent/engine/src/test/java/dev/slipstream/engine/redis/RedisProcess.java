package dev.slipstream.engine.redis;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisException;
import redis.embedded.core.ExecutableProvider;

/** A real redis-server on a port of loopback that was free, ended with the test. */
public final class RedisProcess implements RedisUnderTest {
  private static final File EXECUTABLE = executable();

  private final int port;
  private final Path directory;
  private List<String> options = List.of();
  private Process process;

  private RedisProcess(int port, Path directory) {
    this.port = port;
    this.directory = directory;
  }

  /** Starts one, empty, and waits until it answers. */
  public static RedisProcess start(Path directory, String... options) {
    RedisProcess redis = new RedisProcess(freePort(), directory);
    redis.start(options);
    return redis;
  }

  /** A server that is not started yet. */
  static RedisProcess prepare(Path directory) {
    return new RedisProcess(freePort(), directory);
  }

  /** Another server than embedded-redis' where {@code redis.server} names one. */
  private static File executable() {
    String other = System.getProperty("redis.server");
    if (other != null) {
      return new File(other);
    }
    try {
      Path unpacked = Files.createTempDirectory("redis-server");
      File file = ExecutableProvider.newJarResourceProvider(unpacked.toFile()).get();
      file.deleteOnExit();
      unpacked.toFile().deleteOnExit();
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A server on a port whose cluster bus, 10,000 above, is free too. */
  static RedisProcess prepareClustered(Path directory) {
    return new RedisProcess(freeBusPort(), directory);
  }

  /** A port whose cluster bus is free, too. */
  static int freeBusPort() {
    int port = freePort();
    while (port > 55_000 || !isFree(port + 10_000)) {
      port = freePort();
    }
    return port;
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }

  static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The port. */
  public int port() {
    return port;
  }

  @Override
  public HostAndPort address() {
    return new HostAndPort("127.0.0.1", port);
  }

  @Override
  public void restart() {
    kill();
    start();
  }

  /** Starts it, empty, and waits until it answers. */
  public void start(String... moreOptions) {
    options = List.of(moreOptions);
    List<String> command = new ArrayList<>(List.of(EXECUTABLE.getPath()));
    command.addAll(List.of("--port", Integer.toString(port), "--bind", "127.0.0.1"));
    command.addAll(List.of("--save", "", "--appendonly", "no", "--dir", directory.toString()));
    command.addAll(options);
    run(command);
  }

  /** Starts it as a sentinel. */
  void startSentinel(String... configuration) {
    Path file = directory.resolve("sentinel-" + port + ".conf");
    List<String> lines =
        new ArrayList<>(List.of("port " + port, "bind 127.0.0.1", "dir " + directory));
    lines.addAll(List.of(configuration));
    try {
      Files.write(file, lines);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    run(List.of(EXECUTABLE.getPath(), file.toString(), "--sentinel"));
  }

  private void run(List<String> command) {
    try {
      process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(directory.resolve("redis-" + port + ".log").toFile())
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Awaitility.await().atMost(Duration.ofSeconds(20)).until(this::accepts);
  }

  private boolean accepts() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 200);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Ends it as kill -9 does. */
  public void kill() {
    process.destroyForcibly();
    try {
      process.waitFor(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Stops it where it is: it accepts connections, as the kernel does, and answers nothing. */
  void freeze() {
    signal("-STOP");
  }

  void thaw() {
    signal("-CONT");
  }

  private void signal(String name) {
    try {
      new ProcessBuilder("kill", name, Long.toString(process.pid())).start().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  Object command(String password, Command command, String... arguments) {
    return RedisUnderTest.command(address(), password, command, arguments);
  }

  /** Closes the connections of all clients. */
  void killClients() {
    try {
      command(Command.CLIENT, "KILL", "TYPE", "normal", "SKIPME", "yes");
    } catch (JedisException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    if (process != null) {
      thaw();
      kill();
    }
  }
}
