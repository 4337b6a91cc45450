package dev.slipstream.it.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipstream.it.Answer;
import dev.slipstream.it.Applications;
import dev.slipstream.it.GatewayProcess;
import dev.slipstream.it.HttpConnection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What only an application in the gateway knows of its client (session, principal, certificate,
 * host, scheme) shapes no other client's answer. Every attack goes through a naive cache before the
 * same application too, which gives the first client's answer to the second.
 */
@ParameterizedClass
@ValueSource(strings = {"tomcat-11", "jetty-12"})
final class ApplicationTest {
  private static final String RULES =
      """
      rules:
        - {name: each, pattern: "/who/each/**", ttl: 1h, cache_authenticated: true}
        - {name: ruled, pattern: "/who/ruled/**", ttl: 1h, origin: override}
      """;

  private static final AtomicInteger CASES = new AtomicInteger();
  private static Keys keys;
  private static GatewayProcess gateway;
  private static NaiveCache naive;

  private String area;

  ApplicationTest(String container) {}

  @BeforeParameterizedClassInvocation
  static void start(String container) throws IOException {
    keys = Keys.make();
    Path folder = Files.createDirectories(Path.of("target", "rules", "who-" + container));
    Path rules = Files.writeString(folder.resolve("cache_rules.yaml"), RULES).toAbsolutePath();
    String main = container.startsWith("jetty") ? "JettyMain" : "TomcatMain";
    gateway =
        new GatewayProcess.Builder("who-" + container, "com.example.who." + main)
            .classPath(Applications.whoClassPath(container))
            .arguments(List.of(keys.folder().toString()))
            .agent("cache_rules_config_file=" + rules)
            .start();
    naive = new NaiveCache(gateway.port());
    await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(20))
        .until(() -> !plain("/who/await").cacheStatus().isEmpty());
  }

  @AfterParameterizedClassInvocation
  static void stop() throws IOException {
    naive.close();
    gateway.close();
  }

  @BeforeEach
  void choose() {
    area = String.format(Locale.ROOT, "/%d/", CASES.incrementAndGet());
  }

  private static Answer plain(String target, String... fields) throws IOException {
    return get(gateway.port(), target, fields);
  }

  /** On a connection of its own. */
  private static Answer get(int port, String target, String... fields) throws IOException {
    try (HttpConnection connection = new HttpConnection(port)) {
      return connection.get(target, fields);
    }
  }

  private static Answer secure(String client, String target, String... fields) throws Exception {
    try (HttpConnection connection =
        new HttpConnection(gateway.securePort(), keys.sockets(client))) {
      return connection.get(target, fields);
    }
  }

  /** Sends a victim's and another's request in both orders, in every area. */
  private void assertApart(String question, List<String> one, List<String> other)
      throws IOException {
    for (String ruled : new String[] {"plain", "ruled", "each"}) {
      for (boolean oneFirst : new boolean[] {true, false}) {
        List<String> first = oneFirst ? one : other;
        List<String> second = oneFirst ? other : one;
        String target = "/who/" + ruled + area + oneFirst + "/" + question;
        String firsts = plain(target, first.toArray(String[]::new)).body();
        Answer seconds = plain(target, second.toArray(String[]::new));
        assertThat(seconds.body()).as("%s", seconds).isNotEqualTo(firsts).startsWith("<");

        String toNaive = target.replace("/who/", "/who/naive/");
        String planted = get(naive.port(), toNaive, first.toArray(String[]::new)).body();
        assertThat(get(naive.port(), toNaive, second.toArray(String[]::new)).body())
            .as("a cache that falls for it")
            .isEqualTo(planted);
      }
    }
  }

  private static String login(String user) throws IOException {
    String cookie = plain("/who/login?user=" + user).values("Set-Cookie").get(0);
    return cookie.split(";", 2)[0];
  }

  @Test
  void answerOfASession_reachesNoOther() throws IOException {
    String alice = "Cookie: " + login("alice");
    String mallory = "Cookie: " + login("mallory");

    assertApart("session", List.of(alice), List.of(mallory));
    area += "nobody/";
    assertApart("session", List.of(alice), List.of());
  }

  /** A session in the URL is an identity, too, though the URL is the same for all who have it. */
  @Test
  void answerOfASessionInTheUrl_isNotStored() throws IOException {
    String id = login("alice").split("=", 2)[1];
    String target = "/who/ruled" + area + "session;jsessionid=" + id;

    plain(target);

    assertThat(plain(target).cacheStatus()).doesNotContain("hit");
  }

  /** A session that is made on the way sets a cookie past every wrapper of the response. */
  @Test
  void newSession_isSetForNoOther() throws IOException {
    for (String ruled : new String[] {"plain", "ruled", "each"}) {
      String target = "/who/" + ruled + area + "new-session";

      assertThat(plain(target).values("Set-Cookie"))
          .isNotEmpty()
          .isNotEqualTo(plain(target).values("Set-Cookie"));
    }
    String target = "/who/naive" + area + "new-session";
    assertThat(get(naive.port(), target).values("Set-Cookie"))
        .isEqualTo(get(naive.port(), target).values("Set-Cookie"));
  }

  /** The ticket is no credential that the cache knows; the principal that comes of it is. */
  @ParameterizedTest
  @ValueSource(strings = {"principal", "user", "role"})
  void answerOfAPrincipal_reachesNoOther(String question) throws IOException {
    assertApart(question, List.of("X-Ticket: alice"), List.of("X-Ticket: mallory"));
    area += "nobody/";
    assertApart(question, List.of("X-Ticket: alice"), List.of());
  }

  @Test
  void answerOfACertificate_reachesNoOther() throws Exception {
    for (String ruled : new String[] {"plain", "ruled", "each"}) {
      String target = "/who/" + ruled + area + "certificate";
      assertThat(secure("alice", target).body()).isEqualTo("<CN=alice>");
      assertThat(secure("mallory", target).body()).isEqualTo("<CN=mallory>");
      assertThat(secure(null, target).body()).isEqualTo("<nobody>");
      assertThat(secure("alice", target).body()).isEqualTo("<CN=alice>");
    }
  }

  /** Also with the same Host, which names no port. */
  @Test
  void answerOverTls_isNotGivenInTheClear_norTheOtherWayRound() throws Exception {
    String target = "/who/ruled" + area + "url";
    assertThat(secure(null, target + "?1").body()).startsWith("<https://gateway.example/");
    assertThat(plain(target + "?1").body()).startsWith("<http://gateway.example/");
    assertThat(plain(target + "?2").body()).startsWith("<http://gateway.example/");
    assertThat(secure(null, target + "?2").body()).startsWith("<https://gateway.example/");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Host: evil.example
          Host: gateway.example:81
          Host: gateway.example.
          Host: evil.gateway.example
          Host: gateway.example.evil.example
          """)
  void answerOfAnotherHost_isNotGiven(String attacker) throws IOException {
    assertApart("url", List.of("Host: gateway.example"), List.of(attacker));
  }

  /** Two hosts, none, or one in the target: refused, or an answer of that host's own. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          two fields               | %s                    | Host: gateway.example + Host: evil.example
          two fields, exchanged    | %s                    | Host: evil.example + Host: gateway.example
          in the target            | http://evil.example%s | Host: gateway.example
          in the target, otherwise | http://gateway.example%s | Host: evil.example
          in the target alone      | http://evil.example%s | Host: evil.example
          another scheme           | https://gateway.example%s | Host: gateway.example
          another case             | HTTP://EVIL.example%s | Host: evil.example
          user information         | http://evil@gateway.example%s | Host: gateway.example
          white space              | %s                    | Host : evil.example
          """)
  void hostThatIsToldTwice_poisonsNone(String attacked, String target, String fields)
      throws IOException {
    String path = "/who/ruled" + area + "url";
    get(gateway.port(), target.replace("%s", path), AttackTest.lines(fields));

    assertThat(plain(path).body())
        .isEqualTo("<http://gateway.example" + path + " gateway.example>");
    assertThat(plain(path, "Host: evil.example").body())
        .startsWithIgnoringCase("<http://evil.example/");
  }

  /** What the application reads of a request by its name chooses the answer. */
  @ParameterizedTest
  @CsvSource({
    "forwarded-host, X-Forwarded-Host: evil.example",
    "locale, Accept-Language: fr",
    "locales, Accept-Language: fr"
  })
  void fieldThatIsRead_shapesNoAnswerOfOthers(String question, String attacker) throws IOException {
    assertApart(question, List.of(attacker), List.of());
  }

  /** Line ends that the application puts into a field split no answer, the stored one included. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "a%0d%0aSet-Cookie:%20SID=evil",
        "a%0aSet-Cookie:%20SID=evil",
        "a%0dSet-Cookie:%20SID=evil",
        "a%0d%0a%0d%0aHTTP/1.1%20200%20OK%0d%0aSet-Cookie:%20SID=evil",
        "a%e5%98%8d%e5%98%8aSet-Cookie:%20SID=evil"
      })
  void lineEndsInAField_splitNoAnswer(String value) throws IOException {
    String target = "/who/ruled" + area + "reflected?value=" + value;
    try (HttpConnection connection = new HttpConnection(gateway.port())) {
      for (int i = 0; i < 3; i++) {
        Answer answer = connection.get(target);
        assertThat(answer.values("Set-Cookie")).as("%s", answer).isEmpty();
        assertThat(answer.complete()).as("%s", answer).isTrue();
      }
      assertThat(connection.get("/who" + area + "after").body()).isEqualTo("<after>");
    }
  }

  /** The control: without any of that, answers are shared; so there was something to poison. */
  @ParameterizedTest
  @ValueSource(strings = {"session", "principal", "certificate", "url", "reflected?value=a"})
  void answerToNobody_isShared(String question) {
    String target = "/who/ruled" + area + question;

    await().until(() -> plain(target).cacheStatus().contains("hit"));
  }
}
