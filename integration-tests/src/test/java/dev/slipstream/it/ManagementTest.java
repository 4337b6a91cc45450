package dev.slipstream.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.example.gateway.Style;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import javax.management.JMException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an operator reads and does with any JMX client. */
@ParameterizedClass
@EnumSource
final class ManagementTest {
  private static final String HTTP_CACHE = "type=HttpCache";
  private static final String L1 = "type=Cache,name=l1";
  private static final String AGENT = "type=Agent";

  private static GatewayProcess gateway;
  private static String contextPath;
  private static ManagementClient management;

  private HttpConnection connection;

  ManagementTest(Container container) {}

  @BeforeParameterizedClassInvocation
  static void start(Container container) throws IOException {
    gateway = GatewayProcess.of(container).agent().start();
    contextPath = container.contextPaths().get(0);
    gateway.awaitAgent(contextPath);
    management = ManagementClient.of(gateway);
    await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> management.isRegistered(HTTP_CACHE) && management.isRegistered(L1));
  }

  @AfterParameterizedClassInvocation
  static void stop() throws IOException {
    if (management != null) {
      management.close();
      management = null;
    }
    if (gateway != null) {
      gateway.close();
      gateway = null;
    }
  }

  @BeforeEach
  void connect() {
    connection = new HttpConnection(gateway.port());
  }

  @AfterEach
  void disconnect() throws Exception {
    assertThat(management.number(AGENT, "Errors")).as("errors of the agent").isZero();
    connection.close();
  }

  private static String target(Style style, String scenario, String test) {
    return GatewayPairTest.path(contextPath, style, scenario) + "?" + test;
  }

  /** The counters of exchanges at one moment. */
  private record Counts(long requests, long hits, long misses, long bypasses, long stores) {
    Counts minus(Counts other) {
      return new Counts(
          requests - other.requests,
          hits - other.hits,
          misses - other.misses,
          bypasses - other.bypasses,
          stores - other.stores);
    }
  }

  private static Counts counts() throws IOException, JMException {
    return new Counts(
        management.number(HTTP_CACHE, "Requests"),
        management.number(HTTP_CACHE, "Hits"),
        management.number(HTTP_CACHE, "Misses"),
        management.number(HTTP_CACHE, "Bypasses"),
        management.number(HTTP_CACHE, "Stores"));
  }

  /** Fails unless one more exchange changes the counters by exactly this much, and stays there. */
  private void assertCounted(Counts expected, String target, String... fields) throws Exception {
    Counts before = counts();
    connection.get(target, fields);
    await()
        .atMost(Duration.ofSeconds(5))
        .pollDelay(Duration.ZERO)
        .during(Duration.ofMillis(60))
        .pollInterval(Duration.ofMillis(20))
        .untilAsserted(() -> assertThat(counts().minus(before)).as(target).isEqualTo(expected));
  }

  @ParameterizedTest
  @CsvSource({
    "SYNC,print",
    "SYNC,include",
    "SYNC,forward",
    "SYNC,forward-twice",
    "SYNC,non-blocking",
    "SYNC,redirect",
    "ASYNC,print",
    "ASYNC_ARGUMENTS,print",
    "ASYNC_START,stream-large",
    "DISPATCH_SELF,forward",
    "DISPATCH_PATH,print",
    "DISPATCH_AT_ONCE,print"
  })
  void storedAnswer_countsOneMissOneStoreThenOneHit(Style style, String scenario) throws Exception {
    String target = target(style, scenario, "counted");

    assertCounted(new Counts(1, 0, 1, 0, 1), target);
    assertCounted(new Counts(1, 1, 0, 0, 0), target);
    assertCounted(new Counts(1, 1, 0, 0, 0), target);
  }

  @ParameterizedTest
  @CsvSource({
    "SYNC,no-store",
    "SYNC,send-error-page",
    "SYNC,throw-runtime",
    "SYNC,throw-after-commit",
    "SYNC,time-out",
    "ASYNC,send-error-page",
    "ASYNC,cookie",
    "DISPATCH_PATH,throw-runtime"
  })
  void answerThatIsNotStored_countsOneMiss(Style style, String scenario) throws Exception {
    assertCounted(new Counts(1, 0, 1, 0, 0), target(style, scenario, "counted"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"SYNC", "ASYNC", "DISPATCH_PATH"})
  void credentials_countOneBypass(Style style) throws Exception {
    assertCounted(
        new Counts(1, 0, 0, 1, 0), target(style, "print", "bypass"), "Authorization: Basic YTph");
  }

  @Test
  void l1_holdsWhatItSays_andFlushEmptiesIt() throws Exception {
    String target = target(Style.SYNC, "stream-large", "flushed");
    assertThat(connection.get(target).isHit()).isFalse();
    assertThat(connection.get(target).isHit()).isTrue();
    assertThat(management.number(L1, "Entries")).isPositive();
    assertThat(management.number(L1, "MemoryUsageBytes")).isGreaterThan(300 * 1024);

    management.invoke(L1, "flush");

    assertThat(management.number(L1, "Entries")).isZero();
    assertThat(management.number(L1, "MemoryUsageBytes")).isZero();
    assertThat(connection.get(target).isHit()).isFalse();
    assertThat(connection.get(target).isHit()).isTrue();
  }

  @Test
  void killSwitch_passesRequestsThrough_untilItIsBack() throws Exception {
    String target = target(Style.SYNC, "counter", "killed");
    assertThat(connection.get(target).text()).isEqualTo("run 1");
    assertThat(connection.get(target).text()).isEqualTo("run 1");

    management.set(AGENT, "Enabled", false);
    try {
      Counts before = counts();
      for (String body : List.of("run 2", "run 3")) {
        Answer answer = connection.get(target);
        assertThat(answer.text()).isEqualTo(body);
        assertThat(answer.values("Cache-Status")).isEmpty();
      }
      assertThat(counts()).isEqualTo(before);
    } finally {
      management.set(AGENT, "Enabled", true);
    }

    assertThat(connection.get(target).cacheStatus()).startsWith("Slipstream; ");
    assertThat(connection.get(target).isHit()).isTrue();
  }

  @Test
  void agent_saysWhatItIsAndWhatItWove() throws Exception {
    assertThat((String) management.get(AGENT, "Version")).isNotBlank();
    assertThat((String[]) management.get(AGENT, "WovenTargets"))
        .anySatisfy(target -> assertThat(target).contains("HttpServlet"));
    assertThat(gateway.standardOutput()).as("stdout is the application's").hasSize(1);
  }
}
