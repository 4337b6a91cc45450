package dev.slipstream.attach;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The jar that this code is from. */
final class OwnJar {
  private static final String VERSION = "dev/slipstream/agent/version.txt";

  private OwnJar() {}

  static Path path() {
    URL jar = OwnJar.class.getProtectionDomain().getCodeSource().getLocation();
    return Path.of(URI.create(jar.toString())).toAbsolutePath();
  }

  static String version() {
    try (InputStream in = OwnJar.class.getClassLoader().getResourceAsStream(VERSION)) {
      return in == null ? "unknown" : new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      return "unknown (" + e + ")";
    }
  }
}
