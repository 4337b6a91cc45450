package dev.slipstream.it.deploy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The folder {@code deploy/} of the repository, and what its files have to fit. */
final class Deploy {
  static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  static final Path FOLDER = ROOT.resolve("deploy");

  /** A row of the settings' table, which a test of agent-config holds to the settings. */
  private static final Pattern SETTING =
      Pattern.compile("^\\| `(?<name>[a-z0-9_]+)` \\| `(?<variable>[A-Z0-9_]+)` \\|");

  private static final Pattern VERSION =
      Pattern.compile("<version>(?<version>[^<]+?)(-SNAPSHOT)?</version>");

  /** Variables of the JVM, of Redis and of Grafana; the password is made part of REDIS_URL. */
  private static final Set<String> OF_OTHERS =
      Set.of(
          "JAVA_TOOL_OPTIONS",
          "REDIS_PASSWORD",
          "REDISCLI_AUTH",
          "GF_AUTH_ANONYMOUS_ENABLED",
          "GF_AUTH_BASIC_ENABLED",
          "GF_AUTH_DISABLE_LOGIN_FORM",
          "GF_ANALYTICS_REPORTING_ENABLED",
          "GF_ANALYTICS_CHECK_FOR_UPDATES",
          "GF_PLUGINS_PREINSTALL_DISABLED");

  private Deploy() {}

  /** Every environment variable that a container may be given. */
  static Set<String> knownVariables() {
    Set<String> known = new TreeSet<>(OF_OTHERS);
    for (String line : read(ROOT.resolve("docs/configuration.md")).lines().toList()) {
      Matcher setting = SETTING.matcher(line);
      if (setting.find()) {
        known.add(setting.group("variable"));
      }
    }
    return known;
  }

  /** The version that is worked on, as its release will be called. */
  static String version() {
    String pom = read(ROOT.resolve("pom.xml"));
    Matcher version = VERSION.matcher(pom);
    if (!version.find(pom.indexOf("<artifactId>slipstream</artifactId>"))) {
      throw new AssertionError("pom.xml has no version");
    }
    return version.group("version");
  }

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<Path> list(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
