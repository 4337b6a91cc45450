package dev.slipstream.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A servlet container that the application runs in. */
enum Container {
  TOMCAT_9("tomcat-9"),
  TOMCAT_11("tomcat-11"),
  /** An ee10 and an ee8 context in one JVM. */
  JETTY_12("jetty-12");

  private final String folder;

  Container(String folder) {
    this.folder = folder;
  }

  /** The paths of its contexts; each is named for its Servlet API. */
  List<String> contextPaths() {
    return switch (this) {
      case TOMCAT_9 -> List.of("/javax");
      case TOMCAT_11 -> List.of("/jakarta");
      case JETTY_12 -> List.of("/jakarta", "/javax");
    };
  }

  List<Path> classPath() {
    try (Stream<Path> jars = Files.list(Path.of("target", "containers", folder))) {
      return Stream.concat(classes().stream(), jars.sorted()).toList();
    } catch (IOException e) {
      throw new UncheckedIOException("run generate-test-resources first", e);
    }
  }

  private List<Path> classes() {
    return switch (this) {
      case TOMCAT_9 -> List.of(FixtureClasses.javax());
      case TOMCAT_11 -> List.of(FixtureClasses.jakarta());
      case JETTY_12 -> List.of(FixtureClasses.jakarta(), FixtureClasses.javaxBesideJakarta());
    };
  }

  String mainClass() {
    return FixtureClasses.PACKAGE + (this == JETTY_12 ? ".JettyMain" : ".TomcatMain");
  }

  List<String> arguments() {
    String first = this == JETTY_12 ? FixtureClasses.PACKAGE_BESIDE_JAKARTA : contextPaths().get(0);
    return List.of(first, StaticFiles.FOLDER.toString());
  }
}
