package dev.slipstream.engine.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LatestKeysTest {
  private final CacheKeys keys = new CacheKeys("apigw", true);

  @Test
  void of_theSameRequestAgain_isTheSameObject() {
    String first = keys.of(TestRequest.get("/a?x=1"), null, null);

    assertThat(keys.of(TestRequest.get("/a?x=1"), null, null)).isSameAs(first);
  }

  @Test
  void of_theSameUrlOfAnotherHost_isAnother() {
    String first = keys.of(TestRequest.get("/a"), null, null);
    String second = keys.of(TestRequest.get("/a").field("Host", "evil.example"), null, null);

    assertThat(second).isNotEqualTo(first).contains("evil.example");
    assertThat(keys.of(TestRequest.get("/a"), null, null)).isEqualTo(first);
  }

  @Test
  void of_anIdentity_isNotTakenForAnybodys() {
    String anybodys = keys.of(TestRequest.get("/a"), null, null);

    assertThat(keys.of(TestRequest.get("/a"), null, "0123"))
        .isNotEqualTo(anybodys)
        .contains("0123");
    assertThat(keys.of(TestRequest.get("/a"), null, null)).isEqualTo(anybodys);
  }
}
