package dev.slipstream.console.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class AllowedHostsTest {

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "LOCALHOST:1", "127.0.0.1:8000", "[::1]", "[::1]:8000"})
  void loopbackNames_areOurs(String field) throws UnknownHostException {
    assertThat(listeningOn("127.0.0.1").accept(field)).isTrue();
    assertThat(listeningOn("0.0.0.0").accept(field)).isTrue();
  }

  @ParameterizedTest
  @NullAndEmptySource
  @ValueSource(
      strings = {
        "evil.example",
        "evil.example:8000",
        "localhost.evil.example",
        "127.0.0.1.evil.example",
        "127.0.0.1@evil.example",
        "localhost evil",
        "localhost,evil.example",
        "192.0.2.1",
        "localhost:x",
        "localhost:123456",
        "[::1",
        "::1",
        "2130706433"
      })
  void otherNames_areNot(String field) throws UnknownHostException {
    assertThat(listeningOn("127.0.0.1").accept(field)).isFalse();
  }

  @Test
  void beyondLoopback_addressesAndTheNameAreOurs() throws UnknownHostException {
    InetAddress address = InetAddress.getByAddress(new byte[] {(byte) 192, 0, 2, 1});
    AllowedHosts hosts =
        AllowedHosts.listeningOn("Console.example", address, List.of("Proxy.example"));
    assertThat(hosts.accept("console.example:8000")).isTrue();
    assertThat(hosts.accept("proxy.example")).isTrue();
    assertThat(hosts.accept("192.0.2.1:8000")).isTrue();
    assertThat(hosts.accept("[2001:db8::1]:8000")).isTrue();
    assertThat(hosts.accept("evil.example")).isFalse();
  }

  private static AllowedHosts listeningOn(String host) throws UnknownHostException {
    return AllowedHosts.listeningOn(host, InetAddress.getByName(host), List.of());
  }
}
