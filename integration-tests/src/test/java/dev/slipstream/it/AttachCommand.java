package dev.slipstream.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The command line of an agent's jar, in a JVM of its own. */
final class AttachCommand {
  private static final int LONGEST_SECONDS = 90;

  private AttachCommand() {}

  /** What came of a command. */
  record Outcome(int status, String output, String errors) {
    Outcome succeeded() {
      assertThat(status).as(toString()).isZero();
      assertThat(errors).isEmpty();
      return this;
    }
  }

  static Outcome run(String... arguments) throws Exception {
    return run(AgentJar.path(), arguments);
  }

  static Outcome run(Path jar, String... arguments) throws Exception {
    return run(List.of(), jar, arguments);
  }

  static Outcome run(List<String> jvmOptions, Path jar, String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:TieredStopAtLevel=1");
    command.addAll(jvmOptions);
    command.add("-jar");
    command.add(jar.toString());
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).start();
    try {
      process.getOutputStream().close();
      // Less than a pipe holds, so that neither waits for the other.
      String output = text(process.getInputStream().readAllBytes());
      String errors = text(process.getErrorStream().readAllBytes());
      assertThat(process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)).isTrue();
      return new Outcome(process.exitValue(), output, errors);
    } finally {
      process.destroyForcibly();
    }
  }

  static Outcome attach(GatewayProcess gateway, String... options) throws Exception {
    return options.length == 0
        ? run("attach", pid(gateway))
        : run("attach", pid(gateway), String.join(",", options));
  }

  static Outcome detach(GatewayProcess gateway) throws Exception {
    return run("detach", pid(gateway));
  }

  /** The line of {@code list} that is about a process. */
  static String listed(GatewayProcess gateway) throws Exception {
    return run("list")
        .succeeded()
        .output
        .lines()
        .filter(line -> line.strip().startsWith(pid(gateway) + " "))
        .findFirst()
        .orElse("");
  }

  static String pid(GatewayProcess gateway) {
    return Long.toString(gateway.pid());
  }

  private static String text(byte[] bytes) throws IOException {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
