package dev.slipstream.console.security;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/** A file of tokens by their hashes: {@code name:role:sha256} on a line, {@code #} for comments. */
public final class TokensFile {
  private TokensFile() {}

  /**
   * Reads it.
   *
   * @throws IOException if it cannot be read or understood; the message says where and why
   */
  public static List<KnownToken> read(Path file) throws IOException {
    List<KnownToken> tokens = new ArrayList<>();
    int number = 0;
    for (String line : SecretFile.read(file).split("\\R", -1)) {
      number++;
      String text = line.strip();
      if (text.isEmpty() || text.startsWith("#")) {
        continue;
      }
      try {
        tokens.add(KnownToken.parse(text));
      } catch (IllegalArgumentException e) {
        throw new IOException(file + ":" + number + ": " + e.getMessage());
      }
    }
    return tokens;
  }

  /** Adds a token at its end; a file that is not there yet is made with mode 0600. */
  public static void add(Path file, KnownToken token) throws IOException {
    if (Files.exists(file)) {
      List<KnownToken> all = new ArrayList<>(read(file));
      all.add(token);
      Tokens.of(all);
    } else if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }
    String before = Files.exists(file) ? Files.readString(file) : "";
    String separator = before.isEmpty() || before.endsWith("\n") ? "" : "\n";
    Files.write(
        file,
        (separator + token.line() + "\n").getBytes(US_ASCII),
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }
}
