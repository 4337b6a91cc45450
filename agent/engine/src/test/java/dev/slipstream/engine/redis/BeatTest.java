package dev.slipstream.engine.redis;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BeatTest {
  @Test
  void lastBefore_isThatOfTheServerBeforeHoweverOftenANewGatewayGaveASign() {
    Beat before = Beat.next(null, 100, "one");
    Beat first = Beat.next(before, 300, "two");
    Beat second = Beat.next(first, 400, "two");

    assertThat(Beat.lastBefore(null, "two")).isEqualTo(Beat.NEVER);
    assertThat(Beat.lastBefore(before, "two")).isEqualTo(100);
    assertThat(Beat.lastBefore(first, "two")).isEqualTo(100);
    assertThat(Beat.lastBefore(second, "two")).isEqualTo(100);
    assertThat(Beat.lastBefore(second, "three")).isEqualTo(400);
  }

  @Test
  void of_whatWasStored() {
    Beat beat = new Beat(300, Beat.NEVER, "127.0.0.1:6379");
    assertThat(Beat.of(beat.text())).isEqualTo(beat);
    assertThat(Beat.of(EntryKeys.bytes("300"))).isEqualTo(new Beat(300, Beat.NEVER, ""));
    assertThat(Beat.of(EntryKeys.bytes("else"))).isNull();
    assertThat(Beat.of(null)).isNull();
  }
}
