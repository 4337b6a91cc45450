package dev.slipstream.console.targets;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class TargetStateTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final Failure GONE = new Failure(Failure.Kind.GONE, "refused");
  private static final Failure HANGING = new Failure(Failure.Kind.HANGING, "late");

  @Test
  void since_movesOnlyWhenSomethingChanges() {
    TargetState state = TargetState.connecting(START);
    assertThat(state.label()).isEqualTo("connecting");
    state = state.after(null, START.plusSeconds(1)).after(null, START.plusSeconds(2));
    assertThat(state.label()).isEqualTo("up");
    assertThat(state.since()).isEqualTo(START.plusSeconds(1));
    state = state.after(GONE, START.plusSeconds(3)).after(GONE, START.plusSeconds(4));
    assertThat(state.label()).isEqualTo("gone");
    assertThat(state.since()).isEqualTo(START.plusSeconds(3));
    state = state.after(HANGING, START.plusSeconds(5));
    assertThat(state.label()).isEqualTo("hanging");
    assertThat(state.since()).isEqualTo(START.plusSeconds(5));
  }
}
