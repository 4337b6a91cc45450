package dev.slipstream.engine.learn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipstream.engine.MutableClock;
import dev.slipstream.engine.profile.EndpointNames;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SharedEvidenceTest {
  private final MutableClock clock = new MutableClock();
  private long serverAhead;
  private final Map<String, byte[]> left = new HashMap<>();
  private final SharedEvidence.Board board =
      new SharedEvidence.Board() {
        @Override
        public Long millis() {
          return clock.millis() + serverAhead;
        }

        @Override
        public boolean write(String gateway, byte[] note) {
          left.put(gateway, note);
          return true;
        }

        @Override
        public Map<String, byte[]> read() {
          return Map.copyOf(left);
        }

        @Override
        public boolean remove(String gateway) {
          return left.remove(gateway) != null;
        }
      };

  private Learning gateway() {
    return new Learning(true, Duration.ofMinutes(5), new EndpointNames(), clock, () -> 0.5);
  }

  private void see(Learning learning, int observations) {
    for (int i = 0; i <= observations; i++) {
      Refetch refetch = learning.refetch("GET", "/a", null);
      refetch.answered("/a", 200, new byte[] {(byte) (i / 4)}, null);
      clock.advanceSeconds(1);
    }
    learning.tick();
  }

  private static double observations(Learning learning) {
    learning.asked("GET", "/a", 0, Learning.Asked.MISS);
    learning.tick();
    return learning.explain("GET /a").observations();
  }

  @Test
  void whatGatewaysHaveSeen_addsUp_andIsNotCountedTwice() {
    Learning one = gateway();
    Learning two = gateway();
    SharedEvidence ofOne = new SharedEvidence(one, board, clock);
    SharedEvidence ofTwo = new SharedEvidence(two, board, clock);
    see(one, 40);
    ofOne.exchange();
    see(two, 30);
    ofTwo.exchange();
    clock.advance(Duration.ofMinutes(5));
    ofOne.exchange();
    clock.advance(Duration.ofMinutes(5));
    ofOne.exchange();
    ofTwo.exchange();

    assertThat(observations(one)).isBetween(60.0, 70.0);
    assertThat(observations(two)).isBetween(60.0, 70.0);
    assertThat(one.otherGateways()).isEqualTo(1);
  }

  @Test
  void gatewayThatStartsAgain_knowsWhatItKnew() {
    Learning before = gateway();
    see(before, 40);
    new SharedEvidence(before, board, clock).exchange();

    Learning after = gateway();
    new SharedEvidence(after, board, clock).exchange();

    assertThat(observations(after)).isBetween(35.0, 40.0);
    assertThat(after.explain("GET /a").changes()).isBetween(8.0, 10.0);
  }

  @Test
  void whatNobodyWritesAnyMore_isTakenOverOnce() {
    Learning before = gateway();
    see(before, 40);
    new SharedEvidence(before, board, clock).exchange();
    clock.advance(Duration.ofHours(6));

    Learning one = gateway();
    new SharedEvidence(one, board, clock).exchange();
    Learning two = gateway();
    new SharedEvidence(two, board, clock).exchange();

    assertThat(observations(one)).isBetween(15.0, 20.0); // half of it, after six hours
    assertThat(left).hasSize(1);
    assertThat(observations(two)).isBetween(15.0, 20.0); // of the one that took it over
  }

  @Test
  void whatCannotBeRead_isAsIfItWereNotThere() {
    Learning learning = gateway();
    see(learning, 10);
    new SharedEvidence(learning, board, clock).exchange();
    byte[] note = left.values().iterator().next();
    assertThat(EvidenceCodec.decode(note)).isNotNull();
    Random random = new Random(1);
    for (int i = 0; i < 2_000; i++) {
      byte[] broken = java.util.Arrays.copyOf(note, random.nextInt(note.length + 20));
      if (broken.length > 0) {
        broken[random.nextInt(broken.length)] ^= (byte) (1 + random.nextInt(255));
      }
      assertThat(EvidenceCodec.decode(broken)).isNull();
    }
  }

  @Test
  void lostServer_isAskedAgain() {
    Learning learning = gateway();
    see(learning, 10);
    SharedEvidence shared =
        new SharedEvidence(
            learning,
            new SharedEvidence.Board() {
              @Override
              public Long millis() {
                return clock.millis();
              }

              @Override
              public boolean write(String gateway, byte[] note) {
                throw new IllegalStateException("not before it was read");
              }

              @Override
              public Map<String, byte[]> read() {
                return null;
              }

              @Override
              public boolean remove(String gateway) {
                return false;
              }
            },
            clock);
    shared.exchange();
    shared.exchange();

    assertThat(learning.otherGateways()).isZero();
  }

  private static ChangeEvidence[] evidence(double told, double unchanged, double quietMillis) {
    ChangeEvidence[] all = new ChangeEvidence[Run.CLASSES];
    for (int runs = 0; runs < Run.CLASSES; runs++) {
      all[runs] = new ChangeEvidence();
      all[runs].restore(told, unchanged, quietMillis);
    }
    return all;
  }

  private void leave(String gateway, long ageMillis, Map<String, ChangeEvidence[]> evidence) {
    left.put(gateway, EvidenceCodec.encode(clock.millis() - ageMillis, evidence));
  }

  @Test
  void whatIsWritten_countsNoMoreThanOneCanHaveSeen() {
    leave("liar", 0, Map.of("GET /a", evidence(0, 1e17, 1e17)));
    leave("heir", Duration.ofHours(2).toMillis(), Map.of("GET /a", evidence(0, 1e17, 1e17)));
    Learning learning = gateway();
    see(learning, 40);
    SharedEvidence shared = new SharedEvidence(learning, board, clock);
    shared.exchange();

    assertThat(left).hasSize(2).containsKey("liar");
    assertThat(observations(learning)).isLessThanOrEqualTo(801);
    double quiet = EvidenceCodec.decode(left.get("liar")).evidence().get("GET /a")[0].quietMillis();
    assertThat(quiet).isLessThanOrEqualTo(400 * 30 * 86_400_000.0);
  }

  @Test
  void liarsTogether_countNoMoreThanOne() {
    for (int i = 0; i < 50; i++) {
      leave("liar " + i, 0, Map.of("GET /a", evidence(0, 400, 1e9)));
    }
    Learning learning = gateway();
    new SharedEvidence(learning, board, clock).exchange();
    assertThat(observations(learning)).isBetween(399.0, 400.1);
  }

  @Test
  void whatComesFromTheFuture_isAsIfItWereNotThere() {
    leave("future", -Duration.ofMinutes(2).toMillis(), Map.of("GET /a", evidence(0, 90, 1e6)));
    Learning learning = gateway();
    new SharedEvidence(learning, board, clock).exchange();
    assertThat(observations(learning)).isZero();
    assertThat(learning.otherGateways()).isZero();
  }

  @Test
  void gatewayWhoseClockIsWrong_isNotTakenForGone() {
    MutableClock slow = new MutableClock();
    Learning behind = new Learning(true, Duration.ofMinutes(5), new EndpointNames(), slow, () -> 0);
    for (int i = 0; i <= 40; i++) {
      behind.refetch("GET", "/a", null).answered("/a", 200, new byte[] {1}, null);
      slow.advanceSeconds(1);
    }
    behind.tick();
    clock.advance(Duration.ofHours(5)); // than the one that is behind
    serverAhead = Duration.ofHours(1).toMillis();
    new SharedEvidence(behind, board, slow).exchange();
    Learning learning = gateway();
    SharedEvidence shared = new SharedEvidence(learning, board, clock);
    for (int i = 0; i < 10; i++) {
      shared.exchange();
      clock.advance(Duration.ofMinutes(5));
    }
    assertThat(left).as("nobody has removed it").hasSize(1);
    assertThat(learning.otherGateways()).isEqualTo(1);
  }

  @Test
  void endpointsOfOthers_takeNobodysPlace() {
    Map<String, ChangeEvidence[]> foreign = new HashMap<>();
    for (int i = 0; i < 600; i++) {
      foreign.put("GET /foreign/a" + i, evidence(0, 9, 1e6));
    }
    leave("foreign", 0, foreign);
    leave("gone", Duration.ofHours(2).toMillis(), foreign);
    Learning learning = gateway();
    new SharedEvidence(learning, board, clock).exchange();
    assertThat(learning.all()).isEmpty();
    assertThat(learning.explain("GET /foreign/a7").observations()).as("told").isGreaterThan(9);
    assertThat(learning.all()).as("explained, and still without a place").isEmpty();

    see(learning, 10);
    assertThat(observations(learning)).isBetween(9.0, 10.0);
    learning.asked("GET", "/foreign/a7", 0, Learning.Asked.MISS);
    learning.tick();
    assertThat(learning.explain("GET /foreign/a7").observations()).isGreaterThan(9);
  }

  @Test
  void endpointsThatScannersMakeUp_areForgottenWhereThereIsNoRoom() {
    Learning learning = gateway();
    for (int i = 0; i < 600; i++) {
      learning.asked("GET", "/scan/a" + i, 0, Learning.Asked.MISS);
    }
    learning.asked("GET", "/a", 0, Learning.Asked.MISS);
    learning.tick();
    assertThat(learning.named("GET /a")).isNull();
    clock.advance(Duration.ofMinutes(11));
    learning.tick();
    see(learning, 10);
    assertThat(learning.named("GET /a")).isNotNull();
  }

  @Test
  void whatWasInheritedAndNotAskedFor_isLeftToTheNextOne() {
    leave("gone", Duration.ofHours(2).toMillis(), Map.of("GET /a", evidence(0, 90, 1e8)));
    new SharedEvidence(gateway(), board, clock).exchange();
    assertThat(left).hasSize(1).doesNotContainKey("gone");

    Learning next = gateway();
    new SharedEvidence(next, board, clock).exchange();
    assertThat(observations(next)).isBetween(60.0, 80.0);
  }
}
