package dev.slipstream.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A security manager whose policy knows nothing of the agent, and allows a servlet nothing; on a
 * JDK that has none any more, the option that says so.
 */
final class SecurityManagerTest {
  private static final boolean THERE = Runtime.version().feature() < 24;

  @TempDir private Path folder;

  @Test
  void gateway_underASecurityManager_serves() throws IOException {
    JvmModesTest.assertServes(gateway().agent());
  }

  @Test
  void servlet_hasNoPermissionFromUs() throws IOException {
    try (GatewayProcess without = gateway().start();
        GatewayProcess with = gateway().agent().start();
        HttpConnection connection = new HttpConnection(with.port())) {
      Forked.awaitHit(connection, "/fresh");

      int status = connection.get("/properties").status();
      try (HttpConnection alone = new HttpConnection(without.port())) {
        assertThat(status).isEqualTo(alone.get("/properties").status());
      }
      assertThat(status).isEqualTo(THERE ? 500 : 200);
    }
  }

  private GatewayProcess.Builder gateway() throws IOException {
    Path launcher = folder.resolve("launcher");
    Path servlet = folder.resolve("servlet");
    List<Path> classPath = new ArrayList<>(List.of(launcher, servlet));
    for (Path file : Applications.probeClasses()) {
      boolean ofLauncher = file.getFileName().toString().startsWith("ProbeMain");
      Path target = (ofLauncher ? launcher : servlet).resolve("com/example/laws");
      Files.createDirectories(target);
      Files.copy(file, target.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
    }
    Container.TOMCAT_11.classPath().stream()
        .filter(path -> path.toString().endsWith(".jar"))
        .map(Path::toAbsolutePath)
        .forEach(classPath::add);
    StringBuilder policy = new StringBuilder();
    for (Path path : classPath) {
      String end = path.toString().endsWith(".jar") ? "" : File.separator;
      policy.append("grant codeBase \"file:").append(path).append(end).append("\" { permission ");
      policy.append(
          path.equals(servlet)
              ? "java.util.PropertyPermission \"probe.permitted\", \"read\""
              : "java.security.AllPermission");
      policy.append("; };\n");
    }
    Path file = Files.writeString(folder.resolve("policy"), policy);
    GatewayProcess.Builder builder =
        Forked.probe()
            .classPath(classPath)
            .arguments(List.of("/*=" + Applications.PROBES + ".PropertyFilter"));
    return THERE
        ? builder.jvmOption("-Djava.security.manager").jvmOption("-Djava.security.policy==" + file)
        : builder.jvmOption("-Djava.security.manager=disallow");
  }
}
