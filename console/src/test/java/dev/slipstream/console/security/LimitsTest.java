package dev.slipstream.console.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LimitsTest {
  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  @Test
  void rate_holdsFiveSeconds_thenRefusesUntilItHasFilledAgain() {
    RateLimit limit = new RateLimit(10);
    for (int i = 0; i < 50; i++) {
      assertThat(limit.take("192.0.2.1", 0)).isZero();
    }
    assertThat(limit.take("192.0.2.1", 0)).isEqualTo(Duration.ofMillis(100));
    assertThat(limit.take("192.0.2.2", 0)).as("another address").isZero();
    assertThat(limit.take("192.0.2.1", SECOND / 10)).isZero();
    assertThat(limit.take("192.0.2.1", SECOND / 10)).isPositive();
    for (int i = 0; i < 50; i++) {
      assertThat(limit.take("192.0.2.1", 100 * SECOND)).isZero();
    }
    assertThat(limit.take("192.0.2.1", 100 * SECOND)).as("no more than it holds").isPositive();
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "4, 0", "5, 1", "6, 2", "7, 4", "10, 32", "11, 60", "1000000, 60"})
  void throttle_growsToAMinute(int failures, long seconds) {
    assertThat(LoginThrottle.waitAfter(failures)).isEqualTo(Duration.ofSeconds(seconds));
  }

  @Test
  void throttle_ofOneAddress_leavesOthersAlone_andEndsWithSuccess() {
    LoginThrottle throttle = new LoginThrottle();
    for (int i = 0; i < 5; i++) {
      assertThat(throttle.delay("192.0.2.1", 0)).isZero();
      throttle.failed("192.0.2.1", 0);
    }
    assertThat(throttle.delay("192.0.2.1", 0)).isEqualTo(Duration.ofSeconds(1));
    assertThat(throttle.delay("192.0.2.2", 0)).isZero();
    assertThat(throttle.delay("192.0.2.1", SECOND)).isZero();
    throttle.succeeded("192.0.2.1");
    throttle.failed("192.0.2.1", SECOND);
    assertThat(throttle.delay("192.0.2.1", SECOND)).isZero();
  }

  @Test
  void throttle_forgetsAfterTenQuietMinutes() {
    LoginThrottle throttle = new LoginThrottle();
    for (int i = 0; i < 20; i++) {
      throttle.failed("192.0.2.1", 0);
    }
    throttle.failed("192.0.2.1", 601 * SECOND);
    assertThat(throttle.delay("192.0.2.1", 601 * SECOND)).isZero();
  }

  @Test
  void throttle_ofManyAddresses_keepsNobodyElseOut() {
    LoginThrottle throttle = new LoginThrottle();
    for (int i = 0; i < 1_000; i++) {
      throttle.failed("192.0.2." + (i & 255), 10 * SECOND);
    }
    assertThat(throttle.delay("198.51.100.1", 10 * SECOND)).isZero();
  }

  @Test
  void tables_areBounded() {
    PeerTable<Object> table = new PeerTable<>();
    for (int i = 0; i < 30_000; i++) {
      table.of("10." + (i >> 16) + "." + ((i >> 8) & 255) + "." + (i & 255), Object::new);
    }
    assertThat(table.size()).isEqualTo(10_000);
    assertThat(table.find("10.0.0.0")).as("the oldest went").isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.1, 192.0.2.1",
    "2001:db8:1:2:3:4:5:6, 2001:db8:1:2::",
    "[2001:db8:1:2:0:0:0:9], 2001:db8:1:2::",
    "0:0:0:0:0:0:0:1, 0:0:0:0::",
    "::1, :",
  })
  void network_ofIpv6_isItsFirst64Bits(String address, String network) {
    assertThat(PeerAddress.network(address)).isEqualTo(network);
  }
}
