package dev.slipstream.it.shared;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;

/** What was measured, line by line in a file below {@code target/}. */
record Figures(Path file) {
  /** Begins a file anew. */
  static Figures begin(String name) {
    Path file = Path.of("target", name + ".txt");
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Figures(file);
  }

  void note(String format, Object... values) {
    String line = String.format(Locale.ROOT, format, values) + System.lineSeparator();
    try {
      Files.writeString(file, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    System.out.print(line);
  }
}
