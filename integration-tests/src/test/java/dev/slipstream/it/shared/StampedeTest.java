package dev.slipstream.it.shared;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipstream.it.RedisServer;
import dev.slipstream.it.shared.SharedLoad.Plan;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the application behind the gateways is asked while these lose their Redis and get it back
 * empty. The figures are in {@code target/shared-stampede.txt}.
 */
@Tag("shared")
final class StampedeTest {
  private static final int GATEWAYS = 2;
  private static final int PATHS = 400;
  private static final Duration SECOND = Duration.ofSeconds(1);

  /** How long L1 answers without L2, here; 60 s by default. */
  private static final Duration ALONE = Duration.ofSeconds(10);

  @TempDir private Path folder;

  /**
   * Each path is asked for a few times a second at each gateway. Within the time that L1 answers
   * alone each entry may be asked for once by each gateway, and these calls are spread.
   */
  @Test
  void lossOfRedis_isNoStampede() {
    Figures figures = Figures.begin("shared-stampede");
    try (RedisServer redis = RedisServer.start(folder);
        VersionedOrigin origin = new VersionedOrigin();
        GatewayGroup group =
            GatewayGroup.start(
                GATEWAYS,
                origin,
                String.format(Locale.ROOT, "redis://127.0.0.1:%d", redis.port()),
                "coherence_max_staleness=" + ALONE.toSeconds());
        SharedLoad load = new SharedLoad(group, origin, plan())) {
      origin.latency(Duration.ofMillis(20));
      load.start();
      perSecond(origin, load, 5); // the gateways come to have it all
      note(figures, "before", perSecond(origin, load, 10));
      redis.kill();
      List<Second> without = perSecond(origin, load, 30);
      note(figures, "without Redis", without);
      redis.start();
      List<Second> after = perSecond(origin, load, 20);
      note(figures, "Redis is back, empty", after);

      assertThat(load.failures()).as("failed requests").isEmpty();
      int all = GATEWAYS * PATHS;
      assertThat(without).as("calls each second, without").allMatch(one -> one.calls < all / 2);
      assertThat(after).as("calls each second, after").allMatch(one -> one.calls < all / 2);
    }
  }

  private static Plan plan() {
    return new Plan(
        6, Duration.ofMillis(2), PATHS, 0, 0, false, Duration.ZERO, List.of(), List.of());
  }

  /** What was asked in a second: of the gateways, and of the application. */
  private record Second(long requests, long calls) {}

  private static List<Second> perSecond(VersionedOrigin origin, SharedLoad load, int seconds) {
    List<Second> measured = new ArrayList<>();
    long until = System.nanoTime();
    for (int i = 0; i < seconds; i++) {
      long calls = origin.calls();
      load.takeDelays();
      until += SECOND.toNanos();
      for (long left = until - System.nanoTime(); left > 0; left = until - System.nanoTime()) {
        LockSupport.parkNanos(left);
      }
      measured.add(new Second(load.takeDelays().count(), origin.calls() - calls));
    }
    return measured;
  }

  private static void note(Figures figures, String phase, List<Second> seconds) {
    figures.note(
        "%-22s %d s: %.0f requests/s; calls of the application/s: mean %.1f, most %d; each: %s",
        phase,
        seconds.size(),
        seconds.stream().mapToLong(Second::requests).average().orElse(0),
        seconds.stream().mapToLong(Second::calls).average().orElse(0),
        seconds.stream().mapToLong(Second::calls).max().orElse(0),
        seconds.stream().map(Second::calls).toList());
  }
}
