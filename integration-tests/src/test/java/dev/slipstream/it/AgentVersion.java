package dev.slipstream.it;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;

/** The agent's jar as that of another version, which says so. */
final class AgentVersion {
  private static final String VERSION_FILE = "inst/dev/slipstream/agent/version.txt";

  private AgentVersion() {}

  /** Writes the jar of a version to a file, or over it. */
  static Path write(String version, Path file) throws IOException {
    try (JarFile jar = new JarFile(AgentJar.path().toFile());
        OutputStream out = Files.newOutputStream(file);
        JarOutputStream copy = new JarOutputStream(out)) {
      copy.setLevel(1);
      Enumeration<JarEntry> entries = jar.entries();
      while (entries.hasMoreElements()) {
        JarEntry entry = entries.nextElement();
        copy.putNextEntry(new JarEntry(entry.getName()));
        copy.write(
            entry.getName().equals(VERSION_FILE)
                ? version.getBytes(StandardCharsets.UTF_8)
                : jar.getInputStream(entry).readAllBytes());
      }
    }
    return file;
  }
}
