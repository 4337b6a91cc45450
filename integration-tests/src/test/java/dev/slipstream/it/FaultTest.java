package dev.slipstream.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.gateway.Scenario;
import com.example.gateway.Scenarios;
import com.example.gateway.Style;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever fails in the agent, every client gets the answer of the gateway alone. */
@ParameterizedClass
@EnumSource(names = "BODY_KEYED", mode = EnumSource.Mode.EXCLUDE) // not for GET
final class FaultTest {
  private static final Container CONTAINER = Container.TOMCAT_11;
  private static final String AGENT = "type=Agent";

  private static final Set<Fault> AT_TIME_OUTS =
      EnumSet.of(Fault.COPY_GIVEN_UP, Fault.ASYNC_FOLLOWED, Fault.EXIT, Fault.FINISH, Fault.TOLD);
  private static final Map<String, Asked> ANSWERS = new HashMap<>();

  private static Fault present;
  private static GatewayProcess baseline;
  private static GatewayProcess faulty;
  private static ManagementClient management;

  private HttpConnection toFaulty;

  FaultTest(Fault fault) {}

  /** What the gateway alone answers when it is asked twice; one gateway serves all faults. */
  private record Asked(Answer first, Answer second) {
    static Asked of(String target) {
      try (HttpConnection toBaseline = new HttpConnection(baseline.port())) {
        return new Asked(toBaseline.get(target), toBaseline.get(target));
      } catch (IOException e) {
        throw new UncheckedIOException(target, e);
      }
    }
  }

  @BeforeAll
  static void startBaseline() throws IOException {
    baseline = GatewayProcess.of(CONTAINER).start();
  }

  @AfterAll
  static void stopBaseline() {
    ANSWERS.clear();
    baseline.close();
  }

  @BeforeParameterizedClassInvocation
  static void start(Fault fault) throws IOException {
    present = fault;
    Path file = Path.of("pom.xml");
    assertThat(file).exists();
    faulty =
        GatewayProcess.of(CONTAINER)
            .jvmOption("-D" + Fault.PROPERTY + "=" + file.toAbsolutePath())
            .jvmOption("-javaagent:" + fault.agentJar())
            .start();
    faulty.port();
    Forked.awaitStartUpLine(faulty);
    management = ManagementClient.of(faulty);
  }

  @AfterParameterizedClassInvocation
  static void stop() throws Exception {
    try {
      assertThat(management.number(AGENT, "Errors")).as("errors of the agent").isPositive();
    } finally {
      management.close();
      faulty.close();
    }
  }

  @BeforeEach
  void connect() throws Exception {
    toFaulty = new HttpConnection(faulty.port());
    management.set(AGENT, "Enabled", true); // too many errors would turn it off
  }

  @AfterEach
  void disconnect() {
    toFaulty.close();
  }

  static Stream<Arguments> exchanges() {
    return Exchanges.of(CONTAINER)
        .filter(exchange -> exchange.get()[1] == style((Scenario) exchange.get()[2]))
        .filter(exchange -> isQuick((Scenario) exchange.get()[2]));
  }

  /** Tomcat looks once a second for what has timed out: only where that makes a difference. */
  private static boolean isQuick(Scenario scenario) {
    return !scenario.name().contains("time-out") || AT_TIME_OUTS.contains(present);
  }

  /** Each scenario is synchronous with every other fault, and asynchronous with the rest. */
  private static Style style(Scenario scenario) {
    boolean even =
        (Scenarios.all().indexOf(scenario) + List.of(Fault.values()).indexOf(present)) % 2 == 0;
    Style style = even ? Style.SYNC : Style.ASYNC;
    if (scenario.suits(style)) {
      return style;
    }
    return even ? Style.ASYNC : Style.SYNC;
  }

  @ParameterizedTest(name = "{0} {1} {2}")
  @MethodSource("exchanges")
  void answers_areThoseOfTheGatewayAlone(String contextPath, Style style, Scenario scenario)
      throws IOException {
    String target = GatewayPairTest.path(contextPath, style, scenario);
    Asked alone = ANSWERS.computeIfAbsent(target, Asked::of);

    toFaulty.get(target).assertSameAs(alone.first());

    Answer second = toFaulty.get(target);
    second.assertSameAs(second.isHit() ? alone.first() : alone.second());
  }
}
