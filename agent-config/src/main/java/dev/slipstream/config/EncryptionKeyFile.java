package dev.slipstream.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A file with keys to encrypt with, one on a line, blank lines and comments left out. */
final class EncryptionKeyFile {

  /** What is accepted, in words. */
  static final String ACCEPTED =
      "a readable file with at least one key, one on a line: " + EncryptionKey.ACCEPTED;

  private static final int LARGEST_FILE = 64 << 10;

  private EncryptionKeyFile() {}

  /** Returns the keys that are set elsewhere, and those of the file after them. */
  static List<EncryptionKey> read(Path file, List<EncryptionKey> before)
      throws InvalidValueException {
    List<String> texts = new ArrayList<>();
    for (String line : text(file).split("\\R", -1)) {
      if (!line.isBlank() && !line.strip().startsWith("#")) {
        texts.add(line.strip());
      }
    }
    if (texts.isEmpty()) {
      throw new InvalidValueException("has no key");
    }
    return EncryptionKey.together(before, EncryptionKey.parseAll(texts));
  }

  private static String text(Path file) throws InvalidValueException {
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file)) {
      bytes = in.readNBytes(LARGEST_FILE + 1);
    } catch (IOException | SecurityException e) {
      throw new InvalidValueException("cannot be read");
    }
    if (bytes.length > LARGEST_FILE) {
      throw new InvalidValueException("is larger than 64KB");
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
