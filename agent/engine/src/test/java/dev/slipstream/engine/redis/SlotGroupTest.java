package dev.slipstream.engine.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipstream.config.LogLevel;
import dev.slipstream.config.RedisUrl;
import dev.slipstream.engine.AgentLog;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A group is used on a node only after all that the server may lack was made up for. */
class SlotGroupTest {
  private static final PendingInvalidations.Batch NOTHING = new PendingInvalidations().batch();

  @TempDir Path directory;

  private final SlotGroups groups = SlotGroups.one("apigw");
  private final SlotGroup group = groups.all().get(0);
  private final RecentInvalidations recent = new RecentInvalidations(System::nanoTime);
  private RedisNode one;
  private RedisNode other;

  @BeforeEach
  void makeNodes() {
    one = node();
    other = node();
    group.serveBy(one);
  }

  /** A node that is not started. */
  private RedisNode node() {
    RedisUrl url = Tiers.url(1, null);
    Counters counters = new Counters();
    Connector connector = new Connector(url, deadline -> url.nodes().get(0), null, counters);
    Setup setup =
        new Setup(
            Tiers.settings(url),
            url,
            AgentLog.to(directory.resolve("agent.log"), LogLevel.DEBUG, InstantSource.system()),
            System::nanoTime,
            InstantSource.system(),
            counters,
            groups,
            recent,
            new Hearing(new Listening("self", 0), () -> Hearing.NO_LOG),
            new Announcer(
                "self",
                group.keys(),
                new MaintenanceLink(connector, Duration.ofMillis(1), System::nanoTime),
                () -> {}));
    return new OneServer(setup).nodes().get(0);
  }

  @Test
  void settle_onceNothingIsOwed() {
    group.serveBy(one);
    assertThat(group.isSettledOn(one)).isFalse();
    assertThat(group.settle(one, NOTHING)).isTrue();
    assertThat(group.isSettledOn(one)).isTrue();
    assertThat(group.isSettledOn(other)).isFalse();
  }

  @Test
  void settle_whereMoreCameMeanwhile_isNot() {
    group.serveBy(one);
    group.owe(List.of("a"), List.of());
    PendingInvalidations.Batch batch = group.owed();
    group.owe(List.of("b"), List.of());
    assertThat(group.settle(one, batch)).isFalse();
    assertThat(group.settle(one, group.owed())).isTrue();
    assertThat(group.pendingInvalidations()).isZero();
  }

  @Test
  void settle_byTheNodeBefore_leavesAllOwed() {
    group.serveBy(one);
    group.owe(List.of("a"), List.of());
    PendingInvalidations.Batch batch = group.owed();
    group.serveBy(other);
    assertThat(group.settle(one, batch)).isFalse();
    assertThat(group.owed().tags()).containsExactly("a");
    assertThat(group.settle(other, group.owed())).isTrue();
  }

  @Test
  void owe_endsItsUse() {
    group.serveBy(one);
    group.settle(one, NOTHING);
    group.owe(List.of("a"), List.of());
    assertThat(group.isSettledOn(one)).isFalse();
  }

  @Test
  void servedBy_theSameServer_goesOn() {
    group.serveBy(one);
    recent.add(List.of("a"), List.of());
    group.servedBy("id", recent, 100);
    group.settle(one, group.owed());
    group.servedBy("id", recent, 200);
    assertThat(group.isSettledOn(one)).isTrue();
    assertThat(group.fillsSinceMillis()).isEqualTo(Long.MIN_VALUE);
  }

  @Test
  void servedBy_anotherServer_owesWhatItMayLack() {
    group.serveBy(one);
    group.servedBy("id", recent, 100);
    group.settle(one, NOTHING);
    recent.add(List.of("a"), List.of("x*"));
    group.servedBy("other", recent, 200);
    assertThat(group.isSettledOn(one)).isFalse();
    assertThat(group.owed().tags()).containsExactly("a");
    assertThat(group.owed().patterns()).containsExactly("x*");
    assertThat(group.fillsSinceMillis()).isEqualTo(200);
  }

  @Test
  void behindMicros_comparesWithTheClockBefore() {
    assertThat(group.behindMicros(5)).isNotPositive();
    group.leftAt(1_000);
    group.leftAt(900);
    assertThat(group.behindMicros(700)).isEqualTo(300);
    assertThat(group.behindMicros(1_001)).isNegative();
    group.oweEverything();
    assertThat(group.behindMicros(700)).isNotPositive();
  }

  @Test
  void heardSince_isFromTheFirstInstantOnOfItsBeingUsed() {
    group.heardSince(one, 5_000);
    assertThat(group.heardSinceMicros()).as("it is not used").isEqualTo(Long.MAX_VALUE);
    group.settle(one, NOTHING);
    group.heardSince(other, 5_000);
    assertThat(group.heardSinceMicros()).as("that is another").isEqualTo(Long.MAX_VALUE);
    group.heardSince(one, 5_000);
    group.heardSince(one, 6_000);
    assertThat(group.heardSinceMicros()).isEqualTo(1_005_000);
  }

  @Test
  void heardSince_whatIsUsedAgain_beginsAnew() {
    group.settle(one, NOTHING);
    group.heardSince(one, 5_000);
    group.owe(List.of("a"), List.of());
    group.settle(one, group.owed());
    assertThat(group.heardSinceMicros()).isEqualTo(Long.MAX_VALUE);
  }
}
