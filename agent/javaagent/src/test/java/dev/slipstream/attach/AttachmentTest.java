package dev.slipstream.attach;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AttachmentTest {
  @ParameterizedTest
  @CsvSource({"1.8,false", "11,false", "16,false", "17,true", "21,true", "25,true", "'',true"})
  void isAtLeast_comparesFeatureReleases(String version, boolean expected) {
    assertThat(Attachment.isAtLeast(version, 17)).isEqualTo(expected);
  }
}
