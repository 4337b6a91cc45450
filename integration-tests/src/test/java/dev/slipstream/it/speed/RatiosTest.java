package dev.slipstream.it.speed;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RatiosTest {
  @TempDir Path folder;

  @Test
  void worse_byMoreThanTheTolerance_isTold() throws IOException {
    Path file = folder.resolve("recorded.json");
    Ratios.write(file, Map.of("hit", result(1_000, 10)));

    assertThat(Ratios.worse(file, Map.of("hit", result(850, 10)), 0.1))
        .singleElement()
        .asString()
        .contains("hit", "throughput", "0.850", "1.000");
    assertThat(Ratios.worse(file, Map.of("hit", result(1_000, 11.5)), 0.1))
        .singleElement()
        .asString()
        .contains("processor", "1.150");
  }

  @Test
  void worse_byLess_orBetter_orNotRecorded_isNotTold() throws IOException {
    Path file = folder.resolve("recorded.json");
    Ratios.write(file, Map.of("hit", result(1_000, 10)));

    assertThat(Ratios.worse(file, Map.of("hit", result(950, 10.5)), 0.1)).isEmpty();
    assertThat(Ratios.worse(file, Map.of("hit", result(2_000, 5)), 0.1)).isEmpty();
    assertThat(Ratios.worse(file, Map.of("another", result(1, 1_000)), 0.1)).isEmpty();
  }

  @Test
  void recorded_hasEachCase() throws IOException {
    for (Case one : Case.all()) {
      Result slow = result(1, 1e6);

      assertThat(Ratios.worse(Ratios.RECORDED, Map.of(one.name(), slow), 0.1))
          .as(one.name())
          .hasSize(2);
    }
  }

  /** Beside a reference of 1,000 requests a second, and 10 µs for each. */
  private static Result result(double perSecond, double cpu) {
    Result result = new Result();
    result.add(new Result.Round(perSecond, cpu, 1_000, 10));
    return result;
  }
}
