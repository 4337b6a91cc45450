package dev.slipstream.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An archive of the application's classes, made without the agent, serves with it. */
final class ClassDataSharingTest {
  private static final String FROM_ARCHIVE = "shared objects file (top)";

  @TempDir private Path folder;

  @Test
  void archiveOfTheApplication_isUsedWithTheAgent() throws IOException {
    Path archive = folder.resolve("application.jsa");
    run(Forked.probe().jvmOption("-XX:ArchiveClassesAtExit=" + archive), false);
    assertThat(archive).isNotEmptyFile();
    GatewayProcess idle = run(with(archive, Applications.idleAgent(), "idle"), false);

    GatewayProcess gateway = run(with(archive, AgentJar.path(), "classes"), true);

    List<String> fromArchive = new ArrayList<>();
    List<String> otherwise = new ArrayList<>();
    for (String line : Files.readAllLines(folder.resolve("classes"))) {
      if (line.startsWith("org.apache.catalina.") || line.startsWith("com.example.laws.")) {
        (line.endsWith(FROM_ARCHIVE) ? fromArchive : otherwise).add(line);
      }
    }
    assertThat(fromArchive)
        .hasSizeGreaterThan(100)
        .anyMatch(line -> line.startsWith("com.example.laws.ProbeMain "))
        .anyMatch(line -> line.startsWith("org.apache.catalina.startup.Tomcat "));
    // Woven, or a subclass of what was woven; and what a run now and then loads more.
    assertThat(otherwise).hasSizeLessThan(fromArchive.size() / 10);
    assertThat(gateway.standardOutput()).last().isEqualTo("stopped");
    assertThat(comparable(gateway.standardOutput()))
        .as("standard output, where JDK 25 warns of an archive beside any agent")
        .isEqualTo(comparable(idle.standardOutput()));
    assertThat(gateway.standardError())
        .noneMatch(line -> line.contains("CDS") || line.contains("[cds"));
  }

  private GatewayProcess.Builder with(Path archive, Path agent, String log) {
    return Forked.probe()
        .jvmOption("-Xshare:auto")
        .jvmOption("-XX:SharedArchiveFile=" + archive)
        .jvmOption("-Xlog:class+load:file=" + folder.resolve(log) + ":none")
        .jvmOption("-javaagent:" + agent);
  }

  private static List<String> comparable(List<String> lines) {
    return lines.stream().map(line -> line.replaceAll("^\\[[0-9.]+s]|\\d+$", "")).toList();
  }

  private static GatewayProcess run(GatewayProcess.Builder builder, boolean cached)
      throws IOException {
    try (GatewayProcess gateway = builder.start()) {
      try (HttpConnection connection = new HttpConnection(gateway.port())) {
        connection.get("/fresh");
        if (cached) {
          Forked.awaitHit(connection, "/fresh");
        }
        connection.get("/stop");
      }
      return Forked.awaitEnd(gateway);
    }
  }
}
