package dev.slipstream.engine.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

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
}
