package dev.slipstream.it.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Prometheus' own checker. Where there is none, tests are skipped and say so; where the environment
 * has {@code CI} they fail.
 */
final class Promtool {
  private Promtool() {}

  /** Runs it with arguments; fails with what it says where it finds something wrong. */
  static void run(String... arguments) throws IOException, InterruptedException {
    Optional<Path> executable = executable();
    if (executable.isEmpty()) {
      String missing = "There is no promtool on the PATH: it is in Debian's package prometheus";
      assertThat(System.getenv("CI")).as(missing).isNull();
      assumeTrue(false, missing + "; the alerts are NOT tested");
    }
    List<String> command =
        Stream.concat(executable.stream().map(Path::toString), Stream.of(arguments)).toList();
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(String.join(" ", command) + "\n" + said).isZero();
  }

  private static Optional<Path> executable() {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
        .map(folder -> Path.of(folder, "promtool"))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
