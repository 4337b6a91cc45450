package dev.slipstream.it.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A small application of ours on others' libraries, which Maven builds: the sources in {@code
 * src/servers/NAME}, with the pages of {@code com.example.servers} beside them.
 *
 * @param sources the folder below {@code src/servers}
 * @param pages whether the servlets are taken along, too
 * @param rest whether the JAX-RS application is taken along
 * @param packaging jar or war
 * @param boms what manages the versions of dependencies, as {@code group:artifact:version}
 * @param dependencies as {@code group:artifact[:version]}
 * @param boot the version of Spring Boot whose plugin makes an executable jar
 * @param renamed names in the sources that are replaced
 */
record Project(
    String sources,
    Api api,
    boolean pages,
    boolean rest,
    String packaging,
    List<String> boms,
    List<String> dependencies,
    @Nullable String boot,
    Map<String, String> renamed) {
  private static final Path PAGES = Path.of("src/test/java/com/example/servers");
  private static final Path REST = Path.of("src/test/java/com/example/resources");

  private static final List<String> WITHOUT_SERVLETS =
      List.of("Asked.java", "Page.java", "Pages.java", "package-info.java");

  static Project jar(String sources, Api api, String... dependencies) {
    return new Project(
        sources, api, true, false, "jar", List.of(), List.of(dependencies), null, Map.of());
  }

  static Project war(String sources, Api api, String... dependencies) {
    return new Project(
        sources, api, true, false, "war", List.of(), List.of(dependencies), null, Map.of());
  }

  Project withRest() {
    return new Project(sources, api, pages, true, packaging, boms, dependencies, boot, renamed);
  }

  /** With a name in the sources replaced. */
  Project with(String name, String replacement) {
    return new Project(
        sources, api, pages, rest, packaging, boms, dependencies, boot, Map.of(name, replacement));
  }

  static Project boot(String sources, Api api, boolean pages, String version, String... more) {
    return new Project(
        sources,
        api,
        pages,
        false,
        "jar",
        List.of("org.springframework.boot:spring-boot-dependencies:" + version),
        List.of(more),
        version,
        Map.of());
  }

  Project managedBy(String bom) {
    return new Project(
        sources,
        api,
        pages,
        rest,
        packaging,
        Stream.concat(Stream.of(bom), boms.stream()).toList(),
        dependencies,
        boot,
        renamed);
  }

  /** What Maven made: {@code app.jar} or {@code app.war}, and the folder {@code dependency}. */
  Path built() {
    Path folder = Published.cache().resolve("projects").resolve(sources + "-" + key());
    Path done = folder.resolve("done");
    if (!Files.exists(done)) {
      copy(Path.of("src", "servers", sources), folder.resolve("src/main"));
      copy(PAGES, folder.resolve("src/main/java/com/example/servers"));
      if (rest) {
        copy(REST, folder.resolve("src/main/java/com/example/resources"));
      }
      Web.write(folder.resolve("pom.xml"), pom());
      Published.run(folder, "package");
      Web.write(done, "");
    }
    return folder.resolve("target");
  }

  /** Changes with all that the build depends on. */
  private String key() {
    StringBuilder all = new StringBuilder(pom());
    for (Path root : List.of(Path.of("src", "servers", sources), PAGES, REST)) {
      files(root).forEach(file -> all.append(file).append(text(file)));
    }
    byte[] bytes = all.toString().getBytes(StandardCharsets.UTF_8);
    return UUID.nameUUIDFromBytes(bytes).toString().substring(0, 13);
  }

  private void copy(Path from, Path to) {
    for (Path file : files(from)) {
      String name = file.getFileName().toString();
      if (!from.equals(PAGES) || pages || WITHOUT_SERVLETS.contains(name)) {
        Web.write(to.resolve(from.relativize(file).toString()), text(file));
      }
    }
  }

  private String text(Path file) {
    try {
      String text = Files.readString(file);
      for (Map.Entry<String, String> name : renamed.entrySet()) {
        text = text.replace(name.getKey(), name.getValue());
      }
      return api == Api.JAKARTA
          ? text
          : text.replace("jakarta.servlet", "javax.servlet").replace("jakarta.ws", "javax.ws");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Path> files(Path root) {
    try (Stream<Path> walk = Files.walk(root)) {
      return walk.filter(Files::isRegularFile).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String pom() {
    StringBuilder managed = new StringBuilder();
    boms.forEach(bom -> managed.append(dependency(bom, "<type>pom</type><scope>import</scope>")));
    StringBuilder used = new StringBuilder();
    dependencies.forEach(one -> used.append(dependency(one, "")));
    used.append(dependency("org.jspecify:jspecify:1.0.0", "<scope>provided</scope>"));
    String servlet = api == Api.JAKARTA ? "jakarta" : "javax";
    if (packaging.equals("war")) {
      String version = api == Api.JAKARTA ? "5.0.0" : "4.0.1";
      used.append(
          dependency(
              servlet + ".servlet:" + servlet + ".servlet-api:" + version,
              "<scope>provided</scope>"));
    }
    return String.format(
        Locale.ROOT,
        """
    <project xmlns="http://maven.apache.org/POM/4.0.0">
      <modelVersion>4.0.0</modelVersion>
      <groupId>com.example</groupId>
      <artifactId>%s</artifactId>
      <version>1</version>
      <packaging>%s</packaging>
      <properties>
        <maven.compiler.release>%s</maven.compiler.release>
        <maven.compiler.parameters>true</maven.compiler.parameters>
        <project.build.sourceEncoding>UTF-8</project.build.sourceEncoding>
      </properties>
      <dependencyManagement><dependencies>%s</dependencies></dependencyManagement>
      <dependencies>%s</dependencies>
      <build>
        <finalName>app</finalName>
        <plugins>%s</plugins>
      </build>
    </project>
    """,
        sources,
        packaging,
        release(),
        managed,
        used,
        plugins());
  }

  /** Spring of years ago reads no class file of Java 17. */
  private String release() {
    return boot != null && boot.startsWith("2.3.") ? "11" : "17";
  }

  private String plugins() {
    String compiler = plugin("org.apache.maven.plugins", "maven-compiler-plugin", "3.15.0", "", "");
    if (boot != null) {
      return compiler
          + plugin(
              "org.springframework.boot",
              "spring-boot-maven-plugin",
              boot,
              "repackage",
              mainClass());
    }
    if (packaging.equals("war")) {
      return compiler + plugin("org.apache.maven.plugins", "maven-war-plugin", "3.4.0", "", "");
    }
    return compiler
        + plugin(
            "org.apache.maven.plugins",
            "maven-dependency-plugin",
            "3.11.0",
            "copy-dependencies",
            "");
  }

  /** Named, since the plugin of years ago cannot read the classes of today. */
  private String mainClass() {
    Path java = Path.of("src", "servers", sources, "java");
    String main =
        files(java).stream()
            .filter(file -> text(file).contains("void main("))
            .map(file -> java.relativize(file).toString())
            .findFirst()
            .orElseThrow();
    String name = main.replace(".java", "").replace('/', '.').replace('\\', '.');
    return "<configuration><mainClass>" + name + "</mainClass></configuration>";
  }

  private static String plugin(
      String group, String artifact, String version, String goal, String configuration) {
    String executions =
        goal.isEmpty()
            ? ""
            : "<executions><execution><phase>package</phase><goals><goal>"
                + goal
                + "</goal></goals></execution></executions>";
    return String.format(
        Locale.ROOT,
        "<plugin><groupId>%s</groupId><artifactId>%s</artifactId><version>%s</version>%s%s</plugin>\n",
        group,
        artifact,
        version,
        executions,
        configuration);
  }

  private static String dependency(String coordinates, String more) {
    String[] parts = coordinates.split(":", -1);
    String version = parts.length > 2 ? "<version>" + parts[2] + "</version>" : "";
    return String.format(
        Locale.ROOT,
        "<dependency><groupId>%s</groupId><artifactId>%s</artifactId>%s%s</dependency>\n",
        parts[0],
        parts[1],
        version,
        more);
  }
}
