package dev.slipstream.it.jaxrs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** A server of an implementation's own that the application runs on. */
enum RestServer {
  JERSEY_2_JDK("jersey-2", Unable.TO_SUSPEND, Unable.TO_COMPLETE, Unable.TO_SEND_EVENTS),
  JERSEY_2_GRIZZLY("jersey-2"),
  JERSEY_3_JDK("jersey-3", Unable.TO_SUSPEND, Unable.TO_COMPLETE, Unable.TO_SEND_EVENTS),
  JERSEY_3_GRIZZLY("jersey-3"),
  JERSEY_3_NETTY("jersey-3"),
  JERSEY_3_JETTY("jersey-3"),
  JERSEY_4_GRIZZLY("jersey-4", Unable.TO_SEND_EVENTS),
  RESTEASY_3_JDK("resteasy-3", Unable.TO_SUSPEND, Unable.TO_COMPLETE, Unable.TO_SEND_EVENTS),
  RESTEASY_3_NETTY("resteasy-3"),
  RESTEASY_4_JDK("resteasy-4", Unable.TO_SUSPEND, Unable.TO_COMPLETE, Unable.TO_SEND_EVENTS),
  /** A servlet: the servlet's exchange caches. */
  RESTEASY_6_UNDERTOW("resteasy-6"),
  RESTEASY_6_NETTY("resteasy-6", Unable.TO_CACHE),
  /** A servlet, too. */
  RESTEASY_7_UNDERTOW("resteasy-7"),
  CXF_3_JETTY("cxf-3"),
  /** A servlet, too, other than that of CXF 3. */
  CXF_4_JETTY("cxf-4");

  /** What is not to be had there, with the agent or without. */
  enum Unable {
    TO_SUSPEND,
    TO_COMPLETE,
    TO_SEND_EVENTS,
    TO_CACHE
  }

  private final String libraries;

  @SuppressWarnings("ImmutableEnumChecker") // Set.of makes none that changes
  private final Set<Unable> unable;

  RestServer(String libraries, Unable... unable) {
    this.libraries = libraries;
    this.unable = Set.of(unable);
  }

  boolean can(Unable what) {
    return !unable.contains(what);
  }

  /** Whether a servlet answers there. */
  boolean isServlet() {
    return name().endsWith("UNDERTOW") || this == CXF_4_JETTY;
  }

  /** What the application's main class calls it: without the version. */
  String argument() {
    return name().toLowerCase(Locale.ROOT).replaceFirst("_\\d_", "-");
  }

  List<Path> classPath() {
    Path folder = Path.of("jax-rs", libraries, "target", "libraries");
    try (Stream<Path> jars = Files.list(folder)) {
      boolean javax = List.of("jersey-2", "resteasy-3", "resteasy-4", "cxf-3").contains(libraries);
      Path classes = javax ? RestClasses.javax() : RestClasses.jakarta();
      return Stream.concat(Stream.of(classes), jars.sorted()).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(
          "first: ./mvnw -Pjax-rs -f integration-tests/jax-rs generate-resources", e);
    }
  }
}
