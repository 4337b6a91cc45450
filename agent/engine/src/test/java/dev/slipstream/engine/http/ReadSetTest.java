package dev.slipstream.engine.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipstream.config.NamePatterns;
import dev.slipstream.engine.TestSettings;
import org.junit.jupiter.api.Test;

class ReadSetTest {
  private static final NamePatterns SHAPING = TestSettings.with().http().shapingFields();

  private final ReadSet reads = new ReadSet();

  @Test
  void shaping_fieldsReadThatChooseBetweenAnswers() {
    reads.field("ACCEPT-Language");
    reads.field("X-Forwarded-Host");
    reads.field("Accept");
    reads.field("Origin");
    reads.field("Origin");

    assertThat(reads.shaping(SHAPING, Fields.EMPTY))
        .containsExactly("accept", "accept-language", "origin", "x-forwarded-host");
  }

  @Test
  void shaping_atAFilter_isEachFieldAboutContent() {
    ReadSet filters = new ReadSet(true);
    filters.field("User-Agent");
    filters.field("If-None-Match");

    assertThat(filters.shaping(SHAPING, Fields.EMPTY)).containsExactly("user-agent");
  }

  @Test
  void shaping_afterAllWereGoneThrough_nothingMoreCounts() {
    reads.field("Origin");
    reads.enumerated();
    reads.field("Accept-Language");

    assertThat(reads.shaping(SHAPING, Fields.EMPTY)).containsExactly("origin");
  }

  @Test
  void shaping_nothingRead() {
    assertThat(reads.shaping(SHAPING, Fields.EMPTY)).isEmpty();
  }

  @Test
  void shaping_ofJaxRs_acceptChoosesAndLanguagesMay() {
    reads.enumerated();
    reads.negotiated();

    assertThat(reads.shaping(SHAPING, Fields.EMPTY)).containsExactly("accept", "accept-language");
    assertThat(reads.shaping(NamePatterns.NONE, Fields.EMPTY)).containsExactly("accept");
  }

  @Test
  void field_manyNames_areBounded() {
    for (int i = 0; i < 10_000; i++) {
      reads.field("X-Forwarded-" + i);
    }

    assertThat(reads.shaping(SHAPING, Fields.EMPTY)).hasSize(100);
  }

  @Test
  void isIdentified_onceItWas() {
    assertThat(reads.isIdentified()).isFalse();

    reads.identified();
    reads.enumerated();

    assertThat(reads.isIdentified()).isTrue();
  }
}
