package dev.slipstream.console.metrics;

import dev.slipstream.config.jmx.ApplicationCacheMXBean;
import dev.slipstream.config.jmx.CacheMXBean;
import dev.slipstream.config.jmx.CodecMXBean;
import dev.slipstream.config.jmx.CoherenceMXBean;
import dev.slipstream.config.jmx.MemoryTierMXBean;
import dev.slipstream.config.jmx.RedisTierMXBean;

/** What the tiers hold and did. */
final class TierMetrics {
  private TierMetrics() {}

  static void add(TargetFamilies to, CacheMXBean cache, MemoryTierMXBean l1) {
    to.counter(
        "removed_entries",
        "Entries of both tiers removed by invalidation or flush",
        cache.getDeletes());
    to.gauge("l1_entries", "Entries in L1", l1.getEntries());
    to.gauge("l1_memory_bytes", "Memory that entries in L1 take", l1.getMemoryUsageBytes());
    to.gauge("l1_memory_max_bytes", "Memory that entries in L1 may take", l1.getMaxMemoryBytes());
    to.counter("l1_hits", "Look-ups in L1 that found an entry", l1.getHits());
    to.counter("l1_misses", "Look-ups in L1 that found none", l1.getMisses());
    to.counter("l1_puts", "Entries stored in L1", l1.getPuts());
    to.counter("l1_evictions", "Entries of L1 dropped for want of room", l1.getEvictions());
    to.counter(
        "l1_expirations", "Entries of L1 dropped as their time was over", l1.getExpirations());
    to.counter("l1_removals", "Entries of L1 removed by invalidation or flush", l1.getRemovals());
    to.counter(
        "l1_replacements", "Entries of L1 that gave way to a newer one", l1.getReplacements());
  }

  static void add(TargetFamilies to, RedisTierMXBean l2) {
    to.flag("l2_connected", "Whether Redis answers: 1 or 0", l2.isConnected());
    l2.getNodes()
        .forEach(
            (node, breaker) ->
                to.flag(
                    "l2_node_up",
                    "Whether the breaker of a server is closed: 1 or 0",
                    breaker.equals("closed"),
                    "node",
                    node));
    to.gauge("l2_connections", "Connections to Redis open for requests", l2.getConnections());
    to.gauge(
        "l2_server_memory_bytes", "Memory that the Redis servers use", l2.getMemoryUsageBytes());
    to.gauge("l2_keys", "Entries of this prefix on the Redis servers", l2.getKeys());
    to.gauge("l2_queued_writes", "Entries waiting to be written to L2", l2.getQueuedWrites());
    to.gauge(
        "l2_pending_invalidations",
        "Tags and patterns to be invalidated once Redis answers again",
        l2.getPendingInvalidations());
    String latency = "What L2 took a request in the last one to two minutes";
    to.time("l2_latency_seconds", latency, l2.getLatencyP50Millis(), "percentile", "50");
    to.time("l2_latency_seconds", latency, l2.getLatencyP95Millis(), "percentile", "95");
    to.time("l2_latency_seconds", latency, l2.getLatencyP99Millis(), "percentile", "99");
    to.counter("l2_hits", "Look-ups in L2 that found an entry", l2.getHits());
    to.counter("l2_misses", "Look-ups in L2 that found none", l2.getMisses());
    to.counter(
        "l2_skipped_lookups",
        "Look-ups not made: a breaker was open, or no connection free",
        l2.getSkippedLookups());
    to.counter("l2_puts", "Entries written to L2", l2.getPuts());
    to.counter("l2_errors", "Operations of L2 that failed or took too long", l2.getErrors());
    to.counter("l2_dropped_writes", "Entries not written to L2", l2.getDroppedWrites());
    to.counter(
        "l2_breaker_openings",
        "Times the breaker of a Redis server opened",
        l2.getBreakerOpenings());
    to.counter("l2_read_bytes", "Bytes read from Redis", l2.getBytesRead());
    to.counter("l2_written_bytes", "Bytes written to Redis", l2.getBytesWritten());
    to.counter("l2_unreadable", "Entries of L2 that could not be read", l2.getUnreadableEntries());
  }

  static void add(TargetFamilies to, CodecMXBean codec) {
    to.counter(
        "codec_input_bytes", "Bytes of entries before compression", codec.getEncodedBytesIn());
    to.counter(
        "codec_output_bytes",
        "Bytes that were made of entries, compressed and encrypted",
        codec.getEncodedBytesOut());
  }

  static void add(TargetFamilies to, CoherenceMXBean coherence) {
    to.flag(
        "coherence_listening",
        "Whether a gateway hears the others' invalidations: 1 or 0",
        coherence.isListening());
    to.gauge("coherence_gateways", "Gateways that share the Redis", coherence.getGateways());
    to.counter(
        "coherence_heard", "Invalidations heard from others", coherence.getAnnouncementsHeard());
    to.counter(
        "coherence_missed",
        "Times that something was, or may have been, missed",
        coherence.getMissed());
  }

  static void add(TargetFamilies to, ApplicationCacheMXBean application) {
    to.gauge(
        "application_entries",
        "Values that application code holds in this process",
        application.getEntries());
    to.counter(
        "application_hits",
        "Look-ups by application code that found a value",
        application.getHits());
    to.counter(
        "application_misses",
        "Look-ups by application code that found none",
        application.getMisses());
    to.counter(
        "application_failed_loads",
        "Loaders and methods of application code that failed",
        application.getFailedLoads());
  }
}
