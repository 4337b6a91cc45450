package dev.slipstream.engine.optimize;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MemoryLimitsTest {
  private static final long MAX = 1_000_000;

  private final List<Long> set = new ArrayList<>();
  private long held = MAX;
  private final MemoryLimits limits =
      new MemoryLimits(
          new MemoryLimits.Tier() {
            @Override
            public long maxBytes() {
              return MAX;
            }

            @Override
            public long heldBytes() {
              return held;
            }

            @Override
            public void limit(long bytes) {
              set.add(bytes);
            }

            @Override
            public long clear() {
              return 0;
            }
          },
          Threshold.percent(80),
          Threshold.percent(10));
  private long now = 1_000_000_000_000L;

  private Action cut(double severity) {
    return limits.cut(reading(severity), Level.BALANCED);
  }

  private static Reading reading(double severity) {
    return new Reading(Measurements.GATEWAY, 90.0, Position.OVER, severity, "memory 90.0 %");
  }

  private void minutes(int count, double memory) {
    for (int i = 0; i < 12 * count; i++) {
      limits.sample(Samples.of(now, Metric.MEMORY, memory));
      now += 5_000;
    }
  }

  private static void leave(Action action) {
    action.leave();
    action.undo();
  }

  private long limit() {
    return set.get(set.size() - 1);
  }

  /** Ten of them, since a map has them in any order. */
  @Test
  void cut_byMany_theSmallestCountsAndGoesWithItsOwner() {
    List<Action> gentle = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      gentle.add(cut(0));
    }
    assertThat(limit()).isEqualTo(875_000);
    Action firm = cut(1);
    assertThat(limit()).isEqualTo(500_000);
    gentle.add(cut(0));
    assertThat(limit()).isEqualTo(500_000);
    firm.undo();
    assertThat(limit()).isEqualTo(875_000);
    gentle.forEach(Action::undo);
    assertThat(limit()).isEqualTo(MAX);
  }

  @Test
  void cut_ofACacheThatIsNotFull_takesFromWhatItHolds() {
    held = 600_000;
    Action firm = cut(1);
    assertThat(limit()).isEqualTo(300_000);
    assertThat(firm.what()).isEqualTo("L1 cut by 50 % of 0.6 MB, to 0.3 MB");
    firm.undo();
    assertThat(limit()).isEqualTo(MAX);
    held = 0;
    cut(0);
    assertThat(limit()).as("room for as much as stays in any case").isEqualTo(250_000);
  }

  @Test
  void adjust_moreAtOnce_lessByATenthAMinute() {
    minutes(1, 90);
    Action action = cut(0);
    assertThat(limit()).isEqualTo(875_000);
    action.adjust(reading(1));
    assertThat(limit()).isEqualTo(500_000);
    action.adjust(reading(0));
    assertThat(limit()).isEqualTo(500_000);
    minutes(1, 82);
    limits.sample(Samples.of(now, Metric.MEMORY, 82.0));
    action.adjust(reading(0));
    action.adjust(reading(0));
    assertThat(limit()).isEqualTo(600_000);
    action.adjust(reading(1));
    assertThat(limit()).isEqualTo(500_000);
  }

  @Test
  void inVain_whileMemoryIsNearlyFull_nothingIsGivenBackAtOnce() {
    minutes(1, 91);
    Action firm = cut(1);
    firm.inVain();
    firm.undo();
    assertThat(limit()).isEqualTo(500_000);
    minutes(60, 91);
    assertThat(limit()).isEqualTo(500_000);
    minutes(2, 60);
    assertThat(limit()).isGreaterThan(500_000);
  }

  @Test
  void inVain_whileMemoryIsShortOnly_isGivenBackAtOnce() {
    minutes(1, 85);
    Action firm = cut(1);
    firm.inVain();
    firm.undo();
    assertThat(limit()).isEqualTo(MAX);
  }

  @Test
  void leave_isGivenBackInSteps() {
    minutes(1, 90);
    Action firm = cut(1);
    leave(firm);
    assertThat(limit()).isEqualTo(500_000);
    minutes(1, 60);
    assertThat(limit()).isEqualTo(600_000);
    minutes(1, 60);
    assertThat(limit()).isEqualTo(700_000);
    minutes(3, 60);
    assertThat(limit()).isEqualTo(MAX);
  }

  @Test
  void undo_withoutLeaving_isGivenBackAtOnce() {
    Action firm = cut(1);
    firm.undo();
    assertThat(limit()).isEqualTo(MAX);
    limits.empty().undo();
    assertThat(limit()).isEqualTo(MAX);
  }

  @Test
  void end_takesAllBackAtOnce() {
    leave(cut(1));
    limits.end();
    assertThat(limit()).isEqualTo(MAX);
  }

  @Test
  void leave_whileMemoryIsNeitherShortNorAtEase_isGivenBackHesitantly() {
    Action firm = cut(1);
    limits.sample(Samples.of(now, Metric.MEMORY, 90.0));
    leave(firm);
    minutes(10, 75);
    assertThat(limit()).isEqualTo(500_000);
    minutes(1, 75);
    assertThat(limit()).isEqualTo(600_000);
    minutes(60, 85);
    assertThat(limit()).as("nothing while it is short").isEqualTo(600_000);
  }

  @Test
  void leave_whileCollectionsTakeLong_nothingIsGivenBack() {
    limits.sample(Samples.of(now, Metric.MEMORY, 40.0));
    leave(cut(1));
    for (int i = 0; i < 100; i++) {
      now += 5_000;
      limits.sample(
          Measurements.at(now).add(Metric.MEMORY, 40.0).add(Metric.GC_TIME, 12.0).build());
    }
    assertThat(limit()).isEqualTo(500_000);
  }

  @Test
  void cut_againWithinTheHour_whatWasGoodStaysForAnHour() {
    minutes(1, 90);
    leave(limits.empty());
    minutes(20, 60);
    assertThat(limit()).isEqualTo(MAX);
    leave(limits.empty()); // it is L1 that fills the memory
    minutes(59, 60);
    assertThat(limit()).isEqualTo(MAX / 2);
    minutes(3, 60);
    assertThat(limit()).isGreaterThan(MAX / 2);
    minutes(6, 60);
    assertThat(limit()).isEqualTo(MAX);
  }

  @Test
  void cut_againAfterTheHour_isForgotten() {
    minutes(1, 90);
    leave(limits.empty());
    minutes(61, 60);
    leave(limits.empty());
    minutes(7, 60);
    assertThat(limit()).isEqualTo(MAX);
  }
}
