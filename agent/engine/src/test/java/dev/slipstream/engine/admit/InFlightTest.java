package dev.slipstream.engine.admit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InFlightTest {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  @ParameterizedTest
  @ValueSource(longs = {0, Long.MAX_VALUE - 5_000_000_000L, Long.MIN_VALUE, -3_000_000_000L})
  void count_isOfThoseThatHaveNotEnded(long origin) {
    InFlight inFlight = new InFlight(origin);

    assertThat(inFlight.begin(origin)).isEqualTo(1);
    assertThat(inFlight.begin(origin + SECOND)).isEqualTo(2);
    assertThat(inFlight.begin(origin + 9 * SECOND)).isEqualTo(3);

    assertThat(inFlight.end(origin + SECOND)).isTrue();
    assertThat(inFlight.count()).isEqualTo(2);
    assertThat(inFlight.older(5 * SECOND, origin, origin + 10 * SECOND)).isEqualTo(1);
  }

  @Test
  void end_ofOneThatDidNotBegin_countsNothing() {
    InFlight inFlight = new InFlight(0);
    inFlight.begin(5 * SECOND);

    assertThat(inFlight.end(6 * SECOND)).isFalse();
    assertThat(inFlight.end(5 * SECOND)).isTrue();
    assertThat(inFlight.end(5 * SECOND)).isFalse();
    assertThat(inFlight.count()).isZero();
  }

  @Test
  void expire_forgetsThoseThatAreUnderWayForTooLong() {
    InFlight inFlight = new InFlight(0);
    inFlight.begin(SECOND);
    inFlight.begin(30 * SECOND);

    inFlight.expire(80 * SECOND);

    assertThat(inFlight.count()).isEqualTo(1);
    assertThat(inFlight.end(SECOND)).isFalse();
    assertThat(inFlight.end(30 * SECOND)).isTrue();
  }

  @Test
  void begin_inASlotThatWasUsedBefore_forgetsWhatWasThere() {
    InFlight inFlight = new InFlight(0);
    long round = (long) InFlight.SLOTS << InFlight.SLOT_LOG2_NANOS;
    inFlight.begin(SECOND);
    inFlight.begin(SECOND);

    assertThat(inFlight.begin(SECOND + round)).isEqualTo(1);
    assertThat(inFlight.end(SECOND)).isFalse();
  }

  @Test
  void older_countsOnlyWhatIsCertainlyOlder_andBeganSince() {
    InFlight inFlight = new InFlight(0);
    inFlight.begin(SECOND);
    inFlight.begin(2 * SECOND);
    inFlight.begin(3 * SECOND);

    assertThat(inFlight.older(SECOND, 0, 3 * SECOND + SECOND / 2)).isEqualTo(2);
    assertThat(inFlight.older(SECOND, 2 * SECOND, 3 * SECOND + SECOND / 2)).isEqualTo(1);
    assertThat(inFlight.older(10 * SECOND, 0, 3 * SECOND)).isZero();
  }

  @Test
  void count_whateverThreadsDo_isZeroInTheEnd() throws Exception {
    InFlight inFlight = new InFlight(0);
    ExecutorService threads = Executors.newFixedThreadPool(4);
    List<Callable<Integer>> tasks = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      int seed = i;
      tasks.add(
          () -> {
            Random random = new Random(seed);
            List<Long> begun = new ArrayList<>();
            for (long now = 0; now < 60 * SECOND; now += SECOND / 500) {
              inFlight.begin(now);
              begun.add(now);
              if (random.nextInt(3) > 0) {
                inFlight.end(begun.remove(random.nextInt(begun.size())));
              }
            }
            begun.forEach(inFlight::end);
            return 0;
          });
    }
    for (Future<Integer> future : threads.invokeAll(tasks)) {
      future.get();
    }
    threads.shutdown();

    inFlight.expire(200 * SECOND);
    assertThat(inFlight.count()).isZero();
  }
}
