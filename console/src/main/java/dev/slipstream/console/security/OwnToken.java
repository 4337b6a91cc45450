package dev.slipstream.console.security;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * The console's own token, an operator's, in a file of its user's.
 *
 * @param made whether it was made just now
 */
public record OwnToken(String token, boolean made) {

  /** Its name in the audit log. */
  public static final String NAME = "console";

  /**
   * Reads it, or makes it: the file appears at once and whole, with mode 0600, in a folder that is
   * made with mode 0700 if it was not there.
   *
   * @throws IOException if that is not possible; the message says what to do
   */
  public static OwnToken in(Path file) throws IOException {
    if (Files.exists(file)) {
      return read(file);
    }
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null) {
      throw new IOException(file + " is no file");
    }
    Files.createDirectories(folder, mode(folder, "rwx------"));
    String token = Token.make();
    Path fresh = Files.createTempFile(folder, ".token", "", mode(folder, "rw-------"));
    try {
      Files.write(fresh, (token + "\n").getBytes(US_ASCII));
      appear(fresh, file);
    } catch (FileAlreadyExistsException e) {
      return read(file); // Another console was a moment faster.
    } finally {
      Files.deleteIfExists(fresh);
    }
    return new OwnToken(token, true);
  }

  /**
   * A link fails where the name is taken; a move looks first, and may come late. File systems
   * without links (vfat, some of networks) refuse them with errors of their own.
   */
  private static void appear(Path fresh, Path file) throws IOException {
    try {
      Files.createLink(file, fresh);
    } catch (FileAlreadyExistsException e) {
      throw e;
    } catch (FileSystemException | UnsupportedOperationException e) {
      Files.move(fresh, file);
    }
  }

  private static OwnToken read(Path file) throws IOException {
    String token = SecretFile.firstLine(file);
    if (!Token.isAcceptable(token)) {
      throw new IOException(
          file
              + " has no token of at least 32 characters in its first line: remove it for a new one");
    }
    return new OwnToken(token, false);
  }

  private static FileAttribute<?>[] mode(Path path, String permissions) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }

  @Override
  public String toString() {
    return "OwnToken[made=" + made + "]";
  }
}
