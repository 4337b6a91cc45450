package dev.slipstream.console.fake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program on the test's class path in a JVM of its own; its output is in {@code target/}. */
public final class JavaProcess implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Process process;
  private final Path out;
  private final Path err;

  private JavaProcess(Process process, Path out, Path err) {
    this.process = process;
    this.out = out;
    this.err = err;
  }

  public static JavaProcess start(Class<?> main, String... arguments) throws IOException {
    Path folder = Files.createDirectories(Path.of("target", "processes"));
    Path out = Files.createTempFile(folder, main.getSimpleName(), ".out");
    Path err = Files.createTempFile(folder, main.getSimpleName(), ".err");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx128m", "-XX:TieredStopAtLevel=1"));
    command.add("-Djava.rmi.server.hostname=127.0.0.1");
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(main.getName());
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    return new JavaProcess(process, out, err);
  }

  /** The first line of standard output that begins so, without the beginning; waits for it. */
  public String announced(String beginning) {
    await()
        .atMost(PATIENCE)
        .until(() -> !process.isAlive() || out().stream().anyMatch(l -> l.startsWith(beginning)));
    return out().stream()
        .filter(line -> line.startsWith(beginning))
        .map(line -> line.substring(beginning.length()))
        .findFirst()
        .orElseThrow(() -> new AssertionError("it ended: " + err()));
  }

  /** Its exit status; waits for it. */
  public int exitStatus() throws InterruptedException {
    if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError("it did not end: " + out() + err());
    }
    return process.exitValue();
  }

  public ProcessHandle handle() {
    return process.toHandle();
  }

  /** Sends a signal by its name, where there are signals. */
  public void signal(String name) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
  }

  public List<String> out() {
    return lines(out);
  }

  public List<String> err() {
    return lines(err);
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file, UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends it at once, as a crash would. */
  public void kill() {
    process.destroyForcibly();
    process.onExit().join();
  }

  @Override
  public void close() {
    kill();
  }
}
