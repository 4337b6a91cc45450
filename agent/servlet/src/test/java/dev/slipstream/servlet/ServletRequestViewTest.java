package dev.slipstream.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ServletRequestViewTest {
  private final ServletRequestView view =
      new ServletRequestView(
          FakeRequest.get("/").field("Cookie", "a=1", "b=2", "c=3").build(), null, "");

  @Test
  void any_looksAtEachValue() {
    assertThat(view.any("Cookie", "a=1"::equals)).isTrue();
    assertThat(view.any("cookie", "c=3"::equals)).isTrue();
    assertThat(view.any("Cookie", "d=4"::equals)).isFalse();
    assertThat(view.any("Host", value -> true)).as("absent").isFalse();
  }

  @Test
  void all_keepsTheOrder() {
    assertThat(view.all("Cookie")).containsExactly("a=1", "b=2", "c=3");
    assertThat(view.all("Host")).isEmpty();
  }
}
