package dev.slipstream.console.security;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CrossSiteTest {

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "-, -, localhost:8000, false",
        "same-origin, http://localhost:8000, localhost:8000, false",
        "same-origin, -, localhost:8000, false",
        "none, -, localhost:8000, false",
        "-, http://LOCALHOST:8000, localhost:8000, false",
        "-, https://console.example, console.example, false",
        "-, https://console.example, console.example:443, false",
        "cross-site, -, localhost:8000, true",
        "same-site, -, localhost:8000, true",
        "Cross-Site, -, localhost:8000, true",
        "'', -, localhost:8000, true",
        "cross-site, http://localhost:8000, localhost:8000, true",
        "-, http://localhost:3000, localhost:8000, true",
        "-, http://evil.example, localhost:8000, true",
        "-, null, localhost:8000, true",
        "-, '', localhost:8000, true",
        "-, '%zz', localhost:8000, true",
        "-, http://localhost:8000.evil.example, localhost:8000, true",
        "-, http://user@localhost:8000, localhost:8000, true",
        "-, http://localhost:8000, -, true",
      })
  void is_whereABrowserSaysSo(String fetchSite, String origin, String host, boolean is) {
    assertThat(CrossSite.is(fetchSite, origin, host)).isEqualTo(is);
  }
}
