package dev.slipstream.engine.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.HdrHistogram.IntCountsHistogram;
import org.junit.jupiter.api.Test;

class TimeCountsTest {
  private final TimeCounts counts = new TimeCounts();

  @Test
  void bucket_ofAnyValue_isHdrHistogramsOfOneDigit() {
    IntCountsHistogram histogram = Timings.sum();
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 100_000; i++) {
      int value = random.nextInt(1 << random.nextInt(1, 28));
      int bucket = TimeCounts.bucket(value);

      assertThat(bucket).as("bucket of %d", value).isBetween(0, TimeCounts.BUCKETS - 1);
      assertThat((long) TimeCounts.least(bucket))
          .as("least value beside %d", value)
          .isEqualTo(histogram.lowestEquivalentValue(value));
    }
    assertThat(TimeCounts.bucket((1 << 27) - 1)).isEqualTo(TimeCounts.BUCKETS - 1);
  }

  @Test
  void moveTo_again_addsWhatIsNew() {
    counts.record(7);
    counts.record(1_000_000);
    counts.moveTo(Timings.sum());
    counts.record(7);

    IntCountsHistogram more = Timings.sum();
    counts.moveTo(more);

    assertThat(more.getTotalCount()).isEqualTo(1);
    assertThat(more.getCountAtValue(7)).isEqualTo(1);
  }

  @Test
  void moveTo_whileThreadsRecord_losesNothing() throws InterruptedException {
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      Thread thread =
          new Thread(
              () -> {
                for (int j = 0; j < 50_000; j++) {
                  counts.record(j % 100);
                }
              });
      threads.add(thread);
      thread.start();
    }
    IntCountsHistogram all = Timings.sum();
    while (threads.stream().anyMatch(Thread::isAlive)) {
      counts.moveTo(all);
    }
    for (Thread thread : threads) {
      thread.join();
    }
    counts.moveTo(all);

    assertThat(all.getTotalCount()).isEqualTo(300_000);
    assertThat(all.getCountAtValue(3)).isEqualTo(3_000);
  }
}
