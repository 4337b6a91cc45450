package dev.slipstream.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipstream.engine.http.Fields;
import jakarta.servlet.http.HttpServletResponse;
import org.junit.jupiter.api.Test;

class ResponseFieldsTest {
  private final FakeResponse container = new FakeResponse();
  private final HttpServletResponse response = container.build();

  @Test
  void of_allFields() {
    response.setHeader("ETag", "\"1\"");
    response.setHeader("X-Empty", "");

    assertThat(ResponseFields.of(response)).isEqualTo(Fields.of("ETag", "\"1\"", "X-Empty", ""));
  }

  @Test
  void of_contentTypeThatIsNoFieldYet_isAdded() {
    response.setContentType("text/plain");
    assertThat(ResponseFields.of(response)).isEqualTo(Fields.of("Content-Type", "text/plain"));

    response.setHeader("content-type", "text/html");
    assertThat(ResponseFields.of(response)).isEqualTo(Fields.of("content-type", "text/html"));
  }

  /** Tomcat names a field once for each of its lines. */
  @Test
  void of_fieldOfSeveralLines_hasEachOnce() {
    response.addHeader("Vary", "Accept");
    response.addHeader("vary", "Origin");
    response.addHeader("Vary", "Cookie");

    assertThat(ResponseFields.of(response).all("Vary"))
        .containsExactly("Accept", "Origin", "Cookie");
    assertThat(ResponseFields.of(response).size()).isEqualTo(3);
  }

  @Test
  void of_responseThatNamesEachLine_isTheSame() {
    response.addHeader("Vary", "Accept");
    response.addHeader("ETag", "\"1\"");
    response.addHeader("vary", "Origin");
    response.addHeader("X-Empty", "");

    assertThat(ResponseFields.of(response, true))
        .isEqualTo(Fields.of("Vary", "Accept", "Vary", "Origin", "ETag", "\"1\"", "X-Empty", ""));
    assertThat(ResponseFields.of(response, true)).isEqualTo(ResponseFields.of(response));
  }
}
