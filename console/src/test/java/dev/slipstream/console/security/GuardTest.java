package dev.slipstream.console.security;

import static dev.slipstream.console.security.Verdict.Why.GUESSING;
import static dev.slipstream.console.security.Verdict.Why.HOST;
import static dev.slipstream.console.security.Verdict.Why.LENGTH;
import static dev.slipstream.console.security.Verdict.Why.METHOD;
import static dev.slipstream.console.security.Verdict.Why.NO_TOKEN;
import static dev.slipstream.console.security.Verdict.Why.RATE;
import static dev.slipstream.console.security.Verdict.Why.ROLE;
import static dev.slipstream.console.security.Verdict.Why.SITE;
import static dev.slipstream.console.security.Verdict.Why.UNKNOWN_TOKEN;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GuardTest {
  private static final String OPERATOR = Token.make();
  private static final String VIEWER = Token.make();
  private static final String STATS = "/api/v1/cache/stats";
  private static final String FLUSH = "/api/v1/cache/flush";
  private static final String PEER = "192.0.2.9";

  private final AtomicLong nanoTime = new AtomicLong();

  @Test
  void onLoopback_readingIsOpen_andChangingNeedsAnOperator() throws IOException {
    Guard guard = guard(true, 1_000);
    assertThat(guard.decide(request("GET", STATS, null)))
        .isEqualTo(new Verdict.Admitted(Caller.ANONYMOUS, true));
    assertThat(why(guard.decide(request("DELETE", FLUSH, null)))).isEqualTo(NO_TOKEN);
    assertThat(why(guard.decide(request("DELETE", FLUSH, "Bearer " + VIEWER)))).isEqualTo(ROLE);
    assertThat(guard.decide(request("DELETE", FLUSH, "bearer  " + OPERATOR)))
        .isEqualTo(new Verdict.Admitted(new Caller("olga", Role.OPERATOR), true));
  }

  @Test
  void beyondLoopback_onlyHealthAndThePageAreOpen_andTellNothing() throws IOException {
    Guard guard = guard(false, 1_000);
    assertThat(why(guard.decide(request("GET", STATS, null)))).isEqualTo(NO_TOKEN);
    assertThat(guard.decide(request("GET", "/api/v1/health", null)))
        .isEqualTo(new Verdict.Admitted(Caller.ANONYMOUS, false));
    assertThat(guard.decide(request("GET", "/app/main.js", null)))
        .isEqualTo(new Verdict.Admitted(Caller.ANONYMOUS, false));
    assertThat(guard.decide(request("GET", STATS, "Bearer " + VIEWER)))
        .isEqualTo(new Verdict.Admitted(new Caller("vera", Role.VIEWER), true));
    assertThat(why(guard.decide(request("POST", "/api/v1/health", null)))).isEqualTo(NO_TOKEN);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Bearer",
        "Bearer ",
        "Bearer x",
        "Basic YTpi",
        "Bearer a b",
        "Bearer \u00e9",
        "x",
        "",
      })
  void authorizationThatIsWrong_isRefused_evenWhereNoneIsNeeded(String authorization)
      throws IOException {
    assertThat(why(guard(true, 1_000).decide(request("GET", STATS, authorization))))
        .isEqualTo(UNKNOWN_TOKEN);
  }

  @Test
  void guessing_isSlowedDown_andOneWhoWasKnownThereIsNot() throws IOException {
    Guard guard = guard(false, 1_000);
    assertThat(guard.decide(request("GET", STATS, "Bearer " + VIEWER)))
        .isInstanceOf(Verdict.Admitted.class);
    for (int i = 0; i < 5; i++) {
      assertThat(why(guard.decide(request("GET", STATS, "Bearer " + Token.make()))))
          .isEqualTo(UNKNOWN_TOKEN);
    }
    Verdict refused = guard.decide(request("GET", STATS, "Bearer " + Token.make()));
    assertThat(why(refused)).isEqualTo(GUESSING);
    assertThat(((Verdict.Refused) refused).retryAfter()).isEqualTo(Duration.ofSeconds(1));
    assertThat(why(guard.decide(request("GET", STATS, "Bearer " + OPERATOR))))
        .as("a right token that was not seen there: whether it is right is not told")
        .isEqualTo(GUESSING);
    assertThat(guard.decide(request("GET", STATS, "Bearer " + VIEWER)))
        .isInstanceOf(Verdict.Admitted.class);
    assertThat(why(guard.decide(request("GET", STATS, null)))).isEqualTo(NO_TOKEN);
    nanoTime.addAndGet(Duration.ofSeconds(1).toNanos());
    assertThat(guard.decide(request("GET", STATS, "Bearer " + OPERATOR)))
        .isInstanceOf(Verdict.Admitted.class);
  }

  @Test
  void flood_isRefusedBeforeAnythingElse() throws IOException {
    Guard guard = guard(true, 1);
    for (int i = 0; i < 5; i++) {
      assertThat(guard.decide(request("GET", STATS, null))).isInstanceOf(Verdict.Admitted.class);
    }
    assertThat(why(guard.decide(request("GET", STATS, "Bearer " + Token.make())))).isEqualTo(RATE);
  }

  @Test
  void malformedRequests_areRefused() throws IOException {
    Guard guard = guard(true, 1_000);
    assertThat(why(guard.decide(request("TRACE", "/", null)))).isEqualTo(METHOD);
    assertThat(why(guard.decide(request("OPTIONS", STATS, null)))).isEqualTo(METHOD);
    assertThat(why(guard.decide(request("GET", "/" + "x".repeat(5_000), null)))).isEqualTo(LENGTH);
    assertThat(
            why(
                guard.decide(
                    new Incoming("GET", "/", "/", PEER, "evil.example", null, null, null))))
        .isEqualTo(HOST);
  }

  @Test
  void changeFromAnotherSite_isRefused_evenWithAToken_andReadingIsNot() throws IOException {
    Guard guard = guard(true, 1_000);
    assertThat(
            why(
                guard.decide(
                    new Incoming(
                        "DELETE",
                        FLUSH,
                        FLUSH,
                        PEER,
                        "localhost",
                        "http://evil.example",
                        null,
                        "Bearer " + OPERATOR))))
        .isEqualTo(SITE);
    assertThat(
            guard.decide(
                new Incoming("GET", "/", "/", PEER, "localhost", null, "cross-site", null)))
        .as("a link to the page")
        .isInstanceOf(Verdict.Admitted.class);
  }

  private static Verdict.Why why(Verdict verdict) {
    return ((Verdict.Refused) verdict).why();
  }

  private static Incoming request(String method, String path, String authorization) {
    return new Incoming(method, path, path, PEER, "localhost:8000", null, null, authorization);
  }

  private Guard guard(boolean readingIsOpen, int rate) throws IOException {
    List<KnownToken> tokens =
        List.of(
            KnownToken.of("olga", Role.OPERATOR, OPERATOR),
            KnownToken.of("vera", Role.VIEWER, VIEWER));
    return new Guard(
        AllowedHosts.listeningOn("127.0.0.1", InetAddress.getLoopbackAddress(), List.of()),
        readingIsOpen,
        new RateLimit(rate),
        new TokenStore(tokens, null, nanoTime::get),
        nanoTime::get);
  }
}
