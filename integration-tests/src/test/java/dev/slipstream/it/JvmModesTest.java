package dev.slipstream.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** However the JVM is run, the gateway answers, and the agent answers for it. */
final class JvmModesTest {
  /** Where nobody can make a file, not even root. */
  private static final Path READ_ONLY = Path.of("/proc");

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-XX:+UseZGC",
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-Xint",
        "-Xshare:off",
        "-Xmx64m",
        "-XX:MaxRAM=256m -XX:ActiveProcessorCount=1",
        "-XX:+DisableAttachMechanism"
      })
  void gateway_withOptionsOfTheJvm_serves(String options) throws IOException {
    GatewayProcess.Builder builder = Forked.probe().plainJvm();
    List.of(options.split(" ", -1)).forEach(builder::jvmOption);
    assertServes(builder.agent());
  }

  @Test
  void gateway_withoutEnvironment_serves() throws IOException {
    assertServes(Forked.probe().emptyEnvironment().agent());
  }

  /** Neither in its folder nor in that for temporary files; Tomcat alone has one of its own. */
  @Test
  void gateway_thatCannotWriteFiles_serves() throws IOException {
    assertServes(
        Forked.probe()
            .directory(READ_ONLY)
            .jvmOption("-Djava.io.tmpdir=" + READ_ONLY)
            .jvmOption("-Dprobe.base=" + folder)
            .agent());
  }

  @Test
  void agent_writesNoFileAndLoadsNoLibraryButTheJdks() throws IOException {
    Set<String> without = librariesAndFiles("without", Forked.probe());
    Set<String> with = librariesAndFiles("with", Forked.probe().agent());

    with.removeAll(without);
    String jdk = Path.of(System.getProperty("java.home")).toRealPath().toString();
    assertThat(with).allMatch(path -> path.startsWith(jdk));
    assertThat(without).anyMatch(path -> path.startsWith("tomcat"));
  }

  private Set<String> librariesAndFiles(String name, GatewayProcess.Builder builder)
      throws IOException {
    Path temporary = Files.createDirectory(folder.resolve(name));
    Path own = Files.createDirectory(folder.resolve(name + "-own"));
    builder.jvmOption("-Djava.io.tmpdir=" + temporary).directory(own);
    Set<String> all = new TreeSet<>();
    try (GatewayProcess gateway = builder.start();
        HttpConnection connection = new HttpConnection(gateway.port())) {
      if (name.equals("with")) {
        Forked.awaitHit(connection, "/fresh");
      } else {
        connection.get("/fresh");
      }
      for (String line : Files.readAllLines(Path.of("/proc/" + gateway.pid() + "/maps"))) {
        if (line.matches(".*/.*\\.so(\\.\\d+)*( .*)?")) {
          all.add(line.substring(line.indexOf('/')));
        }
      }
      for (Path root : new Path[] {temporary, own}) {
        try (var files = Files.walk(root)) {
          files
              .filter(file -> !file.equals(root))
              .map(file -> root.relativize(file).toString().replaceAll("\\d{6,}", "N"))
              .forEach(all::add);
        }
      }
    }
    return all;
  }

  static void assertServes(GatewayProcess.Builder builder) throws IOException {
    try (GatewayProcess gateway = builder.start();
        HttpConnection connection = new HttpConnection(gateway.port())) {
      Forked.awaitHit(connection, "/fresh");

      Answer hit = connection.get("/fresh");
      assertThat(hit.isHit()).isTrue();
      assertThat(hit.text()).startsWith("run ");
      assertThat(connection.get("/unsaid").isHit()).isFalse();
      assertThat(Forked.agentLines(gateway)).hasSize(1).first().asString().contains(" INFO ");
    }
  }
}
