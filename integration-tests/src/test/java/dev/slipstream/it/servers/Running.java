package dev.slipstream.it.servers;

import static org.awaitility.Awaitility.await;

import dev.slipstream.it.HttpConnection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** A server that runs, in processes of its own; none of them outlives the tests. */
final class Running implements AutoCloseable {
  private static final Duration START = Duration.ofMinutes(3);
  private static final Duration AGENT = Duration.ofSeconds(20);
  private static final Duration END = Duration.ofSeconds(45);
  private static final Duration POLL = Duration.ofMillis(100);

  private final Process process;
  private final Place place;
  private final Path log;
  private final Thread hook = new Thread(this::kill);

  private Running(Process process, Place place, Path log) {
    this.process = process;
    this.place = place;
    this.log = log;
  }

  static Running start(Command command, Place place) {
    Path log = place.folder().resolveSibling(place.folder().getFileName() + ".log");
    ProcessBuilder builder =
        new ProcessBuilder(command.line())
            .directory(place.folder().toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "JAVA_OPTS")
        .forEach(builder.environment()::remove);
    builder.environment().put("JAVA_HOME", place.jdk().home().toString());
    builder.environment().putAll(command.environment());
    try {
      Process process = builder.start();
      process.getOutputStream().close();
      Running running = new Running(process, place, log);
      Runtime.getRuntime().addShutdownHook(running.hook);
      return running;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int port() {
    return place.port();
  }

  Place place() {
    return place;
  }

  /** Waits until a path is answered with 200. */
  void awaitReady(String path) {
    await().atMost(START).pollInterval(POLL).until(() -> !process.isAlive() || status(path) == 200);
    if (!process.isAlive()) {
      throw new AssertionError("the server ended before it answered; " + log + ": " + tail());
    }
  }

  /** Waits until the agent takes part in requests; returns whether it does. */
  boolean awaitAgent(String path) {
    long deadline = System.nanoTime() + AGENT.toNanos();
    boolean there = false;
    while (!there && System.nanoTime() < deadline) {
      try (HttpConnection connection = new HttpConnection(port())) {
        there = !connection.get(path).values("Cache-Status").isEmpty();
      } catch (IOException | IllegalStateException e) {
        there = false;
      }
    }
    return there;
  }

  private int status(String path) {
    try (HttpConnection connection = new HttpConnection(port())) {
      return connection.get(path).status();
    } catch (IOException | IllegalStateException | NumberFormatException e) {
      return 0;
    }
  }

  /** The process of the server itself, where a script or a launcher has started it. */
  ProcessHandle server() {
    try (Stream<ProcessHandle> descendants = process.descendants()) {
      return descendants
          .filter(handle -> handle.info().command().orElse("").endsWith("java"))
          .reduce((first, second) -> second)
          .orElse(process.toHandle());
    }
  }

  /** Asks it to end, as SIGTERM does; empty where it had to be killed. */
  Optional<Duration> end() {
    long begin = System.nanoTime();
    server().destroy();
    boolean ended;
    try {
      process.toHandle().onExit().get(END.toSeconds(), TimeUnit.SECONDS);
      ended = true;
    } catch (TimeoutException e) {
      ended = false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      ended = false;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
    Duration taken = Duration.ofNanos(System.nanoTime() - begin);
    close();
    return ended ? Optional.of(taken) : Optional.empty();
  }

  List<String> log() {
    try {
      return List.of(Files.readString(log, StandardCharsets.ISO_8859_1).split("\\R"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String tail() {
    List<String> lines = log();
    return String.join("\n", lines.subList(Math.max(0, lines.size() - 30), lines.size()));
  }

  private void kill() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  @Override
  public void close() {
    if (process.isAlive()) {
      kill();
    }
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The JVM ends, and the hook runs.
      return;
    }
  }
}
