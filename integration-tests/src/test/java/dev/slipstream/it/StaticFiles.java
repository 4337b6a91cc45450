package dev.slipstream.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Files that the containers' own servlets deliver. */
final class StaticFiles {
  static final Path FOLDER = write();

  private StaticFiles() {}

  private static Path write() {
    Path folder = Path.of("target", "fixture", "files");
    String large =
        IntStream.range(0, 2500)
            .mapToObj(line -> "line " + line + " of a file that is large enough for sendfile\n")
            .collect(Collectors.joining());
    try {
      Files.createDirectories(folder.resolve("static"));
      for (String[] file :
          new String[][] {{"small.txt", "A small file.\n"}, {"large.txt", large}}) {
        Path path = Files.writeString(folder.resolve("static").resolve(file[0]), file[1]);
        Files.setLastModifiedTime(path, FileTime.from(Instant.parse("2020-02-29T12:34:56Z")));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return folder;
  }
}
