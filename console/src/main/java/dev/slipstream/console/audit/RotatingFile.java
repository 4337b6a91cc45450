package dev.slipstream.console.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * A file of lines that is only appended to. Over a size it becomes {@code name.1}, what was that
 * {@code name.2}, and so on; the last goes. Its mode is 0600. Thread-safe.
 */
final class RotatingFile implements AutoCloseable {
  private static final Set<StandardOpenOption> APPENDING =
      EnumSet.of(StandardOpenOption.CREATE, StandardOpenOption.APPEND);

  private final Path path;
  private final long largest;
  private final int kept;
  private FileChannel channel;
  private long size;

  private RotatingFile(Path path, long largest, int kept) throws IOException {
    this.path = path;
    this.largest = largest;
    this.kept = kept;
    this.channel = FileChannel.open(path, APPENDING, ownerOnly(path));
    this.size = channel.size();
  }

  /**
   * Opens it.
   *
   * @param largest bytes after which another is begun
   * @param kept how many full ones are kept
   */
  static RotatingFile open(Path path, long largest, int kept) throws IOException {
    boolean cut = Files.exists(path) && !endsWithALine(path);
    RotatingFile file = new RotatingFile(path, largest, kept);
    if (cut) {
      file.append(""); // The process ended within a line; the next is one of its own.
    }
    return file;
  }

  /** Adds a line, which has no line break. */
  synchronized void append(String line) throws IOException {
    byte[] bytes = (line + "\n").getBytes(UTF_8);
    if (!channel.isOpen()) {
      open(); // An interrupt or a failed rotation closes it.
    }
    if (size > 0 && size + bytes.length > largest) {
      rotate();
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    while (buffer.hasRemaining()) {
      size += channel.write(buffer);
    }
  }

  /** The last lines, from the full one before it too if need be; at most so many. */
  synchronized List<String> tail(int most, int bytesRead) throws IOException {
    List<String> lines = new ArrayList<>();
    Path before = numbered(1);
    if (Files.exists(before)) {
      lines.addAll(end(before, bytesRead));
    }
    lines.addAll(end(path, bytesRead));
    return lines.subList(Math.max(0, lines.size() - most), lines.size());
  }

  private void rotate() throws IOException {
    channel.close();
    for (int number = kept - 1; number >= 1; number--) {
      if (Files.exists(numbered(number))) {
        Files.move(numbered(number), numbered(number + 1), StandardCopyOption.REPLACE_EXISTING);
      }
    }
    if (Files.exists(path)) {
      Files.move(path, numbered(1), StandardCopyOption.REPLACE_EXISTING);
    }
    open();
  }

  private void open() throws IOException {
    channel = FileChannel.open(path, APPENDING, ownerOnly(path));
    size = channel.size();
  }

  private Path numbered(int number) {
    return path.resolveSibling(path.getFileName() + "." + number);
  }

  private static List<String> end(Path file, int most) throws IOException {
    try (RandomAccessFile reading = new RandomAccessFile(file.toFile(), "r")) {
      long start = Math.max(0, reading.length() - most);
      byte[] bytes = new byte[(int) (reading.length() - start)];
      reading.seek(start);
      reading.readFully(bytes);
      List<String> lines = new String(bytes, UTF_8).lines().toList();
      return start == 0 || lines.isEmpty() ? lines : lines.subList(1, lines.size());
    }
  }

  private static boolean endsWithALine(Path file) throws IOException {
    try (RandomAccessFile reading = new RandomAccessFile(file.toFile(), "r")) {
      if (reading.length() == 0) {
        return true;
      }
      reading.seek(reading.length() - 1);
      return reading.read() == '\n';
    }
  }

  private static FileAttribute<?>[] ownerOnly(Path path) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }

  @Override
  public synchronized void close() throws IOException {
    channel.close();
  }
}
