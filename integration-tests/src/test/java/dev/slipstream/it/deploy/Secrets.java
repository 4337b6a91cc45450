package dev.slipstream.it.deploy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** {@code deploy/secrets.sh}, as an operator runs it. */
final class Secrets {
  private Secrets() {}

  /** Has it make the secrets in a folder; returns what it says. */
  static String makeIn(Path folder) throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder("sh", Deploy.FOLDER.resolve("secrets.sh").toString(), folder.toString())
            .redirectErrorStream(true);
    String keytool = Path.of(System.getProperty("java.home"), "bin").toString();
    builder.environment().merge("PATH", keytool, (path, first) -> first + ":" + path);
    Process process = builder.start();
    String output =
        new String(
            process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    if (!process.waitFor(30, TimeUnit.SECONDS) || process.exitValue() != 0) {
      throw new AssertionError("secrets.sh failed: " + output);
    }
    return output;
  }
}
