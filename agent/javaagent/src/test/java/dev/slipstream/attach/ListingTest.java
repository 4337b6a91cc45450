package dev.slipstream.attach;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ListingTest {
  /** Arguments may be secrets. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "com.example.Main                            | com.example.Main",
        "com.example.Main --password=secret          | com.example.Main",
        "/opt/gateway/lib/gateway.jar --port 80      | gateway.jar",
        "module/com.example.Main                     | module/com.example.Main",
        "''                                          | unknown"
      })
  void mainClass_isWithoutArgumentsAndFolders(String displayName, String expected) {
    assertThat(Listing.mainClass(displayName)).isEqualTo(expected);
  }
}
