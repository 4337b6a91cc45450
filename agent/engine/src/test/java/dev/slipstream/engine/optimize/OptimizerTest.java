package dev.slipstream.engine.optimize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipstream.config.OptimizationLevel;
import dev.slipstream.config.PerformanceMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The life of a rule: when it acts, what is measured of it, and when it is undone. */
class OptimizerTest {
  private static final long INTERVAL = 5_000;

  private final FakeRule rule = new FakeRule();
  private final List<String> errors = new ArrayList<>();
  private final boolean[] running = {true};
  private Optimizer optimizer = make(PerformanceMode.ACT, OptimizationLevel.BALANCED);
  private long now = Samples.START;

  private Optimizer make(PerformanceMode mode, OptimizationLevel level) {
    Optimizer made =
        new Optimizer(
            Samples.settings(mode, level),
            () -> running[0],
            (activation, change) -> {},
            (what, error) -> errors.add(what));
    made.add(rule, Level.BALANCED);
    return made;
  }

  private void cpu(int samples, double percent) {
    cpu(samples, percent, 100.0);
  }

  private void cpu(int samples, double percent, Double p95) {
    for (int i = 0; i < samples; i++) {
      optimizer.tick(
          Measurements.at(now)
              .add(Metric.CPU, percent)
              .add(Metric.P95, p95)
              .add(Metric.REQUEST_RATE, 50.0)
              .build());
      now += INTERVAL;
    }
  }

  private Activation latest() {
    return optimizer.activations().get(0);
  }

  private RuleRun run() {
    return optimizer.runs().get(0);
  }

  @Test
  void tick_threeOver_actsOnceWithAReasonInNumbers() {
    cpu(2, 95);
    assertThat(rule.acted).isZero();
    cpu(1, 95);
    assertThat(rule.acted).isEqualTo(1);
    assertThat(latest().reason()).isEqualTo("cpu 95.0 %, threshold 90.0 %");
    assertThat(latest().what()).isEqualTo("acted");
    cpu(5, 95);
    assertThat(rule.acted).isEqualTo(1);
    assertThat(rule.adjusted).isEqualTo(5);
  }

  @Test
  void tick_sixUnder_undoesAndCoolsDown() {
    cpu(3, 95);
    cpu(5, 50);
    assertThat(rule.undone).isZero();
    cpu(1, 50);
    assertThat(rule.undone).isEqualTo(1);
    assertThat(latest().ending()).isEqualTo("left: cpu 50.0 %, threshold 90.0 %");
    cpu(11, 95);
    assertThat(rule.acted).isEqualTo(1);
    cpu(3, 95);
    assertThat(rule.acted).isEqualTo(2);
    assertThat(run().entered()).isEqualTo(2);
    assertThat(run().left()).isEqualTo(1);
    assertThat(optimizer.triggeredLastHour()).isEqualTo(2);
  }

  @Test
  void tick_metricVanishes_undoes() {
    cpu(3, 95);
    for (int i = 0; i < 6; i++) {
      optimizer.tick(Measurements.at(now).build());
      now += INTERVAL;
    }
    assertThat(rule.undone).isEqualTo(1);
  }

  @Test
  void effect_cpuFalls_helped() {
    cpu(3, 60);
    cpu(3, 95);
    cpu(7, 50);
    assertThat(latest().effect()).isNotNull();
    assertThat(latest().effect().verdict()).isEqualTo(Verdict.HELPED);
    assertThat(latest().effect().before()).containsEntry(Metric.P95, 100.0);
    assertThat(latest().effect().after()).containsEntry(Metric.CPU, 50.0);
  }

  @Test
  void effect_nothingChanges_noEffectAndStays() {
    cpu(3, 95);
    cpu(7, 95);
    assertThat(latest().effect().verdict()).isEqualTo(Verdict.NO_EFFECT);
    assertThat(run().active()).isEqualTo(1);
  }

  @Test
  void effect_noneOnMemory_undoneAndNotTriedForHalfAnHour() {
    rule.counted = Metric.MEMORY;
    for (int i = 0; i < 364; i++) { // 30 min after the tenth
      optimizer.tick(Measurements.at(now).add(Metric.CPU, 95.0).add(Metric.MEMORY, 82.0).build());
      now += INTERVAL;
      if (i == 9) {
        assertThat(latest().ending()).startsWith("undone: no effect: memory");
        assertThat(rule.undone).isEqualTo(1);
      }
    }
    assertThat(rule.acted).isEqualTo(1);
    cpu(10, 95);
    assertThat(rule.acted).isEqualTo(2);
  }

  @Test
  void effect_guardGetsWorse_rolledBackAndNotTriedForTenMinutes() {
    cpu(3, 95, 100.0);
    cpu(7, 95, 400.0);
    assertThat(latest().effect().verdict()).isEqualTo(Verdict.HARMED);
    assertThat(latest().ending()).startsWith("rolled back: p95 from 100 ms to 400 ms");
    assertThat(rule.undone).isEqualTo(1);
    cpu(118, 95, 400.0); // 590 s
    assertThat(rule.acted).isEqualTo(1);
    cpu(5, 95, 400.0);
    assertThat(rule.acted).isEqualTo(2);
    assertThat(run().judged()).containsEntry("harmed", 1L).containsEntry("helped", 0L);
  }

  @Test
  void effect_harmedThreeTimes_suspendedForAnHour() {
    for (int i = 0; i < 3; i++) {
      cpu(3, 95, 100.0);
      cpu(7, 95, 400.0);
      cpu(120, 50, 100.0);
    }
    assertThat(run().suspendedWhy()).isEqualTo("3 of the last 3 activations did harm");
    int acted = rule.acted;
    cpu(500, 95);
    assertThat(rule.acted).isEqualTo(acted);
    cpu(200, 95);
    assertThat(rule.acted).isEqualTo(acted + 1);
    assertThat(run().suspendedWhy()).isEmpty();
  }

  private FakeRule other(double threshold) {
    FakeRule other = new FakeRule();
    other.name = "other";
    other.threshold.set(threshold);
    optimizer.add(other, Level.BALANCED);
    return other;
  }

  private Activation latestOf(String name) {
    return optimizer.activations().stream()
        .filter(one -> one.rule().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void effect_anotherRuleEntersMeanwhile_unknownAndNotRolledBack() {
    other(93);
    cpu(3, 92, 100.0); // the first enters
    cpu(7, 95, 400.0); // the other one, too
    assertThat(latestOf("fake").effect().verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(latestOf("fake").effect().why()).startsWith("other acted, too: p95 from 100 ms");
    assertThat(rule.undone).isZero();
  }

  @Test
  void effect_anotherRuleLeavesMeanwhile_unknown() {
    other(50).threshold.set(60);
    cpu(3, 70, 100.0);
    cpu(3, 95, 100.0);
    optimizer.setEnabled("other", false);
    cpu(7, 40, 100.0);
    assertThat(latestOf("fake").effect().verdict()).isEqualTo(Verdict.UNKNOWN);
  }

  @Test
  void effect_anotherRuleHasBeenInForLong_isJudged() {
    other(50);
    cpu(30, 85, 100.0);
    cpu(3, 95, 100.0);
    cpu(7, 61, 100.0);
    assertThat(latestOf("fake").effect().verdict()).isEqualTo(Verdict.HELPED);
  }

  @Test
  void effect_requestsAreRefusedMeanwhile_unknownHoweverLongSince() {
    other(50).protective = true;
    cpu(30, 85, 100.0);
    cpu(3, 95, 100.0);
    cpu(7, 61, 100.0);
    assertThat(latestOf("fake").effect().verdict()).isEqualTo(Verdict.UNKNOWN);
  }

  @Test
  void effect_anotherRuleOnlyObserves_isJudged() {
    optimizer = make(PerformanceMode.OBSERVE, OptimizationLevel.BALANCED);
    other(93);
    cpu(10, 95, 100.0);
    assertThat(latestOf("fake").effect().why()).isEqualTo("nothing was done");
  }

  @Test
  void effect_onMemoryInVainBesideAnotherRule_undone() {
    rule.counted = Metric.MEMORY;
    other(93);
    for (int i = 0; i < 10; i++) {
      optimizer.tick(
          Measurements.at(now)
              .add(Metric.CPU, 95.0)
              .add(Metric.MEMORY, 82.0)
              .add(Metric.P95, i < 3 ? 100.0 : 400.0)
              .build());
      now += INTERVAL;
    }
    assertThat(latestOf("fake").effect().verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(latestOf("fake").ending()).startsWith("undone: no effect: other acted, too");
    assertThat(rule.undone).isEqualTo(1);
  }

  @Test
  void effect_memoryGoesOnFilling_unknown_andNothingIsGivenBack() {
    rule.counted = Metric.MEMORY;
    for (int i = 0; i < 12; i++) {
      optimizer.tick(
          Measurements.at(now)
              .add(Metric.CPU, 95.0)
              .add(Metric.MEMORY, 60.0 + 3 * i)
              .add(Metric.P95, i < 3 ? 100.0 : 400.0)
              .build());
      now += INTERVAL;
    }
    assertThat(latestOf("fake").effect().verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(latestOf("fake").effect().why())
        .startsWith("the trouble grew meanwhile: memory from ");
    assertThat(rule.undone).isZero();
  }

  @Test
  void level_adaptiveAfterCalm_keepsWhatProtects() {
    optimizer = make(PerformanceMode.ACT, OptimizationLevel.ADAPTIVE);
    FakeRule emergency = new FakeRule();
    emergency.name = "emergency";
    emergency.protective = true;
    emergency.threshold.set(97);
    optimizer.add(emergency, Level.AGGRESSIVE);
    cpu(13, 95); // a minute of pressure
    cpu(3, 98);
    cpu(130, 88); // not yet low enough to leave
    assertThat(optimizer.levelInForce()).isEqualTo(Level.AGGRESSIVE);
    assertThat(emergency.undone).isZero();
    cpu(7, 50);
    assertThat(emergency.undone).isEqualTo(1);
    assertThat(optimizer.levelInForce()).isEqualTo(Level.BALANCED);
  }

  @Test
  void effect_loadChanges_unknown() {
    cpu(3, 95);
    for (int i = 0; i < 7; i++) {
      optimizer.tick(
          Measurements.at(now).add(Metric.CPU, 40.0).add(Metric.REQUEST_RATE, 5.0).build());
      now += INTERVAL;
    }
    assertThat(latest().effect().verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(latest().effect().why()).startsWith("the load changed");
  }

  @Test
  void effect_withinNoise_noEffect() {
    double[] before = {95, 91, 99, 92, 98, 95};
    double[] after = {91, 97, 93, 92, 96, 91, 93};
    for (double value : before) {
      cpu(1, value);
    }
    for (double value : after) {
      cpu(1, value);
    }
    assertThat(latest().effect().verdict()).isEqualTo(Verdict.NO_EFFECT);
  }

  @Test
  void rule_throwingInAct_isSuspendedAfterThreeErrorsAndStopsNobody() {
    FakeRule other = new FakeRule();
    optimizer.add(other, Level.BALANCED);
    rule.onAct = new IllegalStateException("broken");
    cpu(60, 95);
    assertThat(errors).hasSize(3);
    assertThat(run().suspendedWhy()).startsWith("3 errors, the last: ");
    assertThat(other.acted).isEqualTo(1);
    optimizer.setEnabled("fake", true);
    rule.onAct = null;
    cpu(3, 95);
    assertThat(rule.acted).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"reading", "act", "undo"})
  void rule_throwingAnError_isCountedAndTheNextTickComes(String where) {
    FakeRule other = new FakeRule();
    optimizer.add(other, Level.BALANCED);
    cpu(where.equals("undo") ? 3 : 2, 95);
    Error error = new OutOfMemoryError("Java heap space");
    rule.onReading = where.equals("reading") ? error : null;
    rule.onAct = where.equals("act") ? error : null;
    rule.onUndo = where.equals("undo") ? error : null;
    cpu(1, 95);
    cpu(6, 50);
    assertThat(run().errorCount()).isPositive();
    assertThat(other.acted).isEqualTo(1);
    rule.onReading = null;
    rule.onAct = null;
    rule.onUndo = null;
    optimizer.setEnabled("fake", true);
    cpu(1, 50);
    assertThat(run().owedUndos()).isZero();
    cpu(15, 95);
    assertThat(rule.acted - rule.undone).isEqualTo(1);
    assertThat(other.acted - other.undone).isEqualTo(1);
  }

  @Test
  void undo_throwingAgainAndAgain_isToldOnce() {
    cpu(3, 95);
    rule.onUndo = new OutOfMemoryError("Java heap space");
    cpu(60, 50);
    assertThat(errors).hasSize(1);
    assertThat(run().errorCount()).isEqualTo(55);
  }

  @Test
  void stop_undoesTriesAgainWhatFailedAndNeverActsAgain() {
    cpu(3, 95);
    rule.onUndo = new OutOfMemoryError("Java heap space");
    optimizer.stop("10 errors", now);
    assertThat(run().owedUndos()).isEqualTo(1);
    assertThat(latest().ending()).isEqualTo("the optimizer has stopped: 10 errors");
    rule.onUndo = null;
    optimizer.fastTick(now);
    assertThat(rule.undone).isEqualTo(1);
    cpu(30, 95);
    assertThat(rule.acted).isEqualTo(1);
  }

  @Test
  void listener_throwingAnError_keepsNoActionFromItsUndo() {
    FakeRule other = new FakeRule();
    optimizer =
        new Optimizer(
            Samples.settings(PerformanceMode.ACT, OptimizationLevel.BALANCED),
            () -> running[0],
            (activation, change) -> {
              throw new StackOverflowError();
            },
            (what, error) -> errors.add(what));
    optimizer.add(rule, Level.BALANCED);
    optimizer.add(other, Level.BALANCED);
    cpu(3, 95);
    running[0] = false;
    cpu(1, 95);
    assertThat(rule.undone).isEqualTo(1);
    assertThat(other.undone).isEqualTo(1);
  }

  @Test
  void rule_throwingAnError_isNotActiveAndStopsNobody() {
    FakeRule other = new FakeRule();
    optimizer.add(other, Level.BALANCED);
    rule.onActFatally = new NoClassDefFoundError("broken");
    cpu(3, 95);
    assertThat(errors).hasSize(1);
    assertThat(run().active()).isZero();
    assertThat(other.acted).isEqualTo(1);
  }

  @Test
  void rule_throwingInReadings_undoesWhatItDidOnceSuspended() {
    cpu(3, 95);
    rule.onReading = new IllegalStateException("broken");
    cpu(3, 95);
    assertThat(rule.undone).isEqualTo(1);
    assertThat(run().active()).isZero();
  }

  @Test
  void undo_throwing_isTriedAgainUntilItSucceeds() {
    cpu(3, 95);
    rule.onUndo = new IllegalStateException("not now");
    cpu(7, 50);
    assertThat(rule.undone).isZero();
    assertThat(run().owedUndos()).isEqualTo(1);
    rule.onUndo = null;
    cpu(1, 50);
    assertThat(rule.undone).isEqualTo(1);
    assertThat(run().owedUndos()).isZero();
  }

  @Test
  void mode_observe_recordsAndDoesNothing() {
    optimizer = make(PerformanceMode.OBSERVE, OptimizationLevel.BALANCED);
    cpu(12, 95);
    assertThat(rule.acted).isZero();
    assertThat(latest().what()).isEqualTo("observed only; would: act");
    assertThat(latest().effect().verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(optimizer.activeMillis("fake")).isZero();
  }

  @Test
  void mode_off_doesNotEvenLook() {
    optimizer = make(PerformanceMode.OFF, OptimizationLevel.BALANCED);
    rule.onReading = new IllegalStateException("looked");
    cpu(12, 95);
    assertThat(errors).isEmpty();
    assertThat(optimizer.activations()).isEmpty();
  }

  @Test
  void setEnabled_false_undoesAtOnceAndStaysOut() {
    cpu(3, 95);
    optimizer.setEnabled("fake", false);
    assertThat(rule.undone).isEqualTo(1);
    cpu(30, 95);
    assertThat(rule.acted).isEqualTo(1);
    optimizer.setEnabled("fake", true);
    cpu(3, 95);
    assertThat(rule.acted).isEqualTo(2);
  }

  @Test
  void setLevel_withoutTheRule_undoesAtTheNextTick() {
    cpu(3, 95);
    optimizer.setLevel(OptimizationLevel.CONSERVATIVE);
    cpu(1, 95);
    assertThat(rule.undone).isEqualTo(1);
    assertThat(latest().ending()).isEqualTo("level conservative does not have the rule");
  }

  @Test
  void agentTurnedOff_undoesAtTheNextTick() {
    cpu(3, 95);
    running[0] = false;
    optimizer.fastTick(now);
    assertThat(rule.undone).isEqualTo(1);
    assertThat(latest().ending()).isEqualTo("the agent is off");
    running[0] = true;
    cpu(3, 95);
    assertThat(rule.acted).isEqualTo(2);
  }

  @Test
  void close_undoesAndNothingHappensAfterwards() {
    cpu(3, 95);
    optimizer.close();
    assertThat(rule.undone).isEqualTo(1);
    cpu(30, 95);
    assertThat(rule.acted).isEqualTo(1);
  }

  @Test
  void activeMillis_countsWhatIsOverAndWhatGoesOn() {
    cpu(3, 95);
    cpu(6, 50);
    assertThat(optimizer.activeMillis("fake")).isEqualTo(6 * INTERVAL);
  }

  @Test
  void injectMetric_entersLeavesAndIsMarkedEverywhere() {
    assertThat(optimizer.injectMetric("cpu", 95, 30, now)).isEqualTo("cpu is 95.0 % for 30 s");
    cpu(3, 10);
    assertThat(rule.acted).isEqualTo(1);
    assertThat(latest().injected()).containsExactly(Metric.CPU);
    assertThat(optimizer.latest().injected()).containsExactly(Metric.CPU);
    cpu(9, 10);
    assertThat(optimizer.latest().injected()).isEmpty();
    assertThat(rule.undone).isEqualTo(1);
    assertThat(latest().effect().why()).isEqualTo("values were injected");
  }

  @Test
  void injectMetric_notAccepted_saysWhatIs() {
    assertThatThrownBy(() -> optimizer.injectMetric("cpus", 95, 30, now))
        .hasMessage(
            "no metric \"cpus\"; accepted: cpu, memory, heap_after_collection, gc_time, p95, mean,"
                + " error_rate, hit_rate, request_rate, l2_p95");
    assertThatThrownBy(() -> optimizer.injectMetric("cpu", 101, 30, now))
        .hasMessage("cpu 101; accepted: 0 to 100, in %");
    assertThatThrownBy(() -> optimizer.injectMetric("cpu", Double.NaN, 30, now))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> optimizer.injectMetric("cpu", 95, 0, now))
        .hasMessage("0 seconds; accepted: 1 to 3600 seconds");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void randomWalk_neverLeavesAnActionWithoutItsUndo(long seed) {
    Random random = new Random(seed);
    double value = 80;
    double p95 = 100;
    for (int i = 0; i < 3_000; i++) {
      value = Math.max(0, Math.min(100, value + random.nextGaussian() * 8));
      p95 = Math.max(1, p95 * (1 + random.nextGaussian() * 0.1));
      rule.onAct = random.nextInt(20) == 0 ? new IllegalStateException("act") : null;
      rule.onReading = random.nextInt(500) == 0 ? new IllegalStateException("reading") : null;
      rule.onUndo = random.nextInt(5) == 0 ? new IllegalStateException("undo") : null;
      switch (random.nextInt(200)) {
        case 0 -> optimizer.setEnabled("fake", false);
        case 1, 2 -> optimizer.setEnabled("fake", true);
        case 3 -> optimizer.setLevel(OptimizationLevel.CONSERVATIVE);
        case 4, 5 -> optimizer.setLevel(OptimizationLevel.AGGRESSIVE);
        case 6 -> running[0] = false;
        case 7, 8 -> running[0] = true;
        case 9 -> optimizer.injectMetric("cpu", 95, 60, now);
        default -> {}
      }
      cpu(1, value, p95);
      optimizer.fastTick(now);
      assertThat(rule.acted - rule.undone)
          .as("seed %s, step %s", seed, i)
          .isEqualTo(run().active() + run().owedUndos());
    }
    rule.onUndo = null;
    optimizer.close();
    assertThat(rule.acted).isPositive().isEqualTo(rule.undone);
    assertThat(run().active()).isZero();
  }
}
