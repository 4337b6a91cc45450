package dev.slipstream.it.page;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A jar of ours in a JVM of its own, which says {@code ready on URL} once it listens. */
public final class JarProcess implements AutoCloseable {
  private static final Path OUTPUT = Path.of("target", "page");
  private static final Pattern READY = Pattern.compile("ready on (https?://\\S+)");
  private static final Duration START = Duration.ofSeconds(60);

  private final String name;
  private final Process process;
  private final String url;

  private JarProcess(String name, Process process, String url) {
    this.name = name;
    this.process = process;
    this.url = url;
  }

  /** Starts it and waits until it listens. Its output is in {@code target/page/}. */
  public static JarProcess start(
      String name, Path jar, List<String> options, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(options);
    command.addAll(List.of("-jar", existing(jar).toString()));
    command.addAll(arguments);
    return start(name, command, Map.of());
  }

  /** The same, of a JVM that has no options but those of its environment. */
  public static JarProcess start(
      String name, Path jar, Map<String, String> environment, List<String> arguments) {
    List<String> command = new ArrayList<>(List.of("-jar", existing(jar).toString()));
    command.addAll(arguments);
    return start(name, command, environment);
  }

  private static JarProcess start(
      String name, List<String> arguments, Map<String, String> environment) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(arguments);
    Path output = OUTPUT.resolve(name + ".out");
    try {
      Files.createDirectories(OUTPUT);
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .redirectOutput(output.toFile())
              .redirectError(OUTPUT.resolve(name + ".err").toFile());
      builder.environment().putAll(environment);
      Process process = builder.start();
      Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly, "end " + name));
      await().atMost(START).until(() -> ready(output).find() || !process.isAlive());
      Matcher ready = ready(output);
      if (!ready.find()) {
        throw new AssertionError(name + " ended before it listened: see " + OUTPUT);
      }
      return new JarProcess(name, process, ready.group(1));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Matcher ready(Path output) throws IOException {
    return READY.matcher(Files.readString(output));
  }

  private static Path existing(Path jar) {
    Path file = jar.toAbsolutePath().normalize();
    if (!Files.isRegularFile(file)) {
      throw new AssertionError("There is no " + file + ": run ./mvnw package first");
    }
    return file;
  }

  public long pid() {
    return process.pid();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** What it has said on standard error. */
  public String standardError() {
    try {
      return Files.readString(OUTPUT.resolve(name + ".err"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where it listens, without a slash at the end. */
  public String url() {
    return url;
  }

  /** Stops the JVM where it is: connections are accepted, and nothing is answered. */
  public void freeze() {
    signal("-STOP");
  }

  /** Has the JVM go on. */
  public void thaw() {
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

  /** Ends it as kill -9 does. */
  void kill() {
    process.destroyForcibly();
    waitFor();
  }

  @Override
  public void close() {
    process.destroy();
    waitFor();
  }

  private void waitFor() {
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
