package dev.slipstream.engine.monitor;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the small files in which Linux tells of itself; one that cannot be read is empty. */
final class KernelFile {
  private KernelFile() {}

  static List<String> lines(Path file) {
    try {
      return Files.exists(file) ? Files.readAllLines(file, StandardCharsets.ISO_8859_1) : List.of();
    } catch (IOException e) {
      return List.of();
    }
  }

  static String firstLine(Path file) {
    if (!Files.exists(file)) {
      return "";
    }
    try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
      String line = reader.readLine();
      return line == null ? "" : line;
    } catch (IOException e) {
      return "";
    }
  }

  /** The number after a name and white space, in the first line that begins so. */
  static @Nullable Long field(List<String> lines, String name) {
    for (String line : lines) {
      if (line.startsWith(name)
          && line.length() > name.length()
          && line.charAt(name.length()) == ' ') {
        return number(line.substring(name.length()).strip().split(" ", -1)[0]);
      }
    }
    return null;
  }

  /** The same in a file. */
  static @Nullable Long field(Path file, String name) {
    return field(lines(file), name);
  }

  /** The number that is all there is in a file. */
  static @Nullable Long number(Path file) {
    return number(firstLine(file));
  }

  /** A number; null for a word, as {@code max}. */
  static @Nullable Long number(String text) {
    try {
      return Long.valueOf(text.strip());
    } catch (NumberFormatException e) {
      return null;
    }
  }
}
