package dev.slipstream.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A filter that answers is cached at its own place: what stands before it runs on every hit, and
 * what it has turned away is no answer for those whom it lets pass.
 */
final class GuardTest {
  private static final String PASS = "X-Pass: yes";

  private static GatewayProcess gateway;

  @BeforeAll
  static void start() {
    gateway =
        new GatewayProcess.Builder("guard", "com.example.guard.TomcatMain")
            .classPath(Applications.guardClassPath())
            .agent("entry_points=com.example.guard.Front#handle")
            .start();
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(20))
        .until(() -> get("/await").isHit());
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  private static Answer get(String target, String... fields) throws IOException {
    try (HttpConnection connection = new HttpConnection(gateway.port())) {
      return connection.get(target, fields);
    }
  }

  @Test
  void guardBeforeAnAnsweringFilter_runsOnEveryHit() throws IOException {
    assertThat(get("/guarded/1").text()).isEqualTo("no");
    assertThat(get("/guarded/1", PASS).text()).isEqualTo("answer");
    assertThat(get("/guarded/1", PASS).isHit()).isTrue();

    Answer refused = get("/guarded/1");

    assertThat(refused.text()).isEqualTo("no");
    assertThat(refused.isHit()).isFalse();
    assertThat(get("/guarded/1", PASS).isHit()).isTrue();
  }

  /** One class, twice in the chain: nobody mistakes one filter for the other. */
  @Test
  void guardOfTheSameClassAsTheAnsweringFilter_runsOnEveryHit() throws IOException {
    for (int i = 0; i < 3; i++) {
      assertThat(get("/twice/1", PASS).text()).isEqualTo("answer");
      assertThat(get("/twice/1").text()).isEqualTo("no");
    }
    assertThat(get("/twice/1", PASS).isHit()).isTrue();
  }

  @Test
  void guardsAnswer_toAFieldThatItAsksFor_isNotForOthers() throws IOException {
    assertThat(get("/agent/bots-first", "User-Agent: bot").text()).isEqualTo("no bots");

    assertThat(get("/agent/bots-first", "User-Agent: browser").text()).isEqualTo("servlet");
    assertThat(get("/agent/bots-first", "User-Agent: bot").text()).isEqualTo("no bots");
    assertThat(get("/agent/bots-first", "User-Agent: browser").text()).isEqualTo("servlet");
    assertThat(get("/agent/bots-first").text()).isEqualTo("servlet");
  }

  @Test
  void guardsAnswer_afterALookAtTheAddress_isNotStored() throws IOException {
    Answer first = get("/address/1");
    Answer second = get("/address/1");

    assertThat(first.text()).isEqualTo("address");
    assertThat(second.isHit()).isFalse();
    assertThat(second.values("X-Run")).isNotEqualTo(first.values("X-Run"));
  }

  @Test
  void loginPageInPlaceOfAnAnswer_isNotForThoseWhoAreLoggedIn() throws IOException {
    for (int i = 0; i < 3; i++) {
      assertThat(get("/login/page").text()).isEqualTo("log in");
      assertThat(get("/login/page", PASS).text()).isEqualTo("servlet");
    }
    assertThat(get("/login/page", PASS).isHit()).isTrue();
    assertThat(get("/login/page").text()).isEqualTo("log in");
  }

  @Test
  void methodThatTheSettingsName_isAnEntryPoint() throws IOException {
    assertThat(get("/front/door").text()).isEqualTo("front /front/door");

    Answer hit = get("/front/door");

    assertThat(hit.isHit()).isTrue();
    assertThat(hit.text()).isEqualTo("front /front/door");
  }
}
