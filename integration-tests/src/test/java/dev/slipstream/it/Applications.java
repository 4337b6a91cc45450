package dev.slipstream.it;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/** The small applications beside the gateway's, each on a class path without the tests. */
public final class Applications {
  /** The package of applications that tell what they see. */
  static final String PROBES = "com.example.laws";

  private static final String PROXY = "com.example.proxy";
  private static final String WHO = "com.example.who";
  private static final String GUARD = "com.example.guard";
  private static final String EFFECTS = "com.example.effects";
  private static final String ENDPOINTS = "com.example.endpoints";
  private static final String SPEED = "com.example.speed";
  private static final String ADMISSION = "com.example.admission";
  private static final String LEARNING = "com.example.learning";
  private static final String SHOP = "com.example.shop";
  private static final String INSIDE_WAR = "com.example.war";
  private static final Path FOLDER = Path.of("target", "fixture", "applications");

  private Applications() {}

  /** The class path of {@link com.example.laws.ProbeMain}: jars alone, as an archive needs them. */
  static List<Path> probeClassPath() {
    List<Path> classPath = new ArrayList<>();
    classPath.add(Probes.JAR);
    Container.TOMCAT_11.classPath().stream()
        .filter(path -> path.toString().endsWith(".jar"))
        .forEach(classPath::add);
    return classPath;
  }

  /** The class files of the probes. */
  static List<Path> probeClasses() {
    return list(Path.of("target", "test-classes").resolve(PROBES.replace('.', '/')));
  }

  /** The class path of the mains of {@code com.example.proxy}, by the folder of its container. */
  public static List<Path> proxyClassPath(String container) {
    List<Path> classPath = new ArrayList<>();
    classPath.add(Proxy.JAR);
    classPath.add(FixtureClasses.jakarta());
    classPath.addAll(list(Path.of("target", "containers", container)));
    return classPath;
  }

  /** The class path of the mains of {@code com.example.who}, by the folder of their container. */
  public static List<Path> whoClassPath(String container) {
    List<Path> classPath = new ArrayList<>();
    classPath.add(Who.JAR);
    classPath.add(FixtureClasses.jakarta());
    classPath.addAll(list(Path.of("target", "containers", container)));
    return classPath;
  }

  /** The class path of {@code com.example.guard}, in Tomcat 11. */
  static List<Path> guardClassPath() {
    List<Path> classPath = new ArrayList<>();
    classPath.add(Guard.JAR);
    classPath.add(FixtureClasses.jakarta());
    classPath.addAll(list(Path.of("target", "containers", "tomcat-11")));
    return classPath;
  }

  /** The class path of {@code com.example.endpoints}, in Tomcat 11. */
  static List<Path> endpointsClassPath() {
    List<Path> classPath = new ArrayList<>();
    classPath.add(Endpoints.JAR);
    classPath.add(FixtureClasses.jakarta());
    classPath.addAll(list(Path.of("target", "containers", "tomcat-11")));
    return classPath;
  }

  /** The class path of {@code com.example.effects}, in Tomcat 11. */
  public static List<Path> effectsClassPath() {
    List<Path> classPath = new ArrayList<>();
    classPath.add(Effects.JAR);
    classPath.add(FixtureClasses.jakarta());
    classPath.addAll(list(Path.of("target", "containers", "tomcat-11")));
    return classPath;
  }

  /** The class path of {@code com.example.speed}, in Tomcat 11. */
  public static List<Path> speedClassPath() {
    List<Path> classPath = new ArrayList<>();
    classPath.add(Speed.JAR);
    classPath.add(FixtureClasses.jakarta());
    classPath.addAll(list(Path.of("target", "containers", "tomcat-11")));
    return classPath;
  }

  /** The class path of {@code com.example.admission}, in Tomcat 11. */
  public static List<Path> admissionClassPath() {
    List<Path> classPath = new ArrayList<>();
    classPath.add(Admission.JAR);
    classPath.add(FixtureClasses.jakarta());
    classPath.addAll(list(Path.of("target", "containers", "tomcat-11")));
    return classPath;
  }

  /** The class path of {@code com.example.learning}, in Tomcat 11. */
  static List<Path> learningClassPath() {
    List<Path> classPath = new ArrayList<>();
    classPath.add(Learning.JAR);
    classPath.add(FixtureClasses.jakarta());
    classPath.addAll(list(Path.of("target", "containers", "tomcat-11")));
    return classPath;
  }

  /** The class path of {@code com.example.shop}, in Tomcat 11. */
  public static List<Path> shopClassPath() {
    List<Path> classPath = new ArrayList<>();
    classPath.add(Shop.JAR);
    classPath.add(FixtureClasses.jakarta());
    classPath.addAll(list(Path.of("target", "containers", "tomcat-11")));
    return classPath;
  }

  /** The probes' in front of libraries of years ago and a servlet that uses them. */
  static List<Path> oldLibrariesClassPath() {
    List<Path> classPath = new ArrayList<>(probeClassPath());
    classPath.add(OldLibraries.FOLDER);
    classPath.addAll(OldLibraries.JARS);
    return classPath;
  }

  /** A server without servlets; its libraries are there in the profile {@code start-up} only. */
  static List<Path> nettyClassPath() {
    List<Path> classPath = new ArrayList<>(List.of(Netty.FOLDER));
    classPath.addAll(Netty.JARS);
    return classPath;
  }

  /** The application that uses the API, without the servers' libraries; the API is first. */
  static List<Path> cacheClassPath() {
    List<Path> classPath = new ArrayList<>(List.of(UsingCaches.API, UsingCaches.FOLDER));
    classPath.addAll(list(Path.of("target", "old-libraries")));
    return classPath;
  }

  /** Resources of JAX-RS that use the API, with an implementation's libraries. */
  public static List<Path> cachedRestClassPath(Path libraries) {
    List<Path> classPath = new ArrayList<>(List.of(UsingCaches.API));
    classPath.add(
        compile(
            "application-rest/com/example/cached/CachedRestMain.java",
            Stream.concat(Stream.of(UsingCaches.API), list(libraries).stream()).toList(),
            "CachedResource"));
    classPath.addAll(list(libraries));
    return classPath;
  }

  /** An unpacked web application, and nothing of it on a class path. */
  static Path war() {
    return War.FOLDER;
  }

  /** An agent that does nothing. */
  static Path idleAgent() {
    return IdleAgent.JAR;
  }

  private static final class Probes {
    static final Path JAR = jar("probes.jar", new Manifest(), compiled(PROBES));
  }

  private static final class Proxy {
    static final Path JAR = jar("proxy.jar", new Manifest(), compiled(PROXY));
  }

  private static final class Who {
    static final Path JAR = jar("who.jar", new Manifest(), compiled(WHO));
  }

  private static final class Guard {
    static final Path JAR = jar("guard.jar", new Manifest(), compiled(GUARD));
  }

  private static final class Endpoints {
    static final Path JAR = jar("endpoints.jar", new Manifest(), compiled(ENDPOINTS));
  }

  private static final class Effects {
    static final Path JAR = jar("effects.jar", new Manifest(), compiled(EFFECTS));
  }

  private static final class Speed {
    static final Path JAR = jar("speed.jar", new Manifest(), compiled(SPEED));
  }

  private static final class Admission {
    static final Path JAR = jar("admission.jar", new Manifest(), compiled(ADMISSION));
  }

  private static final class Learning {
    static final Path JAR = jar("learning.jar", new Manifest(), compiled(LEARNING));
  }

  private static final class Shop {
    static final Path JAR = jar("shop.jar", new Manifest(), compiled(SHOP));
  }

  private static final class IdleAgent {
    private static final String NAME = "com/example/laws/IdleAgent";

    static final Path JAR = jar("idle-agent.jar", manifest(), Map.of(NAME + ".class", bytes()));

    private static Manifest manifest() {
      Manifest manifest = new Manifest();
      Attributes attributes = manifest.getMainAttributes();
      attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
      attributes.putValue("Premain-Class", NAME.replace('/', '.'));
      attributes.putValue("Can-Retransform-Classes", "true");
      attributes.putValue("Can-Redefine-Classes", "true");
      return manifest;
    }

    private static byte[] bytes() {
      return compiled(PROBES).get(NAME + ".class");
    }
  }

  private static final class War {
    static final Path FOLDER = write();

    private static Path write() {
      Path folder = Applications.FOLDER.resolve("war");
      compiled(INSIDE_WAR)
          .forEach((name, bytes) -> file(folder.resolve("WEB-INF/classes").resolve(name), bytes));
      return folder.toAbsolutePath();
    }
  }

  private static final class OldLibraries {
    static final List<Path> JARS = list(Path.of("target", "old-libraries"));
    static final Path FOLDER =
        compile(
            "old-libraries/com/example/old/OldLibrariesServlet.java",
            Stream.concat(probeClassPath().stream(), JARS.stream()).toList());
  }

  private static final class Netty {
    static final List<Path> JARS = list(Path.of("target", "netty"));
    static final Path FOLDER = compile("netty/com/example/startup/NettyMain.java", JARS);
  }

  private static final class UsingCaches {
    static final Path API = Path.of("..", "agent", "api", "target", "classes");
    static final Path FOLDER =
        compile("application-cache/com/example/cache/CacheMain.java", List.of(API), "Tenant");
  }

  /** Not compiled with the tests: newer versions of these libraries may be beside them. */
  private static Path compile(String source, List<Path> libraries, String... others) {
    Path folder = Applications.FOLDER.resolve(source.substring(0, source.indexOf('/')));
    String classPath =
        String.join(File.pathSeparator, libraries.stream().map(Path::toString).toList());
    List<String> arguments = new ArrayList<>(List.of("--release", "17", "-cp", classPath));
    arguments.addAll(List.of("-nowarn", "-parameters", "-d", folder.toString()));
    arguments.add("src/test/" + source);
    for (String other : others) {
      arguments.add(Path.of("src/test/" + source).resolveSibling(other + ".java").toString());
    }
    arguments.addAll(List.of("-sourcepath", "src/test/" + folder.getFileName()));
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    int result = compiler.run(null, null, null, arguments.toArray(String[]::new));
    if (result != 0) {
      throw new AssertionError(source + " does not compile");
    }
    return folder;
  }

  /** A package's class files by the names of their resources. */
  private static Map<String, byte[]> compiled(String packageName) {
    String folder = packageName.replace('.', '/') + "/";
    Map<String, byte[]> classes = new TreeMap<>();
    for (Path file : list(Path.of("target", "test-classes").resolve(folder))) {
      try {
        classes.put(folder + file.getFileName(), Files.readAllBytes(file));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return classes;
  }

  private static List<Path> list(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path jar(String name, Manifest manifest, Map<String, byte[]> classes) {
    Path jar = FOLDER.resolve(name);
    manifest.getMainAttributes().putIfAbsent(Attributes.Name.MANIFEST_VERSION, "1.0");
    try {
      Files.createDirectories(FOLDER);
      try (OutputStream file = Files.newOutputStream(jar);
          JarOutputStream out = new JarOutputStream(file, manifest)) {
        for (Map.Entry<String, byte[]> one : classes.entrySet()) {
          out.putNextEntry(new JarEntry(one.getKey()));
          out.write(one.getValue());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return jar.toAbsolutePath();
  }

  private static void file(Path file, byte[] bytes) {
    try {
      Files.createDirectories(file.getParent());
      Files.write(file, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
