package dev.slipstream.it.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A JDK that servers run on.
 *
 * @param feature its feature release, as 17
 */
record Jdk(int feature, Path home) {
  /** The one that the tests run on. */
  static Jdk own() {
    return new Jdk(Runtime.version().feature(), Path.of(System.getProperty("java.home")));
  }

  /** One that {@code -DjdkN.home} names, or that lies beside the tests' own. */
  static Jdk of(int feature) {
    String named = System.getProperty("jdk" + feature + ".home");
    if (named != null) {
      return new Jdk(feature, Path.of(named));
    }
    Jdk own = own();
    if (own.feature == feature) {
      return own;
    }
    return beside(own.home).stream()
        .filter(home -> isRelease(home, feature))
        .findFirst()
        .map(home -> new Jdk(feature, home))
        .orElseThrow(
            () ->
                new AssertionError(
                    "no JDK "
                        + feature
                        + " beside "
                        + own.home
                        + ": name one by -Djdk"
                        + feature
                        + ".home=..."));
  }

  Path java() {
    return tool("java");
  }

  Path tool(String name) {
    return home.resolve("bin").resolve(name);
  }

  private static List<Path> beside(Path home) {
    try (Stream<Path> homes = Files.list(home.toRealPath().getParent())) {
      return homes.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isRelease(Path home, int feature) {
    Path release = home.resolve("release");
    try {
      return Files.isRegularFile(release)
          && Files.exists(home.resolve("bin/javac"))
          && Files.readString(release).contains("JAVA_VERSION=\"" + feature + ".");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return "JDK " + feature;
  }
}
