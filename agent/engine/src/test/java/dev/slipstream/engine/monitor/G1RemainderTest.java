package dev.slipstream.engine.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.MemoryUsage;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class G1RemainderTest {
  private static final long MAX = 1_000;

  private final G1Remainder remainder = new G1Remainder(80);

  private void collected(long atMillis, long old, long survivors) {
    remainder.collected(
        atMillis,
        Map.of(
            "G1 Old Gen", used(old),
            "G1 Survivor Space", used(survivors),
            "G1 Eden Space", used(100),
            "Metaspace", used(5_000)));
  }

  private static MemoryUsage used(long bytes) {
    return new MemoryUsage(0, bytes, bytes, -1);
  }

  private static double marksFrom(String... more) {
    Map<String, String> options = new HashMap<>();
    options.put("InitiatingHeapOccupancyPercent", "45");
    options.put("G1ReservePercent", "10");
    options.put("G1HeapWastePercent", "5");
    for (int i = 0; i < more.length; i += 2) {
      options.put(more[i], more[i + 1]);
    }
    return G1Remainder.marksFromPercent(options::get);
  }

  @Test
  void beforeTheFirstCollection_isNotKnown() {
    assertThat(remainder.bytes(MAX)).isNull();
  }

  @Test
  void collected_oldAndSurvivorsAreOverTheShare_isWhatTheyHold() {
    collected(1_000, 780, 20);
    assertThat(remainder.bytes(MAX)).as("not over it").isNull();
    collected(2_000, 790, 20);
    assertThat(remainder.bytes(MAX)).isEqualTo(810);
    collected(3_000, 300, 20);
    assertThat(remainder.bytes(MAX)).isNull();
  }

  /** Garbage that comes fast is there at one collection and gone at the next. */
  @Test
  void collected_moreThanOnceInHalfASecond_theLeastCounts() {
    collected(1_000, 500, 0);
    collected(1_200, 900, 0);
    assertThat(remainder.bytes(MAX)).isNull();
    collected(1_500, 950, 0);
    assertThat(remainder.bytes(MAX)).isNull();
    collected(1_600, 940, 0);
    assertThat(remainder.bytes(MAX)).isEqualTo(900);
    collected(5_000, 960, 0);
    assertThat(remainder.bytes(MAX)).isEqualTo(960);
  }

  @Test
  void collected_byAnotherCollector_saysNothing() {
    remainder.collected(1_000, Map.of("PS Old Gen", used(990), "PS Survivor Space", used(5)));
    assertThat(remainder.bytes(MAX)).isNull();
  }

  @Test
  void marksFrom_isWhereG1MarksAtTheLatest() {
    assertThat(marksFrom()).isEqualTo(80);
    assertThat(marksFrom("G1ReservePercent", "20")).isEqualTo(70);
    assertThat(marksFrom("InitiatingHeapOccupancyPercent", "90")).isEqualTo(90);
    assertThat(G1Remainder.marksFromPercent(name -> null)).as("another JVM").isEqualTo(100);
  }
}
