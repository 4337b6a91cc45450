package dev.slipstream.engine.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class BreakerTest {
  private static final long FAST = 1_000_000;
  private static final long SLOW = 30_000_000;

  private final AtomicLong now = new AtomicLong();
  private final AtomicInteger opened = new AtomicInteger();
  private final AtomicInteger turned = new AtomicInteger();
  private final Breaker breaker =
      new Breaker(
          Duration.ofMillis(50), now::get, opened::incrementAndGet, turned::incrementAndGet);

  private void close() {
    breaker.halfOpen();
    for (int i = 0; i < Breaker.PROBES; i++) {
      breaker.probed(FAST);
    }
    assertThat(breaker.isClosed()).isTrue();
  }

  private void pass(int count, Runnable outcome) {
    for (int i = 0; i < count; i++) {
      now.addAndGet(5_000_000);
      outcome.run();
    }
  }

  private void fail() {
    breaker.failed("gone");
  }

  @Test
  void startsOpen_closesAfterProbes() {
    assertThat(breaker.isClosed()).isFalse();
    assertThat(breaker.state()).isEqualTo("open");
    breaker.halfOpen();
    assertThat(breaker.state()).isEqualTo("half_open");
    assertThat(breaker.isClosed()).isFalse();
    close();
  }

  @Test
  void slowProbes_leaveItOpen() {
    breaker.halfOpen();
    for (int i = 0; i < Breaker.PROBES; i++) {
      breaker.probed(SLOW);
    }
    assertThat(breaker.state()).isEqualTo("open");
    assertThat(breaker.reason()).isEqualTo("it takes longer than 25 ms");
    assertThat(turned).hasValue(0);
  }

  @Test
  void failures_openIt() {
    close();
    pass(9, this::fail);
    assertThat(breaker.isClosed()).isTrue();
    pass(1, this::fail);
    assertThat(breaker.isClosed()).isFalse();
    assertThat(breaker.reason()).isEqualTo("gone");
    assertThat(opened).hasValue(1);
  }

  @Test
  void slowness_opensIt() {
    close();
    pass(10, () -> breaker.succeeded(SLOW));
    assertThat(breaker.isClosed()).isFalse();
  }

  @Test
  void open_atOnce_saysWhy() {
    close();
    breaker.open("asked to");
    breaker.open("asked again");
    assertThat(breaker.reason()).isEqualTo("asked again");
    assertThat(opened).hasValue(1);
    assertThat(turned).hasValue(2);
  }

  @Test
  void lessThanHalf_leavesItClosed() {
    close();
    for (int i = 0; i < 50; i++) {
      pass(2, () -> breaker.succeeded(FAST));
      pass(1, this::fail);
    }
    assertThat(breaker.isClosed()).isTrue();
  }

  @Test
  void manyHeldUpTogether_countAsOne() {
    close();
    now.addAndGet(5_000_000);
    for (int i = 0; i < 1_000; i++) {
      breaker.succeeded(SLOW);
    }
    assertThat(breaker.isClosed()).isTrue();
  }
}
