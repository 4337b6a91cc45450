package dev.slipstream.engine.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ListeningTest {
  private static final Announcement SOMETHING = Announcement.changed(List.of("a"));

  private long nanos = Long.MAX_VALUE - 5_000_000_000L; // the ticker wraps around on the way
  private final Listening listening = new Listening("self", nanos);

  private void pass(long millis) {
    nanos += Duration.ofMillis(millis).toNanos();
  }

  private void heartbeat(String gateway, long sequence) {
    listening.received(new Message(gateway, sequence, null), nanos);
  }

  private void announcement(String gateway, long sequence) {
    listening.received(new Message(gateway, sequence, SOMETHING), nanos);
  }

  /** Hears itself and one other, whose last number is given. */
  private int heardBoth(long sequence) {
    heartbeat("self", 0);
    heartbeat("other", sequence);
    listening.compare(List.of("self", "other"), nanos);
    return listening.generation();
  }

  @Test
  void isListening_onceItHearsItself() {
    assertThat(listening.isListening(nanos)).isFalse();

    heartbeat("other", 0);
    assertThat(listening.isListening(nanos)).isFalse();

    heartbeat("self", 0);
    assertThat(listening.isListening(nanos)).isTrue();
  }

  @Test
  void isListening_afterSilence_isOver() {
    heartbeat("self", 0);

    pass(2_499);
    assertThat(listening.isListening(nanos)).isTrue();
    pass(1);
    assertThat(listening.isListening(nanos)).isFalse();
  }

  @Test
  void generation_afterSilence_isAnother() {
    int before = heardBoth(0);

    pass(2_500);
    heartbeat("self", 0);

    assertThat(listening.generation()).isGreaterThan(before);
    assertThat(listening.isListening(nanos)).isTrue();
  }

  @Test
  void generation_afterALostConnection_isAnother() {
    int before = heardBoth(0);

    listening.lost(nanos);
    assertThat(listening.isListening(nanos)).isFalse();
    heartbeat("self", 0);

    assertThat(listening.generation()).isGreaterThan(before);
  }

  @Test
  void generation_withoutGaps_stays() {
    int before = heardBoth(0);

    announcement("other", 1);
    announcement("other", 2);
    pass(1_000);
    assertThat(heardBoth(2)).isEqualTo(before);
  }

  @Test
  void generation_afterALostAnnouncement_isAnotherAtTheNextOne() {
    int before = heardBoth(0);

    announcement("other", 2);

    assertThat(listening.generation()).isGreaterThan(before);
  }

  @Test
  void generation_afterALostAnnouncement_isAnotherAtTheNextHeartbeat() {
    int before = heardBoth(0);

    heartbeat("other", 1);

    assertThat(listening.generation()).isGreaterThan(before);
  }

  @Test
  void generation_whenAnotherCameLater_isAnother() {
    int before = heardBoth(0);

    heartbeat("third", 5);

    assertThat(listening.generation()).isGreaterThan(before);
  }

  @Test
  void generation_whenAnotherStarts_stays() {
    int before = heardBoth(0);

    heartbeat("third", 0);

    assertThat(listening.generation()).isEqualTo(before);
  }

  @Test
  void generation_afterAnUnreadableMessage_isAnother() {
    int before = heardBoth(0);

    listening.unreadable();

    assertThat(listening.generation()).isGreaterThan(before);
  }

  @Test
  void generation_whenAnotherIsGone_isAnotherOnce() {
    int before = heardBoth(0);

    pass(1_900);
    heartbeat("self", 0);
    listening.compare(List.of("self"), nanos);
    int gone = listening.generation();
    listening.compare(List.of("self"), nanos);

    assertThat(gone).isGreaterThan(before);
    assertThat(listening.generation()).isEqualTo(gone);
    assertThat(listening.isListening(nanos)).isTrue();
    assertThat(listening.gateways()).isEqualTo(1);
  }

  /** It sends heartbeats, as Redis has seen, and they do not come through. */
  @Test
  void isListening_whileAnotherIsThereAndNotHeard_isFalse() {
    int before = heardBoth(0);

    pass(1_900);
    heartbeat("self", 0);
    listening.compare(List.of("self", "other"), nanos);
    assertThat(listening.isListening(nanos)).isFalse();
    pass(100);
    heartbeat("self", 0);
    assertThat(listening.isListening(nanos)).isFalse();

    heartbeat("other", 0);
    listening.compare(List.of("self", "other"), nanos);
    heartbeat("self", 0);
    assertThat(listening.isListening(nanos)).isTrue();
    assertThat(listening.generation()).isGreaterThan(before);
  }

  @Test
  void missedCount_whileAnotherIsNotHeard_isOneOnceItIs() {
    heardBoth(0);
    long before = listening.missedCount();
    for (int seconds = 0; seconds < 5; seconds++) {
      pass(1_900);
      heartbeat("self", 0);
      listening.compare(List.of("self", "other"), nanos);
    }
    assertThat(listening.isListening(nanos)).isFalse();
    heartbeat("other", 0);
    listening.compare(List.of("self", "other"), nanos);
    heartbeat("self", 0);

    assertThat(listening.isListening(nanos)).isTrue();
    assertThat(listening.missedCount()).isEqualTo(before + 1);
  }

  @Test
  void generation_whenAnotherWasSeenByRedisFirst_stays() {
    heartbeat("self", 0);
    listening.compare(List.of("self", "new"), nanos);
    int before = listening.generation();

    heartbeat("new", 0);

    assertThat(listening.generation()).isEqualTo(before);
    assertThat(listening.gateways()).isEqualTo(2);
  }
}
