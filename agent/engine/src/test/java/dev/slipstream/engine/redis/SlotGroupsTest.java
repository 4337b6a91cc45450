package dev.slipstream.engine.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SlotGroupsTest {
  /** Gateways of all versions have to agree: these never change. */
  @ParameterizedTest
  @CsvSource({
    "apigw:http_responses:GET:/users:::, 50",
    "apigw:user:1, 40",
    "'', 0",
  })
  void index_ofAKey_isForEverTheSame(String key, int group) {
    assertThat(SlotGroups.index(key)).isEqualTo(group);
  }

  @Test
  void index_ofAllThatIsMadeOfOneUrl_isOne() {
    String url = "apigw:http_responses:GET:/users:page=2:https://api.example.org";
    int group = SlotGroups.index(url + ':');
    assertThat(SlotGroups.index(url + ",accept-language=en:")).isEqualTo(group);
    assertThat(SlotGroups.index(url + ",,id=0a,accept=~:")).isEqualTo(group);
  }

  @Test
  void index_spreadsKeysEvenly() {
    int[] counts = new int[SlotGroups.COUNT];
    IntStream.range(0, 64_000).forEach(i -> counts[SlotGroups.index("apigw:user:" + i)]++);
    assertThat(IntStream.of(counts).summaryStatistics().getMin()).isGreaterThan(850);
    assertThat(IntStream.of(counts).summaryStatistics().getMax()).isLessThan(1_150);
  }

  @Test
  void groups_haveASlotEach() {
    SlotGroups groups = SlotGroups.ofCluster("apigw");
    assertThat(groups.all().stream().map(SlotGroup::slot).distinct()).hasSize(SlotGroups.COUNT);
    SlotGroup group = groups.of("apigw:user:1");
    assertThat(group.keys().name("apigw:user:1"))
        .isEqualTo("apigw:{" + SlotGroups.index("apigw:user:1") + "}:user:1");
  }

  @Test
  void one_groupForAllKeys_hasNoBraces() {
    SlotGroups one = SlotGroups.one("apigw");
    assertThat(one.of("apigw:user:1")).isSameAs(one.of("apigw:user:2"));
    assertThat(one.of("apigw:user:1").keys().name("apigw:user:1")).isEqualTo("apigw:user:1");
  }
}
