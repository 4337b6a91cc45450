package dev.slipstream.it.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A web application that Tomcat deploys anew leaves nothing of itself behind. */
@Tag("servers")
final class RedeployTest {
  private static final int DEPLOYMENTS = 3;
  private static final Duration LONGEST = Duration.ofSeconds(60);
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Instant LONG_AGO = Instant.parse("2020-01-02T03:04:06Z");
  private static final Pattern LOADERS =
      Pattern.compile(
          "(?m)^\\s*\\d+:\\s+(\\d+)\\s+\\d+\\s+"
              + "org\\.apache\\.catalina\\.loader\\.ParallelWebappClassLoader\\b");

  static List<Server> tomcats() {
    return Servers.chosen(Tomcats.all());
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("tomcats")
  void webApplication_leavesNoClassLoaderWhenDeployedAnew(Server tomcat) throws IOException {
    try (Origin origin = new Origin();
        Running running = Run.start(tomcat, Jdk.own(), true, origin)) {
      Path war = running.place().folder().resolve("webapps/app.war");
      String ready = tomcat.ready().get(0);
      running.awaitReady(ready);
      assertThat(running.awaitAgent(ready)).as("the agent takes part").isTrue();
      use(running, tomcat);
      assertThat(loaders(running)).isEqualTo(1);
      for (int i = 1; i <= DEPLOYMENTS; i++) {
        Files.setLastModifiedTime(war, FileTime.from(LONG_AGO.plus(Duration.ofHours(i))));
        int deployments = i + 1;
        await().atMost(LONGEST).pollInterval(POLL).until(() -> deployed(running) == deployments);
        running.awaitReady(ready);
        use(running, tomcat);
      }
      await().atMost(LONGEST).pollInterval(POLL).until(() -> loaders(running) == 1);
      Files.delete(war);
      await().atMost(LONGEST).pollInterval(POLL).until(() -> loaders(running) == 0);
    }
  }

  private static void use(Running running, Server tomcat) {
    Run.ask(running, tomcat.probes());
    assertThat(Run.ask(running, tomcat.probes()))
        .filteredOn(answer -> answer.isHit())
        .hasSizeGreaterThan(30);
  }

  private static long deployed(Running running) {
    return running.log().stream().filter(line -> line.contains("app.war] has finished")).count();
  }

  /** Loaders of web applications that live, after a collection. */
  private static long loaders(Running running) {
    try {
      Process jcmd =
          new ProcessBuilder(
                  running.place().jdk().tool("jcmd").toString(),
                  Long.toString(running.server().pid()),
                  "GC.class_histogram")
              .redirectErrorStream(true)
              .start();
      String histogram =
          new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
      if (!histogram.contains("java.lang.String")) {
        throw new AssertionError("no histogram: " + histogram);
      }
      Matcher matcher = LOADERS.matcher(histogram);
      return matcher.find() ? Long.parseLong(matcher.group(1)) : 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
