package dev.slipstream.engine.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ResponseHeadTest {

  @Test
  void of_nothingBefore_allIsReplaced() {
    ResponseHead head = ResponseHead.of(200, Fields.EMPTY, Fields.of("A", "1", "B", "2", "A", "3"));

    assertThat(head.status()).isEqualTo(200);
    assertThat(head.fields()).isEqualTo(Fields.of("A", "1", "B", "2", "A", "3"));
    assertThat(head.replaced()).isEqualTo(Fields.of("A", "1", "B", "2", "A", "3"));
    assertThat(head.appended()).isSameAs(Fields.EMPTY);
  }

  @Test
  void of_whatAFilterSet_isNeither() {
    Fields filter = Fields.of("X-Request-Id", "7", "Vary", "Origin");

    ResponseHead head = ResponseHead.of(200, filter, filter);

    assertThat(head.fields()).isEqualTo(filter);
    assertThat(head.replaced()).isSameAs(Fields.EMPTY);
    assertThat(head.appended()).isSameAs(Fields.EMPTY);
  }

  @Test
  void of_servletAddsToAFiltersField_isAppended() {
    ResponseHead head =
        ResponseHead.of(
            200,
            Fields.of("Vary", "Origin"),
            Fields.of("Vary", "Origin", "ETag", "\"1\"", "vary", "Accept"));

    assertThat(head.replaced()).isEqualTo(Fields.of("ETag", "\"1\""));
    assertThat(head.appended()).isEqualTo(Fields.of("Vary", "Accept"));
    assertThat(head.fields().all("Vary")).containsExactly("Origin", "Accept");
  }

  @Test
  void of_servletSetsAFiltersField_isReplaced() {
    ResponseHead head =
        ResponseHead.of(
            200,
            Fields.of("Cache-Control", "no-cache", "Vary", "Origin", "Vary", "Accept"),
            Fields.of("cache-control", "max-age=60", "Vary", "Accept"));

    assertThat(head.replaced())
        .isEqualTo(Fields.of("cache-control", "max-age=60", "Vary", "Accept"));
    assertThat(head.appended()).isSameAs(Fields.EMPTY);
  }

  @Test
  void of_servletRemovesAFiltersField_isNowhere() {
    ResponseHead head = ResponseHead.of(200, Fields.of("A", "1"), Fields.of("B", "2"));

    assertThat(head.fields()).isEqualTo(Fields.of("B", "2"));
    assertThat(head.replaced()).isEqualTo(Fields.of("B", "2"));
    assertThat(head.appended()).isSameAs(Fields.EMPTY);
  }
}
