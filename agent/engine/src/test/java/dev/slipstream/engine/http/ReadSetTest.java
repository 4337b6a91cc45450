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

  /** A filter that goes through all fields hides nothing of what the next one asks for. */
  @Test
  void shaping_beforeTheServlet_isEachFieldThatAFilterAsksFor() {
    ReadSet entered = ReadSet.atEntry();
    entered.enumerated();
    entered.field("X-Token");
    entered.field("If-None-Match");
    entered.reachesServlet();
    entered.field("User-Agent");
    entered.field("Accept-Language");
    entered.leavesServlet();
    entered.field("X-Late");

    assertThat(entered.shaping(SHAPING, Fields.EMPTY))
        .containsExactly("accept-language", "x-late", "x-token");
    assertThat(entered.shaping(SHAPING, Fields.of("X-Forwarded-Host", "a", "X-Other", "b")))
        .contains("x-forwarded-host")
        .doesNotContain("x-other");
  }

  @Test
  void isIdentified_afterALookAtTheAddressBeforeTheServlet_whateverElseIsLookedAt() {
    ReadSet atServlet = ReadSet.atEntry();
    atServlet.reachesServlet();
    atServlet.addressed();
    assertThat(atServlet.isIdentified()).isFalse();

    ReadSet atFilters = ReadSet.atEntry();
    atFilters.addressed();
    atFilters.enumerated();
    assertThat(atFilters.isIdentified()).isTrue();
  }

  /** What is not noted any more may say who is asking. */
  @Test
  void isIdentified_beforeTheServlet_onceTooManyNamesAreRead() {
    ReadSet entered = ReadSet.atEntry();
    for (int i = 0; i < 100; i++) {
      entered.field("X-" + i);
    }
    entered.field("X-0");
    assertThat(entered.isIdentified()).isFalse();

    entered.field("X-100");
    assertThat(entered.isIdentified()).isTrue();
  }

  @Test
  void isIdentified_onceItWas() {
    assertThat(reads.isIdentified()).isFalse();

    reads.identified();
    reads.enumerated();

    assertThat(reads.isIdentified()).isTrue();
  }
}
