package dev.slipstream.engine.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnnouncerTest {
  private final EntryKeys keys = SlotGroups.ofCluster("apigw").all().get(0).keys();
  private final AtomicInteger refreshes = new AtomicInteger();

  @TempDir Path directory;

  private Announcer announcer(RedisProcess redis) {
    Connector connector =
        new Connector(
            Tiers.url(redis.port(), null),
            deadline -> Tiers.url(redis.port(), null).nodes().get(0),
            null,
            new Counters());
    MaintenanceLink link = new MaintenanceLink(connector, Tiers.PATIENCE, System::nanoTime);
    return new Announcer("self", keys, link, refreshes::incrementAndGet);
  }

  @Test
  void heartbeat_whereAnotherNodeServesIt_asksWhich() {
    try (RedisProcess redis = RedisProcess.prepareClustered(directory)) {
      redis.start(RedisServers.clusterOptions(redis)); // it has no slots
      Announcer announcer = announcer(redis);
      assertThatThrownBy(announcer::heartbeat).hasMessageStartingWith("CLUSTERDOWN");
      assertThat(refreshes).hasValue(1);
      announcer.close();
    }
  }

  /** Nobody else is to wait for a server that is lost; the number is missed by the others. */
  @Test
  void announce_afterAFailure_isTriedAgainOnceAHeartbeatGotThrough() {
    try (RedisProcess redis = RedisProcess.start(directory)) {
      Announcer announcer = announcer(redis);
      Announcement something = Announcement.changed(List.of("apigw:x"));
      announcer.announce(something);
      assertThat(announcer.sent()).isEqualTo(1);
      redis.kill();
      announcer.announce(something);
      redis.start();
      announcer.announce(something);
      assertThat(announcer.failed()).isEqualTo(2);
      announcer.announceLater(List.of("apigw:y"));
      announcer.heartbeat();
      announcer.announce(something);
      assertThat(announcer.sent()).isEqualTo(3);
      announcer.close();
    }
  }
}
