package dev.slipstream.engine.learn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Learned lifetimes keep the budget and bring as much as the best fixed one, whatever the source.
 */
class SimulationTest {
  private static final double BUDGET = 0.05;
  private static final long LONGEST = 3_600_000;
  private static final String RULE = "ttl: 1m, adaptive_ttl: {staleness: 5%, min: 1s, max: 1h}";
  private static final int KEYS = 20;
  private static final int REQUESTS = 400_000;

  /** What is simulated by chance may fall short of the best that was found by looking at it. */
  private static final double CHANCE = 0.99;

  static Stream<Arguments> sources() {
    return Stream.of(
            new double[] {60_000, 0.2}, new double[] {60_000, 2}, new double[] {1_200_000, 0.05})
        .flatMap(
            meanAndRate -> {
              double mean = meanAndRate[0];
              double rate = meanAndRate[1];
              long until = (long) (REQUESTS / (rate * KEYS) * 1000);
              return Stream.of(
                  of("poisson", mean, rate, r -> Source.poisson(r, mean, until)),
                  of("periodic", mean, rate, r -> Source.periodic(r, (long) mean, until)),
                  of(
                      "bursty",
                      mean,
                      rate,
                      r -> Source.bursty(r, mean / 10, mean * 2, mean * 18, until)),
                  of("never", mean, rate, r -> Source.never()));
            });
  }

  private static Arguments of(
      String kind, double mean, double rate, Function<Random, Source> source) {
    return Arguments.of(kind + " " + mean / 1000 + " s, " + rate + "/s", rate, source);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("sources")
  void learnedLifetimes_keepTheBudgetAndBringNoFewerHitsThanTheBestFixedOne(
      String kind, double perSecond, Function<Random, Source> source) {
    Random random = new Random(42);
    List<Source> sources = new ArrayList<>();
    for (int key = 0; key < KEYS; key++) {
      sources.add(source.apply(random));
    }
    long until = (long) (REQUESTS / (perSecond * KEYS) * 1000);
    Simulation simulation = new Simulation(random, sources, perSecond * KEYS, until / 3, until);

    Simulation.Outcome learned = simulation.learned(RULE, 7);
    Simulation.Outcome fixed = simulation.bestFixed(learned.stale(), 1, LONGEST);

    assertThat(learned.stale() / learned.hits()).isLessThanOrEqualTo(1.2 * BUDGET);
    assertThat(learned.hits()).isGreaterThanOrEqualTo(CHANCE * fixed.hits());
  }
}
