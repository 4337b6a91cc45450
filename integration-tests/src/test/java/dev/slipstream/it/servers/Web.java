package dev.slipstream.it.servers;

import dev.slipstream.it.FixtureClasses;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** The web applications that are deployed, made of the compiled ones for either API. */
final class Web {
  private static final FileTime LONG_AGO = FileTime.from(Instant.parse("2020-01-02T03:04:06Z"));

  private Web() {}

  /** Servlets and a filter of {@code com.example.servers}, and a file. */
  static Path pages(Api api) {
    Path war = war("pages", api);
    Path folder = unpacked(war);
    classes(api, "com.example.servers", folder.resolve("WEB-INF/classes"));
    write(folder.resolve("note.txt"), "a file\n".repeat(500));
    write(folder.resolve("WEB-INF/web.xml"), descriptor(api, servlets()));
    pack(folder, war);
    return war;
  }

  /** Resources of {@code com.example.resources}, for servers that bring JAX-RS. */
  static Path resources(Api api) {
    Path war = war("resources", api);
    Path folder = unpacked(war);
    classes(api, "com.example.servers", folder.resolve("WEB-INF/classes"));
    classes(api, "com.example.resources", folder.resolve("WEB-INF/classes"));
    write(folder.resolve("WEB-INF/web.xml"), descriptor(api, ""));
    pack(folder, war);
    return war;
  }

  /** The classes of a package, in a folder. */
  static void classes(Api api, String packageName, Path folder) {
    if (api == Api.JAKARTA) {
      FixtureClasses.writeJakarta(packageName, folder);
    } else {
      FixtureClasses.writeJavax(packageName, folder);
    }
  }

  private static String servlets() {
    return servlet("plain", "PlainServlet")
        + servlet("whole", "WholeServlet")
        + servlet("async", "AsyncServlet")
        + """
          <filter>
            <filter-name>answering</filter-name>
            <filter-class>com.example.servers.AnsweringFilter</filter-class>
            <async-supported>true</async-supported>
          </filter>
          <filter-mapping>
            <filter-name>answering</filter-name>
            <url-pattern>/*</url-pattern>
          </filter-mapping>
        """;
  }

  private static String servlet(String name, String type) {
    return String.format(
        Locale.ROOT,
        """
      <servlet>
        <servlet-name>%1$s</servlet-name>
        <servlet-class>com.example.servers.%2$s</servlet-class>
        <async-supported>true</async-supported>
      </servlet>
      <servlet-mapping>
        <servlet-name>%1$s</servlet-name>
        <url-pattern>/%1$s/*</url-pattern>
      </servlet-mapping>
    """,
        name,
        type);
  }

  private static String descriptor(Api api, String content) {
    String root =
        api == Api.JAKARTA
            ? "xmlns=\"https://jakarta.ee/xml/ns/jakartaee\" version=\"5.0\""
            : "xmlns=\"http://xmlns.jcp.org/xml/ns/javaee\" version=\"3.1\"";
    return "<web-app " + root + ">\n" + content + "</web-app>\n";
  }

  private static Path war(String name, Api api) {
    return Path.of("target", "servers", "wars", name + "-" + api + ".war").toAbsolutePath();
  }

  private static Path unpacked(Path war) {
    return war.resolveSibling(war.getFileName() + ".unpacked");
  }

  static void write(Path file, String text) {
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Copies a folder with all in it. */
  static void copy(Path from, Path to) {
    try (Stream<Path> walk = Files.walk(from)) {
      for (Path file : walk.sorted().toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.copy(file, target);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Packs a folder, and makes all in it as old. */
  private static void pack(Path folder, Path war) {
    try (Stream<Path> walk = Files.walk(folder)) {
      List<Path> files = walk.filter(Files::isRegularFile).sorted().toList();
      Files.createDirectories(war.getParent());
      try (OutputStream file = Files.newOutputStream(war);
          ZipOutputStream zip = new ZipOutputStream(file)) {
        for (Path one : files) {
          ZipEntry entry = new ZipEntry(folder.relativize(one).toString().replace('\\', '/'));
          entry.setLastModifiedTime(LONG_AGO);
          zip.putNextEntry(entry);
          Files.copy(one, zip);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
