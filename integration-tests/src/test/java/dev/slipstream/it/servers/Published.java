package dev.slipstream.it.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What others publish in Maven's repository, fetched once into a folder of this machine's: {@code
 * ~/.cache/slipstream-servers}, unless {@code -Dservers.cache} says otherwise.
 */
public final class Published {
  private static final String PLUGIN = "org.apache.maven.plugins:maven-dependency-plugin:3.11.0:";

  private Published() {}

  static Path cache() {
    String named = System.getProperty("servers.cache");
    return named != null
        ? Path.of(named).toAbsolutePath()
        : Path.of(System.getProperty("user.home"), ".cache", "slipstream-servers");
  }

  /** The file of {@code group:artifact:version:type[:classifier]}. */
  public static Path file(String coordinates) {
    Path folder = cache().resolve("files").resolve(coordinates.replace(':', '_'));
    if (!isFilled(folder)) {
      run(PLUGIN + "copy", "-Dartifact=" + coordinates, "-DoutputDirectory=" + folder);
    }
    return only(folder);
  }

  /** The folder that a distribution consists of, unpacked. */
  static Path distribution(String coordinates) {
    Path folder = cache().resolve("distributions").resolve(coordinates.replace(':', '_'));
    if (!isFilled(folder)) {
      Path unfinished = folder.resolveSibling(folder.getFileName() + ".unfinished");
      run(PLUGIN + "unpack", "-Dartifact=" + coordinates, "-DoutputDirectory=" + unfinished);
      try {
        Files.move(unfinished, folder);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return only(folder);
  }

  /** Runs this build's own Maven, beyond any project. */
  static void run(String... arguments) {
    run(cache(), arguments);
  }

  /** Runs this build's own Maven on the project in a folder. */
  static void run(Path folder, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of("..", "mvnw").toAbsolutePath().normalize().toString());
    command.addAll(List.of("-B", "-q", "-ntp"));
    String repository = System.getProperty("localRepository");
    if (repository != null) {
      command.add("-Dmaven.repo.local=" + repository);
    }
    command.addAll(List.of(arguments));
    try {
      Files.createDirectories(folder);
      Path log = Files.createTempFile(folder, "maven", ".log");
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(log.toFile());
      builder.environment().put("JAVA_HOME", Jdk.own().home().toString());
      int exit = builder.start().waitFor();
      String said = Files.readString(log);
      Files.delete(log);
      if (exit != 0) {
        throw new AssertionError(String.join(" ", command) + " ended with " + exit + ": " + said);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static boolean isFilled(Path folder) {
    return Files.isDirectory(folder) && !list(folder).isEmpty();
  }

  private static Path only(Path folder) {
    List<Path> files = list(folder);
    return files.size() == 1 ? files.get(0) : folder;
  }

  private static List<Path> list(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
