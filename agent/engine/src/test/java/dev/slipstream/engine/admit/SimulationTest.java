package dev.slipstream.engine.admit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A gateway of 50 threads, one of whose backends is in trouble from the 30th to the 60th second:
 * useful answers with the guards and without. The other backend answers within 5 ms throughout.
 */
class SimulationTest {
  private static final int THREADS = 50;
  private static final double FAST_PER_SECOND = 200;
  private static final Simulation.Endpoint FAST =
      Simulation.Endpoint.of("/fast", FAST_PER_SECOND, at -> 0.005);

  private static DoubleUnaryOperator trouble(double before, double during) {
    return at -> at >= 30 && at < 60 ? during : before;
  }

  private static Simulation run(boolean on, long seed, Simulation.Endpoint endpoint) {
    return new Simulation(on, THREADS, seed, List.of(FAST, endpoint)).run(90);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void backendThatSlowsDown_doesNotTakeTheThreadsOfAnother(long seed) {
    Simulation.Endpoint slow = Simulation.Endpoint.of("/slow", 100, trouble(0.02, 5));
    Simulation off = run(false, seed, slow);
    Simulation on = run(true, seed, slow);

    assertThat(off.useful("/fast", 36, 60)).isLessThan(0.3 * FAST_PER_SECOND);
    assertThat(on.useful("/fast", 36, 60)).isGreaterThan(0.9 * FAST_PER_SECOND);
    assertThat(on.refused("/fast", 0, 90)).isZero();
    assertThat(on.refused("/slow", 0, 30)).isZero();
    // Let go within 2 s of its recovery.
    assertThat(on.lastRefusal("/slow")).isLessThan(62);
    assertThat(on.useful("/slow", 65, 90)).isGreaterThan(90);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void backendThatSlowsDown_isThrottledWithinTwoSeconds(long seed) {
    Simulation.Endpoint slow = Simulation.Endpoint.of("/slow", 60, trouble(0.02, 1));
    Simulation on =
        new Simulation(true, 1_000, seed, List.of(FAST, slow)).run(90); // threads to spare

    assertThat(on.firstRefusal("/slow", 0)).isBetween(30.0, 32.0);
    assertThat(on.lastRefusal("/slow")).isLessThan(62);
  }

  /** More of them than the throttle's floor, so that it has to grow before the refusals end. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void clientsThatDoNotPause_areLetGoWithinTwoSeconds(long seed) {
    Simulation.Endpoint slow = Simulation.Endpoint.of("/slow", 0, trouble(0.02, 1));
    Simulation on =
        new Simulation(true, 1_000, seed, List.of(FAST, slow)).clients("/slow", 100).run(90);

    assertThat(on.refused("/slow", 0, 30)).isZero();
    assertThat(on.firstRefusal("/slow", 0)).isBetween(30.0, 32.0);
    assertThat(on.lastRefusal("/slow")).isLessThan(62);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void backendThatFails_isNotAsked_andItsStoredAnswersAreGiven(long seed) {
    Simulation.Endpoint failing =
        new Simulation.Endpoint(
            "/failing", at -> 100, trouble(0.02, 1), trouble(0, 1), Integer.MAX_VALUE, 0.5);
    Simulation off = run(false, seed, failing);
    Simulation on = run(true, seed, failing);

    assertThat(off.useful("/failing", 32, 60)).isZero();
    assertThat(on.useful("/failing", 32, 60)).isGreaterThan(40);
    assertThat(off.useful("/fast", 36, 60)).isLessThan(0.6 * FAST_PER_SECOND);
    assertThat(on.useful("/fast", 36, 60)).isGreaterThan(0.9 * FAST_PER_SECOND);
    assertThat(on.firstRefusal("/failing", 0)).isBetween(30.0, 32.0);
    assertThat(on.lastRefusal("/failing")).isLessThan(62);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void burst_isAnsweredAsFarAsTheBackendCan(long seed) {
    // 8 at a time for 20 ms each: 400 a second at most, while 1,000 are asked for.
    Simulation.Endpoint burst =
        new Simulation.Endpoint(
            "/burst", trouble(100, 1_000), at -> 0.02, at -> 0, /* backendPlaces= */ 8, 0);
    Simulation off = run(false, seed, burst);
    Simulation on = run(true, seed, burst);

    assertThat(off.useful("/burst", 36, 60)).isLessThan(50);
    assertThat(on.useful("/burst", 36, 60)).isGreaterThan(360);
    assertThat(off.useful("/fast", 36, 60)).isLessThan(0.3 * FAST_PER_SECOND);
    assertThat(on.useful("/fast", 36, 60)).isGreaterThan(0.9 * FAST_PER_SECOND);
    assertThat(on.lastRefusal("/burst")).isLessThan(62);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void endpointThatIsSlowByNature_isLeftAlone(long seed) {
    Simulation on = run(true, seed, Simulation.Endpoint.of("/slow", 20, at -> 1));

    assertThat(on.refused("/slow", 0, 90)).isZero();
    assertThat(on.log).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void endpointThatNeedsFewThreadsThoughItIsSlower_isLeftAlone(long seed) {
    Simulation on = run(true, seed, Simulation.Endpoint.of("/slow", 50, trouble(0.02, 0.15)));

    assertThat(on.refused("/slow", 0, 90)).isZero();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void traffic_thatComesAndGoes_isLeftAlone(long seed) {
    Simulation.Endpoint endpoint =
        new Simulation.Endpoint(
            "/now-and-then",
            at -> (int) (at / 5) % 2 == 0 ? 30 : 0,
            at -> 0.02,
            at -> 0,
            Integer.MAX_VALUE,
            0);
    Simulation on = run(true, seed, endpoint);

    assertThat(on.refused("/now-and-then", 0, 90)).isZero();
    assertThat(on.log).isEmpty();
  }

  /** In trouble from the 30th to the 60th second, and for ever after not quite what it was. */
  private static DoubleUnaryOperator notQuite(double before, double during, double after) {
    return at -> at < 30 ? before : at < 60 ? during : after;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void backendThatRecoversToTwiceItsLatency_isLetGo(long seed) {
    Simulation.Endpoint slow = Simulation.Endpoint.of("/slow", 400, notQuite(0.05, 0.3, 0.11));
    Simulation on = new Simulation(true, 1_000, seed, List.of(slow)).run(120);

    assertThat(on.refused("/slow", 0, 30)).isZero();
    assertThat(on.refused("/slow", 30, 60)).isPositive();
    assertThat(on.lastRefusal("/slow")).isLessThan(66);
    assertThat(on.useful("/slow", 66, 120)).isGreaterThan(380);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void backendThatRecovers_whereHundredsAreUnderWay_isLetGo(long seed) {
    Simulation.Endpoint large = Simulation.Endpoint.of("/large", 2_000, notQuite(0.2, 2, 0.22));
    Simulation on = new Simulation(true, 5_000, seed, List.of(large)).run(90);

    assertThat(on.refused("/large", 0, 30)).isZero();
    assertThat(on.refused("/large", 30, 60)).isPositive();
    assertThat(on.lastRefusal("/large")).isLessThan(66);
    assertThat(on.useful("/large", 66, 90)).isGreaterThan(1_900);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void deploy_thatMakesItFourTimesSlower_isAllowedAllItNeedsWithinTenMinutes(long seed) {
    Simulation.Endpoint slow = Simulation.Endpoint.of("/slow", 400, notQuite(0.05, 0.2, 0.2));
    Simulation on = new Simulation(true, 1_000, seed, List.of(slow)).run(800);

    assertThat(on.refused("/slow", 30, 60)).isPositive();
    assertThat(on.lastRefusal("/slow")).isLessThan(630);
    assertThat(on.useful("/slow", 640, 800)).isGreaterThan(380);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void deploy_thatMakesItFortyTimesSlower_isThrottledAndNotBroken(long seed) {
    Simulation.Endpoint slow = Simulation.Endpoint.of("/slow", 100, notQuite(0.02, 0.8, 0.8));
    Simulation on = new Simulation(true, 1_000, seed, List.of(slow)).run(1_300);

    assertThat(on.log).noneMatch(line -> line.contains("/slow breaker"));
    assertThat(on.refused("/slow", 30, 60)).isPositive();
    assertThat(on.lastRefusal("/slow")).isLessThan(1_230);
    assertThat(on.useful("/slow", 1_240, 1_300)).isGreaterThan(95);
  }
}
