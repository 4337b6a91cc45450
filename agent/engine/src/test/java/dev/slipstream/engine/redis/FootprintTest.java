package dev.slipstream.engine.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The libraries under the tier leave no trace in a process. */
class FootprintTest {
  @TempDir Path directory;

  @Test
  void tier_printsNothingAndTouchesNeitherLoggingNorProperties() throws Exception {
    Path classes = directory.resolve("classes.txt");
    Path result = directory.resolve("result.txt");
    Path printed = directory.resolve("printed.txt");
    try (RedisProcess redis = RedisProcess.start(directory)) {
      Process process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-Xlog:class+load:file=" + classes,
                  "-Xlog:disable",
                  "-Xlog:class+load:file=" + classes,
                  "-cp",
                  classPath(),
                  Footprint.class.getName(),
                  Integer.toString(redis.port()),
                  result.toString())
              .redirectErrorStream(true)
              .redirectOutput(printed.toFile())
              .start();
      try {
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      } finally {
        process.destroyForcibly();
      }
      assertThat(printed).isEmptyFile();
      assertThat(result).hasContent("1 removed, properties changed: []");
    }
    List<String> loaded = Files.readAllLines(classes);
    assertThat(loaded).anyMatch(line -> line.contains("redis.clients.jedis.Connection "));
    assertThat(loaded)
        .noneMatch(line -> line.contains("java.util.logging.") || line.contains("MBeanServer"))
        .noneMatch(
            line -> line.contains("org.slf4j.") || line.contains("org.apache.commons.pool2"));
  }

  /** What the agent's jar has, and the main class. */
  private static String classPath() {
    String whole =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    return Arrays.stream(whole.split(File.pathSeparator))
        .filter(
            entry ->
                !entry.endsWith(".jar")
                    || Path.of(entry)
                        .getFileName()
                        .toString()
                        .matches("(slipstream|jedis|jspecify).*"))
        .collect(Collectors.joining(File.pathSeparator));
  }
}
