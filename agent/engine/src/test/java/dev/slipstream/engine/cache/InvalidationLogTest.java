package dev.slipstream.engine.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class InvalidationLogTest {
  private static final List<String> TAGS = List.of("t");

  private final InvalidationLog log = new InvalidationLog();
  private final InvalidationLog.Changes ofOne = new InvalidationLog.Changes();
  private final InvalidationLog.Changes ofAnother = new InvalidationLog.Changes();

  private boolean concerns(long since, InvalidationLog.Changes changes) {
    return log.concernsSince(since, changes, "key", "resource", TAGS);
  }

  @Test
  void change_concernsWhatTheSameCacheMakesOfIt() {
    long before = log.position();
    log.recordChange(ofOne, "resource");
    assertThat(concerns(before, ofOne)).isTrue();
    assertThat(concerns(before, ofAnother)).isFalse();
    assertThat(concerns(log.position(), ofOne)).isFalse();
  }

  @Test
  void changes_overTheBound_areForgottenInTheirCacheAlone() {
    long before = log.position();
    for (int i = 0; i < 10_000; i++) {
      log.recordChange(ofOne, "other" + i);
    }
    assertThat(concerns(before, ofOne)).isFalse();
    log.recordChange(ofOne, "one more");
    assertThat(concerns(before, ofOne)).as("what was forgotten may concern it").isTrue();
    assertThat(concerns(before, ofAnother)).isFalse();
  }

  @Test
  void invalidations_overTheBound_concernAllThatIsOlder() {
    long before = log.position();
    for (int i = 0; i <= 4_096; i++) {
      log.record(Invalidation.of(List.of("other"), List.of()), 0);
    }
    assertThat(concerns(before, ofOne)).isTrue();
    assertThat(concerns(before + 1, ofOne)).isFalse();
    log.record(Invalidation.of(TAGS, List.of()), 0);
    assertThat(concerns(before + 1, ofAnother)).isTrue();
  }

  private boolean isUntouched(long since) {
    return log.isUntouchedSince(since, ofOne, "n:key", "resource", TAGS);
  }

  @Test
  void isUntouchedSince_whatConcernsItNot_isSo() {
    long before = log.position();
    log.record(Invalidation.of(List.of("other"), List.of("other*")), 0);
    log.record(Invalidation.ofAll(List.of("t", "other"), List.of()), 0);
    log.recordChange(ofOne, "other");
    log.recordChange(ofAnother, "resource");
    assertThat(isUntouched(before)).isTrue();
  }

  @ParameterizedTest
  @MethodSource("concerning")
  void isUntouchedSince_whatConcernsIt_isNot(Invalidation invalidation) {
    long before = log.position();
    log.record(invalidation, 0);
    assertThat(isUntouched(before)).isFalse();
    assertThat(isUntouched(log.position())).isTrue();
    log.record(Invalidation.of(List.of("other"), List.of("other*")), 0);
    assertThat(isUntouched(before)).isFalse();
    assertThat(isUntouched(before + 1)).isTrue();
  }

  static Stream<Invalidation> concerning() {
    return Stream.of(
        Invalidation.of(List.of("other", "t"), List.of()),
        Invalidation.of(List.of(), List.of("other", "k*")),
        Invalidation.ofAll(List.of("t"), List.of()),
        Invalidation.EVERYTHING);
  }

  @Test
  void isUntouchedSince_aChange_isNot() {
    long before = log.position();
    log.recordChange(ofOne, "resource");
    assertThat(isUntouched(before)).isFalse();
    assertThat(isUntouched(log.position())).isTrue();
  }

  @Test
  void isUntouchedSince_moreThanIsRemembered_isNotKnown() {
    long before = log.position();
    for (int i = 0; i < 10_000; i++) {
      log.record(Invalidation.of(List.of("other" + i), List.of()), 0);
    }
    assertThat(isUntouched(before)).as("however many tags").isTrue();
    log.record(Invalidation.of(List.of("one more"), List.of()), 0);
    assertThat(isUntouched(before)).isFalse();
  }

  @Test
  void isUntouchedSince_moreThanIsLookedThrough_isNotKnown() {
    long before = log.position();
    for (int i = 0; i < 99; i++) {
      log.record(Invalidation.of(List.of(), List.of("other" + i)), 0);
    }
    assertThat(isUntouched(before)).isTrue();
    log.record(Invalidation.of(List.of(), List.of("one more")), 0);
    assertThat(isUntouched(before)).isFalse();
    log.record(Invalidation.of(List.of(), List.of("and another")), 0);
    assertThat(isUntouched(before)).isFalse();
    assertThat(isUntouched(before + 100)).isTrue();
  }

  @Test
  void begin_ofACache_knowsNothingOfChangesBefore() {
    long before = log.position();
    log.recordChange(ofAnother, "resource");
    InvalidationLog.Changes late = new InvalidationLog.Changes();
    log.begin(late);
    assertThat(log.isUntouchedSince(before, late, "n:key", "resource", TAGS)).isFalse();
    log.recordChange(ofAnother, "resource");
    assertThat(log.isUntouchedSince(before + 1, late, "n:key", "resource", TAGS)).isTrue();
  }
}
