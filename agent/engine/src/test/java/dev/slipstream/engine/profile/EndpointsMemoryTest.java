package dev.slipstream.engine.profile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipstream.engine.flight.Flight;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EndpointsMemoryTest {
  private static final long BOUND_BYTES = 20_000_000;
  private static final long SECOND = 1_000_000_000L;

  @Test
  void endpoints_500WithAMinuteOfBroadlySpreadTimes_stayWithinTheBound() {
    long before = usedBytes();
    Endpoints endpoints =
        new Endpoints(new EndpointNames(), new Flight(), 0, (method, path) -> null);
    Random random = new Random(1);
    for (int second = 1; second <= 70; second++) {
      for (int i = 0; i < 600; i++) {
        Endpoint one = endpoints.at("GET", "/p" + i / 40 + "/x" + i % 40 + "/list");
        for (int j = 0; j < 20; j++) {
          long nanos = (long) (1_000 * Math.exp(random.nextDouble() * 18)); // 1 µs to 65 s
          one.record(j % 2 == 0 ? Outcome.HIT_L1 : Outcome.MISS_URI, 200, nanos, 100);
        }
      }
      endpoints.tick(second * SECOND);
      endpoints.total();
    }
    endpoints.all().forEach(Endpoint::window);

    long used = usedBytes() - before;
    assertThat(endpoints.all()).hasSize(501);
    assertThat(endpoints.total().requests()).isGreaterThanOrEqualTo(600 * 20 * 55);
    assertThat(used).isBetween(1_000_000L, BOUND_BYTES);
  }

  private static long usedBytes() {
    Runtime runtime = Runtime.getRuntime();
    long used = Long.MAX_VALUE;
    for (int i = 0; i < 5; i++) {
      System.gc();
      used = Math.min(used, runtime.totalMemory() - runtime.freeMemory());
    }
    return used;
  }
}
