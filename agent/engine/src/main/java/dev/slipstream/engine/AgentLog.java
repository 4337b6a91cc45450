package dev.slipstream.engine;

import dev.slipstream.config.LogLevel;
import java.io.Closeable;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * The agent's own log: lines that begin with {@code [slipstream]}, on the process's standard error
 * or in a file.
 *
 * <p>It uses no logging framework, since the application owns those, and writes to the descriptor,
 * not to {@link System#err}, which the application may have replaced. Thread-safe; never throws.
 */
public final class AgentLog implements AutoCloseable {
  private static final String PREFIX = "[slipstream] ";

  private final OutputStream out;
  private final Closeable file;
  private final LogLevel threshold;
  private final InstantSource clock;

  private AgentLog(OutputStream out, Closeable file, LogLevel threshold, InstantSource clock) {
    this.out = out;
    this.file = file;
    this.threshold = threshold;
    this.clock = clock;
  }

  /** A log on standard error. */
  public static AgentLog toStandardError(LogLevel threshold, InstantSource clock) {
    return new AgentLog(new FileOutputStream(FileDescriptor.err), () -> {}, threshold, clock);
  }

  /** A log that is appended to a file, or on standard error where that cannot be written. */
  public static AgentLog to(@Nullable Path file, LogLevel threshold, InstantSource clock) {
    if (file == null) {
      return toStandardError(threshold, clock);
    }
    try {
      OutputStream out =
          Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      return new AgentLog(out, out, threshold, clock);
    } catch (IOException e) {
      AgentLog log = toStandardError(threshold, clock);
      log.warn("log_file " + file + " cannot be written (" + e + "): logging to standard error");
      return log;
    }
  }

  /** A log that a test reads. */
  static AgentLog to(OutputStream out, LogLevel threshold, InstantSource clock) {
    return new AgentLog(out, out, threshold, clock);
  }

  /** Something for the one who looks for a cause. */
  public void debug(String message) {
    write(LogLevel.DEBUG, message);
  }

  /** Something an operator may want to know. */
  public void info(String message) {
    write(LogLevel.INFO, message);
  }

  /** Something an operator should look at. */
  public void warn(String message) {
    write(LogLevel.WARN, message);
  }

  /** An error of ours, with its cause. */
  public void error(String message, Throwable cause) {
    StringWriter text = new StringWriter();
    text.append(message).append(": ");
    cause.printStackTrace(new PrintWriter(text));
    write(LogLevel.ERROR, text.toString().stripTrailing());
  }

  /** Closes the log's file, after which nothing is written. Standard error stays open. */
  @Override
  public void close() {
    try {
      file.close();
    } catch (IOException e) {
      return; // nothing is held back that could be lost
    }
  }

  private void write(LogLevel level, String message) {
    if (level.compareTo(threshold) < 0) {
      return;
    }
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    String end = System.lineSeparator();
    String text = message.replaceAll("\\R", end + PREFIX);
    String line = PREFIX + now + " " + level + " " + text + end;
    byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
    synchronized (out) {
      try {
        out.write(bytes);
        out.flush();
      } catch (IOException e) {
        // A log that cannot be written has nowhere to say so, and is no reason to fail a request.
        return;
      }
    }
  }
}
