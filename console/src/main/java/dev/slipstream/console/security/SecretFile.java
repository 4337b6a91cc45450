package dev.slipstream.console.security;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A file with a secret: one that others can read, or change, is refused. Its group may read it, as
 * Kubernetes has it with {@code fsGroup}. Where a file system has no such permissions nothing is
 * checked.
 */
public final class SecretFile {
  private static final int LARGEST = 64 << 10;

  private static final Set<PosixFilePermission> REFUSED =
      EnumSet.of(
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE);

  private SecretFile() {}

  /**
   * Reads it.
   *
   * @throws IOException if it cannot be read or is refused; the message says what to do
   */
  public static String read(Path file) throws IOException {
    check(file);
    byte[] bytes;
    try (InputStream stream = Files.newInputStream(file)) {
      bytes = stream.readNBytes(LARGEST + 1);
    }
    if (bytes.length > LARGEST) {
      throw new IOException(file + " is larger than 64 kB");
    }
    return new String(bytes, UTF_8);
  }

  /**
   * Its first line, without blanks around it.
   *
   * @throws IOException if it cannot be read, is refused, or has none
   */
  public static String firstLine(Path file) throws IOException {
    String line = read(file).lines().findFirst().orElse("").strip();
    if (line.isEmpty()) {
      throw new IOException(file + " is empty: its first line has to be the secret");
    }
    return line;
  }

  /**
   * Looks at its permissions without reading it.
   *
   * @throws IOException if it is not there or refused; the message says what to do
   */
  public static void check(Path file) throws IOException {
    @Nullable PosixFileAttributeView view =
        Files.getFileAttributeView(file, PosixFileAttributeView.class);
    if (!Files.exists(file)) {
      throw new NoSuchFileException(file + " does not exist");
    }
    if (!Files.isReadable(file)) {
      throw new AccessDeniedException(file + " may not be read by this user");
    }
    if (view == null) {
      return;
    }
    Set<PosixFilePermission> permissions = view.readAttributes().permissions();
    if (permissions.stream().anyMatch(REFUSED::contains)) {
      throw new AccessDeniedException(
          file + " can be read or changed by others: chmod 600 " + file);
    }
  }
}
