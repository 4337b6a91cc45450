package dev.slipstream.it;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A process whose time and memory are read from {@code /proc}.
 *
 * <p>It prints {@code PORT=n} once it is up, and ends when its standard input does.
 */
final class MeasuredProcess implements AutoCloseable {
  private static final String PORT = "PORT=";
  private static final int MILLIS_A_TICK = 10; // USER_HZ, which is 100 on every Linux

  private final long started;
  private final Process process;
  private final BufferedReader output;

  private MeasuredProcess(long started, Process process) {
    this.started = started;
    this.process = process;
    this.output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  static MeasuredProcess start(List<String> command) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
    return new MeasuredProcess(System.nanoTime(), builder.start());
  }

  /** Waits until it is up, and returns its port. */
  int port() throws IOException {
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      if (line.startsWith(PORT)) {
        return Integer.parseInt(line.substring(PORT.length()));
      }
    }
    throw new IOException("the process ended: " + process.info());
  }

  /** The time since it was started. */
  double wallMillis() {
    return (System.nanoTime() - started) / 1e6;
  }

  /** What all its threads have used, those that have ended included; to 10 ms. */
  double cpuMillis() throws IOException {
    String stat = Files.readString(file("stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    long ticks = Long.parseLong(fields[11]) + Long.parseLong(fields[12]); // utime, stime
    return ticks * MILLIS_A_TICK;
  }

  /** What it has in memory now. */
  double residentMegabytes() throws IOException {
    for (String line : Files.readAllLines(file("status"))) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("\\D", "")) / 1024.0;
      }
    }
    throw new IOException("no VmRSS");
  }

  private Path file(String name) {
    return Path.of("/proc", Long.toString(process.pid()), name);
  }

  @Override
  public void close() throws IOException {
    process.getOutputStream().close();
    process.onExit().join();
    output.close();
  }
}
