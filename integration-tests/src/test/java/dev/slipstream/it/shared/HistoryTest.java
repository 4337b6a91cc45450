package dev.slipstream.it.shared;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipstream.it.shared.History.Invalidation;
import dev.slipstream.it.shared.History.Read;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class HistoryTest {
  private static final Duration BOUND = Duration.ofMillis(50);

  private final History history = new History();

  /** All times in milliseconds. */
  private void read(String key, int version, long begun, long ended) {
    history.add(new Read(key, version, nanos(begun), nanos(ended), 1));
  }

  private void invalidation(String key, int version, long begun, long ended) {
    history.add(new Invalidation(key, version, nanos(begun), nanos(ended), 0, "tag"));
  }

  private static long nanos(long millis) {
    return Duration.ofMillis(millis).toNanos();
  }

  @Test
  void newVersion_isNoViolation() {
    invalidation("a", 2, 10, 20);
    read("a", 2, 100, 101);

    assertThat(history.violations(BOUND)).isEmpty();
    assertThat(history.staleReads()).isEmpty();
  }

  @Test
  void oldVersionBeyondTheBound_isAViolation() {
    invalidation("a", 2, 10, 20);
    read("a", 1, 71, 72);

    assertThat(history.violations(BOUND))
        .singleElement()
        .satisfies(violation -> assertThat(violation.late()).isEqualTo(Duration.ofMillis(51)));
  }

  @Test
  void oldVersionWithinTheBound_isStaleAndNoViolation() {
    invalidation("a", 2, 10, 20);
    read("a", 1, 70, 71);

    assertThat(history.violations(BOUND)).isEmpty();
    assertThat(history.staleReads()).hasSize(1);
  }

  /** It may have been answered before; when its answer came does not matter. */
  @Test
  void oldVersionOfAReadThatBeganBefore_isNotStale() {
    read("a", 1, 15, 500);
    invalidation("a", 2, 10, 20);

    assertThat(history.staleReads()).isEmpty();
  }

  @Test
  void versionNewerThanAnyInvalidation_isNoViolation() {
    invalidation("a", 2, 10, 20);
    read("a", 3, 100, 101);

    assertThat(history.violations(BOUND)).isEmpty();
  }

  @Test
  void invalidationOfAnotherKey_doesNotMatter() {
    invalidation("b", 2, 10, 20);
    read("a", 1, 100, 101);

    assertThat(history.staleReads()).isEmpty();
  }

  /** Version 2 is old by the second invalidation and new by the first. */
  @Test
  void lateness_isCountedFromTheFirstInvalidationThatWasMissed() {
    invalidation("a", 2, 10, 20);
    invalidation("a", 3, 30, 40);
    invalidation("a", 4, 50, 60);
    read("a", 2, 200, 201);

    assertThat(history.violations(BOUND))
        .singleElement()
        .satisfies(
            violation -> {
              assertThat(violation.invalidation().version()).isEqualTo(3);
              assertThat(violation.late()).isEqualTo(Duration.ofMillis(160));
            });
  }

  /** Of two at a time the one that wrote the later version may end first. */
  @Test
  void invalidationsThatOverlap_countInTheOrderOfTheirEnds() {
    invalidation("a", 2, 10, 300);
    invalidation("a", 3, 15, 20);
    read("a", 2, 100, 101);

    assertThat(history.violations(BOUND))
        .singleElement()
        .satisfies(violation -> assertThat(violation.late()).isEqualTo(Duration.ofMillis(80)));
  }

  /** A version that came back is as bad as one that stayed. */
  @Test
  void oldVersionAfterANewOne_isAViolation() {
    invalidation("a", 2, 10, 20);
    read("a", 2, 100, 101);
    read("a", 1, 110, 111);

    assertThat(history.violations(BOUND)).hasSize(1);
  }

  @Test
  void timeToLastStaleAnswer_isFromTheBeginningToTheEnd() {
    invalidation("a", 2, 10, 20);
    read("a", 1, 5, 12);
    read("a", 1, 24, 27);
    read("a", 2, 25, 40);
    read("b", 1, 100, 101);

    assertThat(history.timesToLastStaleAnswer()).containsExactly(Duration.ofMillis(17));
  }

  @Test
  void timeToLastStaleAnswer_isZeroWhereAllEndedBefore() {
    read("a", 1, 5, 9);
    invalidation("a", 2, 10, 20);

    assertThat(history.timesToLastStaleAnswer()).containsExactly(Duration.ZERO);
  }

  @Test
  void timeToLastStaleAnswer_isOfOtherGateways() {
    history.add(new Invalidation("a", 2, nanos(10), nanos(20), 1, "tag"));
    read("a", 1, 12, 30);

    assertThat(history.timesToLastStaleAnswer()).containsExactly(Duration.ZERO);
  }
}
