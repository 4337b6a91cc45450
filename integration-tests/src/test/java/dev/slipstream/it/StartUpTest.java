package dev.slipstream.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.laws.OwnLogManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Starting up is nearly free where no servlet is in sight, and leaves logging to the application.
 */
final class StartUpTest {
  private static final int GREATEST_COUNT_OF_OURS = 10;
  private static final int GREATEST_COUNT_OF_THE_JDK = 250;

  @TempDir private Path folder;

  @Test
  void premain_loadsOnlyWhatWatchesForEntryPoints() throws IOException {
    Set<String> added = classesLoaded("agent", AgentJar.path());
    added.removeAll(classesLoaded("idle", Applications.idleAgent()));

    assertThat(added)
        .filteredOn(name -> name.startsWith("dev.slipstream."))
        .as("classes of ours")
        .hasSizeLessThanOrEqualTo(GREATEST_COUNT_OF_OURS)
        .noneMatch(name -> name.startsWith("dev.slipstream.engine."));
    added.removeIf(name -> name.startsWith("dev.slipstream."));
    assertThat(added)
        .as("further classes")
        .hasSizeLessThan(GREATEST_COUNT_OF_THE_JDK)
        .allMatch(name -> name.matches("(java|jdk\\.internal|sun)\\..*"))
        .noneMatch(name -> name.matches("(java\\.util\\.logging|java\\.lang\\.management)\\..*"))
        .noneMatch(
            name -> name.matches("java\\.lang\\.System\\$Logger.*|sun\\.util\\.logging\\..*"))
        .noneMatch(name -> name.matches("(sun\\.management|java\\.net\\.http|java\\.rmi)\\..*"));
  }

  /** Its standard output has its threads and the names of its system properties, too. */
  @Test
  void premain_changesNothingTheApplicationSees() throws IOException {
    GatewayProcess without = Forked.awaitEnd(Forked.probe("TrivialMain"));
    GatewayProcess with = Forked.awaitEnd(Forked.probe("TrivialMain").agent());

    assertThat(without.standardOutput()).contains("Hello, world", "thread main");
    assertThat(with.standardOutput()).isEqualTo(without.standardOutput());
    assertThat(with.standardError()).hasSizeLessThanOrEqualTo(1);
  }

  @Test
  void logManagerOfTheApplication_isTheOneInUse() throws IOException {
    try (GatewayProcess gateway = Forked.probe("OwnLogManagerMain").agent().start();
        HttpConnection connection = new HttpConnection(gateway.port())) {
      Forked.awaitHit(connection, "/fresh");

      assertThat(connection.get("/log-manager").text()).isEqualTo(OwnLogManager.class.getName());
    }
  }

  private Set<String> classesLoaded(String name, Path agent) throws IOException {
    Path log = folder.resolve(name);
    Forked.awaitEnd(
        Forked.probe("TrivialMain")
            .jvmOption("-javaagent:" + agent)
            .jvmOption("-Xlog:class+load:file=" + log + ":none"));
    Set<String> names = new TreeSet<>();
    for (String line : Files.readAllLines(log)) {
      String loaded = line.substring(0, line.indexOf(' '));
      if (!loaded.contains("$$") && !loaded.contains("/0x") && !loaded.contains("LambdaForm$")) {
        names.add(loaded);
      }
    }
    assertThat(names).contains("java.lang.Object", "com.example.laws.TrivialMain");
    return names;
  }
}
