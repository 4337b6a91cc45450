package dev.slipstream.console.cache;

import dev.slipstream.config.jmx.AgentMXBean;
import dev.slipstream.config.jmx.ApplicationCacheMXBean;
import dev.slipstream.config.jmx.CodecMXBean;
import dev.slipstream.config.jmx.CoherenceMXBean;
import dev.slipstream.config.jmx.EndpointReport;
import dev.slipstream.config.jmx.EndpointsMXBean;
import dev.slipstream.config.jmx.HttpCacheMXBean;
import dev.slipstream.config.jmx.MemoryTierMXBean;
import dev.slipstream.config.jmx.ObjectNames;
import dev.slipstream.config.jmx.RedisTierMXBean;
import dev.slipstream.console.merge.RedisServer;
import dev.slipstream.console.merge.Sums;
import dev.slipstream.console.merge.Wire;
import dev.slipstream.console.targets.AgentBeans;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import javax.management.JMException;
import org.jspecify.annotations.Nullable;

/** All that one gateway says about its cache. */
record DetailsReading(
    CacheDetails.Memory memory,
    CacheDetails.@Nullable Redis redis,
    CacheDetails.@Nullable Codec codec,
    CacheDetails.@Nullable Coherence coherence,
    CacheDetails.@Nullable Application application,
    EndpointReport total,
    Map<String, Long> refusals,
    long agentErrors) {

  /** Reads it, one round trip a bean. */
  static DetailsReading from(AgentBeans beans) throws IOException, JMException {
    return new DetailsReading(
        memory(beans.read(ObjectNames.L1, MemoryTierMXBean.class)),
        beans
            .readIfPresent(ObjectNames.L2, RedisTierMXBean.class)
            .map(DetailsReading::redis)
            .orElse(null),
        beans
            .readIfPresent(ObjectNames.CODEC, CodecMXBean.class)
            .map(DetailsReading::codec)
            .orElse(null),
        beans
            .readIfPresent(ObjectNames.COHERENCE, CoherenceMXBean.class)
            .map(DetailsReading::coherence)
            .orElse(null),
        beans
            .readIfPresent(ObjectNames.APPLICATION, ApplicationCacheMXBean.class)
            .map(DetailsReading::application)
            .orElse(null),
        beans.read(ObjectNames.ENDPOINTS, EndpointsMXBean.class, "Total").getTotal(),
        beans.read(ObjectNames.HTTP_CACHE, HttpCacheMXBean.class, "Refusals").getRefusals(),
        beans.read(ObjectNames.AGENT, AgentMXBean.class, "Errors").getErrors());
  }

  private static CacheDetails.Memory memory(MemoryTierMXBean bean) {
    return new CacheDetails.Memory(
        bean.getHitRatio(),
        bean.getHits(),
        bean.getMisses(),
        bean.getMaxMemoryBytes(),
        bean.getMemoryUsageBytes(),
        bean.getEntries(),
        bean.getEvictions(),
        bean.getExpirations(),
        bean.getRemovals(),
        bean.getReplacements(),
        bean.getPuts());
  }

  private static CacheDetails.Redis redis(RedisTierMXBean bean) {
    return new CacheDetails.Redis(
        List.of(RedisServer.addressOf(bean.getServer())),
        bean.isConnected(),
        bean.getHitRatio(),
        bean.getHits(),
        bean.getMisses(),
        bean.getMemoryUsageBytes(),
        bean.getKeys(),
        bean.getLatencyP50Millis(),
        bean.getLatencyP95Millis(),
        bean.getLatencyP99Millis(),
        bean.getBreakerState(),
        Wire.text(bean.getUnavailableReason()),
        bean.getBreakerOpenings(),
        bean.getErrors(),
        bean.getSkippedLookups(),
        bean.getBytesRead(),
        bean.getBytesWritten(),
        bean.getPuts(),
        bean.getQueuedWrites(),
        bean.getDroppedWrites(),
        bean.getRefusedWrites(),
        bean.getUnreadableEntries(),
        bean.getPendingInvalidations(),
        bean.getTopology(),
        bean.getNodes());
  }

  private static CacheDetails.Codec codec(CodecMXBean bean) {
    return new CacheDetails.Codec(
        Sums.share(bean.getEncodedBytesIn(), bean.getEncodedBytesOut()),
        bean.getMeanEncodeTimeMicros(),
        bean.getMeanDecodeTimeMicros(),
        bean.getEncodedEntries(),
        bean.getEncodedBytesIn(),
        bean.getEncodedBytesOut(),
        bean.getDecodedEntries());
  }

  private static CacheDetails.Coherence coherence(CoherenceMXBean bean) {
    return new CacheDetails.Coherence(
        bean.isListening(),
        bean.getGateways(),
        bean.getMissed(),
        bean.getConfirmed(),
        bean.getNotConfirmed());
  }

  private static CacheDetails.Application application(ApplicationCacheMXBean bean) {
    return new CacheDetails.Application(
        bean.getApplications(),
        bean.getEntries(),
        bean.getHitRatio(),
        bean.getHits(),
        bean.getMisses(),
        bean.getSets(),
        bean.getEvictions(),
        bean.getLoads(),
        bean.getFailedLoads(),
        bean.getCollapsed());
  }
}
