package dev.slipstream.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * An application with old versions of the libraries that the agent has, while the agent serves: it
 * sees its own, and nothing of ours.
 */
final class InvisibilityTest {
  /** Has the agent use Jedis, and never answers. */
  private static ServerSocket silentRedis;

  private static GatewayProcess without;
  private static GatewayProcess with;

  @BeforeAll
  static void start() throws IOException {
    without = builder().start();
    silentRedis = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    String redis = "redis_url=redis://127.0.0.1:" + silentRedis.getLocalPort();
    with = builder().agent(redis).start();
    try (HttpConnection connection = new HttpConnection(with.port())) {
      Forked.awaitHit(connection, "/fresh");
    }
    assertThat(Forked.body(without, "/fresh")).isEqualTo("run 1");
  }

  @AfterAll
  static void stop() throws IOException {
    without.close();
    with.close();
    silentRedis.close();
  }

  private static GatewayProcess.Builder builder() {
    return Forked.probe()
        .classPath(Applications.oldLibrariesClassPath())
        .arguments(List.of("/old=com.example.old.OldLibrariesServlet"));
  }

  @Test
  void oldLibraries_workAsWithoutAgent() throws IOException {
    String expected = Forked.body(without, "/old");

    assertThat(expected)
        .contains("caffeine key computed from caffeine-2.9.3.jar")
        .contains("jackson {\"key\":[1,2]} from jackson-databind-2.9.10.8.jar")
        .contains("slf4j org.slf4j.impl.SimpleLogger from slf4j-api-1.7.36.jar")
        .contains("jedis PONG from jedis-3.10.0.jar");
    assertThat(Forked.body(with, "/old")).as("a miss").isEqualTo(expected);
    assertThat(Forked.body(with, "/old")).as("a hit").isEqualTo(expected);
    assertThat(with.standardError())
        .filteredOn(line -> line.contains("logged by the application"))
        .hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "dev.slipstream.agent.Installer",
        "dev.slipstream.attach.CommandLine",
        "dev.slipstream.config.Settings",
        "dev.slipstream.engine.Engine",
        "dev.slipstream.servlet.ServletAdapter",
        "inst.dev.slipstream.engine.Engine",
        "io.github.resilience4j.circuitbreaker.CircuitBreaker",
        "net.bytebuddy.ByteBuddy",
        "org.jspecify.annotations.NullMarked",
        "org.snakeyaml.engine.v2.api.Load"
      })
  void classOfOurs_isNotFound(String name) throws IOException {
    assertThat(Forked.body(with, "/class?name=" + name)).isEqualTo("not found");
  }

  @Test
  void newerJedis_isNotFound() throws IOException {
    assertThat(Forked.body(with, "/class?name=redis.clients.jedis.Jedis"))
        .endsWith("/jedis-3.10.0.jar");
    assertThat(Forked.body(with, "/class?name=redis.clients.jedis.RedisClient"))
        .isEqualTo("not found");
  }

  /** Caffeine 3 has classes that 2.9.3 lacks. */
  @Test
  void newerCaffeine_isNotFound() throws IOException {
    assertThat(Forked.body(with, "/class?name=com.github.benmanes.caffeine.cache.Caffeine"))
        .endsWith("/caffeine-2.9.3.jar");
    assertThat(Forked.body(with, "/class?name=com.github.benmanes.caffeine.cache.Interner"))
        .isEqualTo(Forked.body(without, "/class?name=com.github.benmanes.caffeine.cache.Interner"));
    assertThat(Forked.body(with, "/class?name=com.github.benmanes.caffeine.cache.WeakInterner"))
        .isEqualTo("not found");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "META-INF/services/java.nio.charset.spi.CharsetProvider",
        "META-INF/services/org.slf4j.spi.SLF4JServiceProvider",
        "META-INF/services/java.lang.System$LoggerFinder",
        "default_rules.yaml",
        "dev/slipstream/agent/version.txt",
        "dev/slipstream/config/rules/default_rules.yaml",
        "net/bytebuddy/ByteBuddy.class"
      })
  void resourceOfOurs_isNotFound(String name) throws IOException {
    assertThat(Forked.body(with, "/resources?name=" + name))
        .isEqualTo(Forked.body(without, "/resources?name=" + name));
  }

  /** The agent's jar is on the application's class path: the JVM puts it there. */
  @Test
  void agentJar_hasNothingAtItsRootButEntryPointsAndLicences() throws IOException {
    try (JarFile jar = new JarFile(AgentJar.path().toFile())) {
      assertThat(jar.stream().filter(entry -> !entry.isDirectory()).map(ZipEntry::getName))
          .filteredOn(name -> !name.startsWith("inst/"))
          .allMatch(
              name ->
                  name.matches(
                      "META-INF/MANIFEST.MF|META-INF/slipstream/.+"
                          + "|dev/slipstream/javaagent/[^/]+.class"));
      assertThat(jar.stream().map(ZipEntry::getName))
          .noneMatch(name -> name.startsWith("inst/") && name.endsWith(".class"))
          .noneMatch(name -> name.startsWith("META-INF/services"));
    }
  }

  @Test
  void systemProperties_haveTheSameNames() throws IOException {
    assertThat(Forked.body(with, "/properties")).isEqualTo(Forked.body(without, "/properties"));
  }

  @Test
  void threadsOfOurs_areNamedAndDaemons() throws IOException {
    List<String> expected = Forked.body(without, "/threads").lines().toList();
    List<String> added =
        Forked.body(with, "/threads").lines().filter(name -> !expected.contains(name)).toList();

    assertThat(added).allMatch(name -> name.matches("slipstream-.+ daemon"));
  }

  /** Libraries that the agent carries say nothing of their own. */
  @Test
  void standardError_hasNothingOfTheAgentButItsLog() {
    assertThat(with.standardError())
        .noneMatch(line -> line.startsWith("SLF4J"))
        .filteredOn(line -> line.contains("slipstream"))
        .allMatch(line -> line.startsWith("[slipstream] "));
  }

  @Test
  void standardOutput_isTheApplicationsAlone() {
    assertThat(with.standardOutput())
        .hasSameSizeAs(without.standardOutput())
        .allMatch(line -> line.startsWith("PORT="));
  }
}
