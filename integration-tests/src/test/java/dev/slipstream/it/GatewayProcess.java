package dev.slipstream.it;

import static org.awaitility.Awaitility.await;

import com.example.gateway.Style;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A gateway in a JVM of its own.
 *
 * <p>It prints {@code PORT=n} once it listens and ends when its standard input does, so it does not
 * outlive the test's JVM, however that ends. Its output is in {@code target/gateways/}.
 */
public final class GatewayProcess implements AutoCloseable {
  private static final Path OUTPUT = Path.of("target", "gateways");
  private static final String PORT = "PORT=";
  private static final String SECURE_PORT = "SECURE=";
  private static final Duration START = Duration.ofSeconds(60);
  private static final AtomicInteger STARTED = new AtomicInteger();

  private final Process process;
  private final Path standardOutput;
  private final Path standardError;

  private @Nullable Integer port;

  private GatewayProcess(Process process, Path standardOutput, Path standardError) {
    this.process = process;
    this.standardOutput = standardOutput;
    this.standardError = standardError;
  }

  static Builder of(Container container) {
    return new Builder(container.name().toLowerCase(Locale.ROOT), container.mainClass())
        .classPath(container.classPath())
        .arguments(container.arguments());
  }

  /** The port it listens on; waits until it does. */
  public int port() {
    Integer known = port;
    if (known == null) {
      await()
          .atMost(START)
          .pollInterval(Duration.ofMillis(10))
          .until(() -> announcedPort().isPresent() || !process.isAlive());
      known =
          announcedPort()
              .orElseThrow(
                  () -> new AssertionError("the gateway ended before it listened: " + this));
      port = known;
    }
    return known;
  }

  /** The port it listens on for TLS, where it does; waits until it listens. */
  public int securePort() {
    port();
    return announced(SECURE_PORT).orElseThrow();
  }

  /** Another port that it has announced, by the name it gave. */
  public int port(String name) {
    port();
    return announced(name + "=").orElseThrow();
  }

  private Optional<Integer> announcedPort() {
    return announced(PORT);
  }

  private Optional<Integer> announced(String name) {
    return standardOutput().stream()
        .filter(line -> line.startsWith(name))
        .map(line -> Integer.parseInt(line.substring(name.length())))
        .findFirst();
  }

  /** Waits until the agent takes part in requests; until then it passes them through. */
  void awaitAgent(String contextPath) {
    String target = GatewayPairTest.path(contextPath, Style.SYNC, "print") + "?await-agent";
    try (HttpConnection connection = new HttpConnection(port())) {
      await()
          .atMost(START)
          .pollInterval(Duration.ofMillis(20))
          .until(() -> !connection.get(target).values("Cache-Status").isEmpty());
    }
  }

  public long pid() {
    return process.pid();
  }

  /** Stops the JVM where it is: its socket accepts connections, and nothing is answered. */
  public void freeze() {
    signal("-STOP");
  }

  /** Has the JVM go on. */
  public void thaw() {
    signal("-CONT");
  }

  private void signal(String name) {
    try {
      new ProcessBuilder("kill", name, Long.toString(pid())).start().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  ProcessHandle handle() {
    return process.toHandle();
  }

  public List<String> standardOutput() {
    return lines(standardOutput);
  }

  public List<String> standardError() {
    return lines(standardError);
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "pid %d, exit %s%nstdout: %s%nstderr: %s",
        process.pid(),
        process.isAlive() ? "none yet" : process.exitValue(),
        standardOutput(),
        String.join(System.lineSeparator(), standardError()));
  }

  /** What to start. */
  public static final class Builder {
    private final String name;
    private final String mainClass;

    /** Small and quick to start: several gateways share the machine with the tests. */
    private final List<String> jvmOptions =
        new ArrayList<>(List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));

    private List<Path> classPath = List.of();
    private List<String> arguments = List.of();
    private Path javaHome = Path.of(System.getProperty("java.home"));
    private final Map<String, String> environment = new HashMap<>();
    private Path directory = Path.of("").toAbsolutePath();
    private boolean inheriting = true;

    public Builder(String name, String mainClass) {
      this.name = name;
      this.mainClass = mainClass;
    }

    public Builder classPath(List<Path> classPath) {
      this.classPath = List.copyOf(classPath);
      return this;
    }

    public Builder arguments(List<String> arguments) {
      this.arguments = List.copyOf(arguments);
      return this;
    }

    Builder javaHome(Path javaHome) {
      this.javaHome = javaHome;
      return this;
    }

    public Builder jvmOption(String option) {
      jvmOptions.add(option);
      return this;
    }

    /** As the JVM is by itself. */
    public Builder plainJvm() {
      jvmOptions.clear();
      return this;
    }

    /** In a folder that is not the tests'. */
    Builder directory(Path directory) {
      this.directory = directory;
      return this;
    }

    /** With no environment at all: without PATH, HOME and JAVA_HOME. */
    Builder emptyEnvironment() {
      inheriting = false;
      return this;
    }

    /** Adds a variable to the environment that it inherits. */
    Builder environment(String name, String value) {
      environment.put(name, value);
      return this;
    }

    /** With the agent, given its options ({@code key=value}). */
    public Builder agent(String... options) {
      String suffix = options.length == 0 ? "" : "=" + String.join(",", options);
      return jvmOption("-javaagent:" + AgentJar.path() + suffix);
    }

    /** Starts the JVM and returns at once. */
    public GatewayProcess start() {
      List<String> command = new ArrayList<>();
      command.add(javaHome.resolve(Path.of("bin", "java")).toString());
      command.addAll(jvmOptions);
      command.add("-cp");
      command.add(
          classPath.stream()
              .map(path -> path.toAbsolutePath().toString())
              .collect(Collectors.joining(File.pathSeparator)));
      command.add(mainClass);
      command.addAll(arguments);
      Path folder = OUTPUT.resolve(name + "-" + STARTED.incrementAndGet());
      Path standardOutput = folder.resolve("stdout");
      Path standardError = folder.resolve("stderr");
      try {
        Files.createDirectories(folder);
        ProcessBuilder builder =
            new ProcessBuilder(command)
                .redirectOutput(standardOutput.toFile())
                .redirectError(standardError.toFile());
        if (!inheriting) {
          builder.environment().clear();
        }
        builder.environment().putAll(environment);
        builder.directory(directory.toFile());
        return new GatewayProcess(builder.start(), standardOutput, standardError);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
