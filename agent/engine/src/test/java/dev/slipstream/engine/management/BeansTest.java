package dev.slipstream.engine.management;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipstream.config.Settings;
import dev.slipstream.config.rules.RulesFile;
import dev.slipstream.engine.MutableClock;
import dev.slipstream.engine.TestSettings;
import dev.slipstream.engine.cache.Coherence;
import dev.slipstream.engine.cache.Invalidation;
import dev.slipstream.engine.cache.MemoryTier;
import dev.slipstream.engine.cache.TieredCache;
import dev.slipstream.engine.codec.FrameCodec;
import dev.slipstream.engine.codec.Kind;
import dev.slipstream.engine.http.Decision;
import dev.slipstream.engine.http.Fields;
import dev.slipstream.engine.http.Fill;
import dev.slipstream.engine.http.HttpCache;
import dev.slipstream.engine.http.ReadSet;
import dev.slipstream.engine.http.Refusal;
import dev.slipstream.engine.http.ResponseHead;
import dev.slipstream.engine.http.TestRequest;
import dev.slipstream.engine.profile.Endpoints;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BeansTest {
  private static final long MAX_BYTES = 1 << 20;

  private final MutableClock clock = new MutableClock();
  private final Settings settings = TestSettings.with();
  private final TieredCache tiers =
      HttpCache.tiers(
          settings,
          new MemoryTier(MAX_BYTES, Duration.ofDays(1), clock),
          FrameCodec.of(settings.cache()),
          new Coherence(null, clock, System::nanoTime),
          clock);
  private final HttpCache cache = new HttpCache(settings, tiers, clock, Runnable::run);
  private final HttpCacheMBean httpBean =
      new HttpCacheMBean(cache, new Endpoints(cache.endpointNames()), Duration.ofHours(1));
  private final MemoryTierMBean memoryBean = new MemoryTierMBean(tiers);

  @Test
  void httpCache_beforeTheFirstExchange() {
    assertThat(httpBean.getRequests()).isZero();
    assertThat(httpBean.getHitRatio()).isNull();
    assertThat(httpBean.getStores()).isZero();
    assertThat(httpBean.isIdentitySecretShared()).isFalse();
    assertThat(httpBean.getRules()).isEmpty();
    assertThat(httpBean.getRefusals())
        .containsOnlyKeys(
            Stream.of(Refusal.values()).map(why -> why.name().toLowerCase(Locale.ROOT)).toList())
        .allSatisfy((why, count) -> assertThat(count).isZero());
  }

  @Test
  void httpCache_countsExchanges() {
    answer("/a", "max-age=60");
    answer("/b", "private");
    cache.decide(TestRequest.get("/a"));
    cache.decide(TestRequest.get("/a"));
    cache.decide(TestRequest.of("POST", "/a"));

    assertThat(httpBean.getRequests()).isEqualTo(5);
    assertThat(httpBean.getHits()).isEqualTo(2);
    assertThat(httpBean.getMisses()).isEqualTo(2);
    assertThat(httpBean.getBypasses()).isEqualTo(1);
    assertThat(httpBean.getHitRatio()).isEqualTo(0.5);
    assertThat(httpBean.getStores()).isEqualTo(1);
    assertThat(httpBean.getRefusals()).containsEntry("private", 1L).containsEntry("no_store", 0L);
  }

  @Test
  void httpCache_meanResponseTime_isOfAllExchanges() {
    assertThat(httpBean.getMeanResponseTimeMillis()).isNull();

    cache.counters().took(1_000_000);
    cache.counters().took(4_000_000);

    assertThat(httpBean.getMeanResponseTimeMillis()).isEqualTo(2.5);
  }

  @Test
  void httpCache_rules_areThoseEnabled() {
    cache.useRules(
        RulesFile.parse(
                "test",
                """
                rules:
                  - {name: users, pattern: "/users/*", ttl: 5m}
                  - {name: off, pattern: /off, enabled: false}
                  - {name: plain, pattern: /plain}
                """)
            .rules());

    assertThat(httpBean.getRules()).containsExactly("users /users/* 300", "plain /plain 3600");
  }

  @Test
  void memoryTier_saysWhatItHolds() {
    assertThat(memoryBean.getHitRatio()).isNull();
    answer("/a", "max-age=10");
    answer("/b", "max-age=60");
    cache.decide(TestRequest.get("/a"));
    cache.decide(TestRequest.get("/b"));
    cache.decide(TestRequest.get("/c"));

    assertThat(memoryBean.getEntries()).isEqualTo(2);
    assertThat(memoryBean.getMemoryUsageBytes()).isBetween(100L, 3_000L);
    assertThat(memoryBean.getMaxMemoryBytes()).isEqualTo(MAX_BYTES);
    assertThat(memoryBean.getPuts()).isEqualTo(2);
    assertThat(memoryBean.getHits()).isEqualTo(2);
    assertThat(memoryBean.getMisses()).isEqualTo(3);
    assertThat(memoryBean.getHitRatio()).isEqualTo(0.4);
    assertThat(memoryBean.getEvictions()).isZero();

    clock.advanceSeconds(70); // a minute of it for stale_if_error
    assertThat(memoryBean.getExpirations()).isEqualTo(1);
    assertThat(memoryBean.getEntries()).isEqualTo(1);
    assertThat(memoryBean.flush()).isEqualTo(1);
    assertThat(memoryBean.getEntries()).isZero();
    assertThat(tiers.invalidate(Invalidation.EVERYTHING).entries()).isZero();
  }

  @Test
  void codec_saysWhatItDid() {
    FrameCodec frames = FrameCodec.of(settings.cache());
    CodecMBean bean = new CodecMBean(frames);
    assertThat(bean.getCompressionRatio()).isNull();
    assertThat(bean.getMeanEncodeTimeMicros()).isNull();
    assertThat(bean.getMeanDecodeTimeMicros()).isNull();
    assertThat(bean.getEncryptionKeyId()).isEmpty();

    byte[] frame = frames.encode("k", Kind.VALUE, new byte[10_000]);
    frames.decode("k", frame, (kind, in) -> kind);
    frames.decode("other", frame, (kind, in) -> kind);

    assertThat(bean.getEncodedEntries()).isEqualTo(1);
    assertThat(bean.getEncodedBytesIn()).isEqualTo(10_000);
    assertThat(bean.getEncodedBytesOut()).isEqualTo(frame.length);
    assertThat(bean.getCompressionRatio()).isEqualTo(10_000.0 / frame.length);
    assertThat(bean.getMeanEncodeTimeMicros()).isPositive();
    assertThat(bean.getDecodedEntries()).isEqualTo(1);
    assertThat(bean.getDecodedBytesIn()).isEqualTo(frame.length);
    assertThat(bean.getDecodedBytesOut()).isEqualTo(10_000);
    assertThat(bean.getMeanDecodeTimeMicros()).isPositive();
    assertThat(bean.getUnreadableDamaged()).isEqualTo(1);
    assertThat(bean.getUnreadableOfOtherVersions()).isZero();
    assertThat(bean.getUnreadableForWantOfKey()).isZero();
    assertThat(bean.getUnreadableTooLarge()).isZero();
    assertThat(bean.getNotEncodedEntries()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"1, 0, 1.0", "0, 1, 0.0", "1, 3, 0.25"})
  void ratio_isThePartOfBoth(long part, long rest, double expected) {
    assertThat(Ratio.of(part, rest)).isEqualTo(expected);
  }

  @Test
  void ratio_ofNothing_isAbsent() {
    assertThat(Ratio.of(0, 0)).isNull();
  }

  private void answer(String path, String cacheControl) {
    Fill fill = cache.fill((Decision.Fetch) cache.decide(TestRequest.get(path)));
    fill.append((byte) 'x');
    fill.complete(
        ResponseHead.of(200, Fields.EMPTY, Fields.of("Cache-Control", cacheControl)),
        new ReadSet(),
        List.of());
  }
}
