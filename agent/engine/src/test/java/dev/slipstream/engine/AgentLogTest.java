package dev.slipstream.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipstream.config.LogLevel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AgentLogTest {
  private static final String START = "[slipstream] 2026-03-01T12:00:00Z ";

  private final MutableClock clock = new MutableClock();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  @TempDir Path directory;

  @Test
  void info_isOneLineWithPrefixTimeAndLevel() {
    log(LogLevel.DEBUG).info("hello, wörld");

    assertThat(out.toString(StandardCharsets.UTF_8))
        .isEqualTo(START + "INFO hello, wörld" + System.lineSeparator());
  }

  @Test
  void close_ofAFile_endsIt() throws IOException {
    Path file = directory.resolve("agent.log");
    AgentLog log = AgentLog.to(file, LogLevel.INFO, clock);
    log.info("before");
    log.close();
    log.info("after");
    log.close();

    assertThat(file).content().contains("before").doesNotContain("after");
  }

  @Test
  void info_timeIsTheClocks() {
    AgentLog log = log(LogLevel.INFO);
    clock.advance(java.time.Duration.ofNanos(1_234_567_890));
    log.info("later");

    assertThat(lines()).containsExactly("[slipstream] 2026-03-01T12:00:01.234Z INFO later");
  }

  @ParameterizedTest
  @CsvSource({
    "DEBUG, DEBUG INFO WARN ERROR",
    "INFO, INFO WARN ERROR",
    "WARN, WARN ERROR",
    "ERROR, ERROR",
  })
  void write_belowTheThreshold_isLeftOut(LogLevel threshold, String expected) {
    AgentLog log = log(threshold);
    log.debug("x");
    log.info("x");
    log.warn("x");
    log.error("x", new IllegalStateException("boom"));

    String levels =
        String.join(
            " ",
            lines().stream()
                .filter(line -> line.startsWith(START) && line.contains(" x"))
                .map(line -> line.substring(START.length(), line.indexOf(" x")))
                .toList());
    assertThat(levels).isEqualTo(expected);
  }

  @Test
  void error_hasCauseAndStack() {
    log(LogLevel.INFO)
        .error("it failed", new IllegalStateException("boom", new IOException("the cause")));

    assertThat(lines().get(0))
        .isEqualTo(START + "ERROR it failed: java.lang.IllegalStateException: boom");
    assertThat(lines())
        .anyMatch(line -> line.contains("at " + AgentLogTest.class.getName()))
        .anyMatch(line -> line.contains("Caused by: java.io.IOException: the cause"));
  }

  /** Standard error is the application's too: each line says whose it is. */
  @Test
  void write_severalLines_eachBeginsWithThePrefix() {
    AgentLog log = log(LogLevel.INFO);
    log.error("it failed", new IllegalStateException("boom\nsecond line"));
    log.warn("one\ntwo\r\nthree");

    assertThat(lines()).hasSizeGreaterThan(5).allMatch(line -> line.startsWith("[slipstream] "));
  }

  @Test
  void to_file_isAppendedTo() throws IOException {
    Path file = directory.resolve("agent.log");
    Files.writeString(file, "before\n");

    AgentLog.to(file, LogLevel.INFO, clock).info("one");
    AgentLog.to(file, LogLevel.INFO, clock).info("two");

    assertThat(Files.readAllLines(file))
        .containsExactly("before", START + "INFO one", START + "INFO two");
  }

  @Test
  void write_streamThatFails_isPassedOver() {
    OutputStream full =
        new OutputStream() {
          @Override
          public void write(int one) throws IOException {
            out.write(one);
            throw new IOException("no space left");
          }
        };

    AgentLog.to(full, LogLevel.INFO, clock).info("x");

    assertThat(out.size()).isEqualTo(1);
  }

  private AgentLog log(LogLevel threshold) {
    return AgentLog.to(out, threshold, clock);
  }

  private List<String> lines() {
    return out.toString(StandardCharsets.UTF_8).lines().toList();
  }
}
