package dev.slipstream.engine.optimize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.slipstream.engine.monitor.SystemMonitor;
import dev.slipstream.engine.profile.EndpointNames;
import dev.slipstream.engine.profile.Endpoints;
import dev.slipstream.engine.profile.Outcome;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SamplerTest {
  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  private final long start = System.nanoTime();
  private final Endpoints endpoints = new Endpoints(new EndpointNames());
  private final SystemMonitor monitor = new SystemMonitor(() -> start);
  private final Sampler sampler = new Sampler(monitor, endpoints, null);

  private void requests(int count) {
    for (int i = 0; i < count; i++) {
      endpoints.at("GET", "/a").record(Outcome.MISS_URI, 200, 1_000_000, 0);
    }
  }

  @Test
  void second_thatIsNotOver_isNotNotedAgain() {
    requests(100);
    endpoints.tick(start + SECOND);
    sampler.second();
    sampler.second();
    sampler.second();
    endpoints.tick(start + 2 * SECOND);
    sampler.second();

    assertThat(sampler.sample(0).value(Metric.REQUEST_RATE)).isCloseTo(50, within(1.0));
    monitor.close();
  }

  @Test
  void sample_whatWasRefused_hasNotFailed() {
    requests(50);
    for (int i = 0; i < 50; i++) {
      endpoints.at("GET", "/a").record(Outcome.REFUSED, 503, 1_000_000, 0);
    }
    endpoints.tick(start + SECOND);
    sampler.second();

    Measurements sample = sampler.sample(0);
    assertThat(sample.value(Metric.ERROR_RATE)).isZero();
    assertThat(sample.endpoints().get("GET /a").errorRate()).isZero();
    monitor.close();
  }
}
