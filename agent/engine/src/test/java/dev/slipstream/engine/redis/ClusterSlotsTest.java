package dev.slipstream.engine.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipstream.config.RedisUrl;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ClusterSlotsTest {
  private static final RedisUrl.Node ASKED = new RedisUrl.Node("10.0.0.9", 7_000);

  private static List<Object> range(long first, long last, @Nullable String host, long port) {
    byte[] bytes = host == null ? null : Tiers.bytes(host);
    List<Object> master = Arrays.asList(bytes, port, Tiers.bytes("id"));
    List<Object> replica = List.of(Tiers.bytes("10.0.0.8"), 7_003L, Tiers.bytes("other"));
    return List.of(first, last, master, replica);
  }

  @Test
  void master_isTheFirstNodeOfTheRange() {
    ClusterSlots slots =
        new ClusterSlots(
            List.of(range(0, 99, "10.0.0.1", 7_001), range(200, 200, "10.0.0.2", 7_002)), ASKED);
    assertThat(slots.master(0)).isEqualTo(new RedisUrl.Node("10.0.0.1", 7_001));
    assertThat(slots.master(99)).isEqualTo(new RedisUrl.Node("10.0.0.1", 7_001));
    assertThat(slots.master(100)).isNull();
    assertThat(slots.master(200)).isEqualTo(new RedisUrl.Node("10.0.0.2", 7_002));
  }

  @Test
  void master_withoutAnAddress_isWhereItWasAsked() {
    for (String host : new String[] {null, "", "?"}) {
      assertThat(new ClusterSlots(List.of(range(0, 9, host, 7_005)), ASKED).master(5))
          .isEqualTo(new RedisUrl.Node("10.0.0.9", 7_005));
    }
  }

  @Test
  void anythingElse_isRefused() {
    assertThatThrownBy(() -> new ClusterSlots(Tiers.bytes("OK"), ASKED))
        .isInstanceOf(IllegalStateException.class);
  }
}
