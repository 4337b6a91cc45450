package dev.slipstream.engine.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said of the heap and of collections, in a small heap under each of the collectors. */
class CollectorsTest {
  private static final int ALIVE_MEGABYTES = 64;

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"UseG1GC", "UseParallelGC", "UseSerialGC"})
  void collectorThatStopsTheApplication(String collector) throws Exception {
    String[] said = run(collector, LiveHeap.class.getName(), Integer.toString(ALIVE_MEGABYTES));

    assertAlive(said);
    assertThat(Double.parseDouble(said[2])).as("pauses, percent").isBetween(0.1, 100.0);
    assertThat(said[3]).as("beside the application").isEqualTo("null");
    assertThat(Long.parseLong(said[4])).as("pauses").isPositive();
    assertThat(Long.parseLong(said[5])).as("longest, ms").isPositive();
  }

  @ParameterizedTest
  @ValueSource(strings = {"UseZGC", "UseShenandoahGC"})
  void collectorThatWorksBesideTheApplication(String collector) throws Exception {
    if (collector.contains("Shenandoah") && !isThere(collector)) {
      return; // not in every JDK
    }
    String[] said = run(collector, LiveHeap.class.getName(), Integer.toString(ALIVE_MEGABYTES));

    assertAlive(said);
    assertThat(Long.parseLong(said[4])).as("pauses").isPositive();
    assertThat(Double.parseDouble(said[3]))
        .as("beside the application, percent")
        .isGreaterThan(Double.parseDouble(said[2]));
  }

  private static void assertAlive(String[] said) {
    assertThat(said[0]).as("before the first collection").isEqualTo("null");
    assertThat(Long.parseLong(said[1]) >> 20)
        .as("megabytes after collection")
        .isBetween((long) (0.95 * ALIVE_MEGABYTES), 2L * ALIVE_MEGABYTES);
    assertThat(Integer.parseInt(said[6])).as("of 1,836 looks, taken for short").isLessThan(90);
  }

  /** Its old generation was not collected yet, or held less when it was. */
  @Test
  void heapThatFills_underG1_isSeenBeforeItsOldGenerationWasCollected() throws Exception {
    String[] said = run("UseG1GC", FillingHeap.class.getName());

    assertThat(Double.parseDouble(said[0])).as("memory, percent").isBetween(80.0, 95.0);
    assertThat(said[1].equals("null") || Double.parseDouble(said[1]) < 80)
        .as("heap after collection: " + said[1])
        .isTrue();
  }

  private String[] run(String collector, String... program) throws Exception {
    Path said = folder.resolve("said.txt");
    List<String> arguments = new ArrayList<>(List.of("-XX:+" + collector));
    arguments.addAll(List.of(program));
    arguments.add(said.toString());
    Process process = java(arguments.toArray(String[]::new));
    try {
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    return Files.readString(said).split(" ");
  }

  private boolean isThere(String collector) throws Exception {
    Process process = java("-XX:+" + collector, "-version");
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return process.exitValue() == 0;
  }

  private Process java(String... arguments) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    builder.command().addAll(List.of(arguments));
    return builder
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }
}
