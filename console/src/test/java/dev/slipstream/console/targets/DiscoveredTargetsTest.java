package dev.slipstream.console.targets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipstream.console.cache.Caches;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class DiscoveredTargetsTest {
  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
  private final AtomicReference<List<String>> dns = new AtomicReference<>(List.of());

  private final DiscoveredTargets targets =
      new DiscoveredTargets(
          new Discovery("gw", "gateways.example", 9010, JmxAccess.OPEN),
          Caches.LOOK,
          now::get,
          this::resolve,
          Runnable::run);

  @Test
  void addresses_comeAndGo_andOneThatHasGoneIsRememberedForAWhile() {
    resolved("192.0.2.2", "192.0.2.1", "2001:db8::1");
    assertThat(names()).containsExactly("gw-192.0.2.1", "gw-192.0.2.2", "gw-2001-db8-0-0-0-0-0-1");
    Gateway kept = targets.all().get(0);
    Gateway gone = targets.all().get(1);
    resolved("192.0.2.1");
    assertThat(names()).hasSize(3);
    assertThat(targets.all().get(0)).isSameAs(kept);
    assertThat(gone.departed()).isTrue();
    assertThat(gone.state().failure().error()).isEqualTo("is in the DNS no more");
    now.updateAndGet(before -> before.plus(Duration.ofMinutes(6)));
    resolved("192.0.2.1");
    assertThat(names()).containsExactly("gw-192.0.2.1");
    assertThat(kept.departed()).isFalse();
  }

  @Test
  void addressThatComesBack_isAGatewayAnew() {
    resolved("192.0.2.1");
    Gateway first = targets.all().get(0);
    resolved("192.0.2.2");
    resolved("192.0.2.1", "192.0.2.2");
    assertThat(targets.find("gw-192.0.2.1").orElseThrow())
        .isNotSameAs(first)
        .matches(gateway -> !gateway.departed());
  }

  @Test
  void whileTheDnsFails_whatIsKnownStays_andTheProblemIsTold() {
    resolved("192.0.2.1");
    resolved();
    assertThat(targets.all()).singleElement().matches(gateway -> !gateway.departed());
    assertThat(targets.problems()).containsExactly("gateways.example cannot be resolved");
    resolved("192.0.2.1");
    assertThat(targets.problems()).isEmpty();
  }

  @Test
  void name_isResolvedEveryFiveSeconds_andNoMore() {
    resolved("192.0.2.1");
    dns.set(List.of("192.0.2.1", "192.0.2.2"));
    now.updateAndGet(before -> before.plusSeconds(4));
    targets.refresh();
    assertThat(targets.all()).hasSize(1);
    now.updateAndGet(before -> before.plusSeconds(1));
    targets.refresh();
    assertThat(targets.all()).hasSize(2);
  }

  private void resolved(String... addresses) {
    dns.set(List.of(addresses));
    now.updateAndGet(before -> before.plusSeconds(5));
    targets.refresh();
  }

  private InetAddress[] resolve(String name) throws UnknownHostException {
    if (dns.get().isEmpty()) {
      throw new UnknownHostException(name);
    }
    InetAddress[] addresses = new InetAddress[dns.get().size()];
    for (int i = 0; i < addresses.length; i++) {
      addresses[i] = InetAddress.getByName(dns.get().get(i));
    }
    return addresses;
  }

  private List<String> names() {
    return targets.all().stream().map(Gateway::name).toList();
  }
}
