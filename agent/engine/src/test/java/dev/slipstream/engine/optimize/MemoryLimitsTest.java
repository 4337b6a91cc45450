package dev.slipstream.engine.optimize;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MemoryLimitsTest {
  private static final long MAX = 1_000_000;

  private final List<Long> set = new ArrayList<>();
  private final MemoryLimits limits =
      new MemoryLimits(
          new MemoryLimits.Tier() {
            @Override
            public long maxBytes() {
              return MAX;
            }

            @Override
            public void limit(long bytes) {
              set.add(bytes);
            }

            @Override
            public long clear() {
              return 0;
            }
          });

  private Action cut(double severity) {
    Reading reading =
        new Reading(Measurements.GATEWAY, 90.0, Position.OVER, severity, "memory 90.0 %");
    return limits.cut(reading, Level.BALANCED);
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
}
