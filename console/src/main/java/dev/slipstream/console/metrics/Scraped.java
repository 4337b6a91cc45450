package dev.slipstream.console.metrics;

import dev.slipstream.config.jmx.AgentMXBean;
import dev.slipstream.config.jmx.EndpointReport;
import dev.slipstream.config.jmx.LatencyReport;
import dev.slipstream.config.jmx.ObjectNames;
import dev.slipstream.console.cache.CacheDetails;
import dev.slipstream.console.performance.Reading;
import dev.slipstream.console.performance.RuleFigures;
import dev.slipstream.console.targets.AgentBeans;
import java.io.IOException;
import java.util.Map;
import javax.management.JMException;
import org.jspecify.annotations.Nullable;

/** What one gateway said for one scrape. */
record Scraped(
    String target, long uptimeMillis, boolean enabled, CacheDetails cache, Reading reading) {
  private static final String SAVED =
      "Estimate of the time that hits saved since the start: hits x (mean of a miss - mean of a hit)"
          + " by endpoint; made anew with each miss and may fall, so take no rate of it";

  private static final int MOST_ENDPOINTS = 100;

  /** Reads it, one round trip a bean. */
  static Scraped from(String target, AgentBeans beans) throws IOException, JMException {
    AgentMXBean agent = beans.read(ObjectNames.AGENT, AgentMXBean.class, "UptimeMillis", "Enabled");
    return new Scraped(
        target,
        agent.getUptimeMillis(),
        agent.isEnabled(),
        CacheDetails.from(beans),
        Reading.ofAll(target, beans));
  }

  void addTo(Families to) {
    to.gauge("agent_uptime_seconds", "Time since the agent began", uptimeMillis / 1e3, t());
    to.gauge("agent_enabled", "Whether the agent takes part: 1 or 0", enabled ? 1 : 0, t());
    to.counter("agent_errors", "Errors of the agent itself", cache.errors().agent(), t());
    addExchanges(to, reading.endpoints().total());
    addMemory(to, cache.l1());
    CacheDetails.Redis redis = cache.l2();
    if (redis != null) {
      addRedis(to, redis);
    }
    CacheDetails.Codec codec = cache.codec();
    if (codec != null) {
      to.counter(
          "codec_input_bytes", "Bytes of entries before compression", codec.encodedBytesIn(), t());
      to.counter("codec_output_bytes", "Bytes made of these entries", codec.encodedBytesOut(), t());
    }
    addSystem(to);
    reading.rules().forEach(rule -> add(to, rule));
    reading.endpoints().endpoints().stream()
        .limit(MOST_ENDPOINTS)
        .forEach(endpoint -> add(to, endpoint));
  }

  private String[] t(String... more) {
    String[] labels = new String[more.length + 2];
    labels[0] = "target";
    labels[1] = target;
    System.arraycopy(more, 0, labels, 2, more.length);
    return labels;
  }

  private void addExchanges(Families to, EndpointReport total) {
    String how = "Exchanges by how they were answered";
    total
        .outcomes()
        .forEach((outcome, count) -> to.counter("exchanges", how, count, t("outcome", outcome)));
    String failed = "Exchanges answered with 400 to 499 (client), or failed or with 500 (server)";
    to.counter("exchange_errors", failed, total.clientErrors(), t("kind", "client"));
    to.counter("exchange_errors", failed, total.serverErrors(), t("kind", "server"));
    to.counter("sent_bytes", "Bytes of bodies sent, as far as known", total.bytes(), t());
    to.counter("hit_sent_bytes", "Bytes of bodies that hits sent", total.hitBytes(), t());
    to.counter(
        "stale_answers", "Exchanges answered with what was stale", total.staleAnswers(), t());
    to.gauge("saved_seconds", SAVED, seconds(total.savedMillis()), t());
    to.gauge("in_flight", "Exchanges that the application is at", total.inFlight(), t());
    addTimes(to, "response_time_seconds", "Time of exchanges, last minute", total.all());
    cache
        .refusals()
        .forEach(
            (reason, count) ->
                to.counter("refusals", "Answers not stored", count, t("reason", reason)));
  }

  private void addTimes(
      Families to, String name, String help, LatencyReport times, String... labels) {
    addTime(to, name, help, times.p50Millis(), "50", labels);
    addTime(to, name, help, times.p95Millis(), "95", labels);
    addTime(to, name, help, times.p99Millis(), "99", labels);
  }

  private void addTime(
      Families to,
      String name,
      String help,
      @Nullable Double millis,
      String percentile,
      String... labels) {
    String[] all = new String[labels.length + 2];
    System.arraycopy(labels, 0, all, 0, labels.length);
    all[labels.length] = "percentile";
    all[labels.length + 1] = percentile;
    to.gauge(name, help, seconds(millis), t(all));
  }

  private void addMemory(Families to, CacheDetails.Memory memory) {
    to.gauge("l1_entries", "Entries in L1", memory.entries(), t());
    to.gauge("l1_memory_bytes", "Memory that entries take", memory.memoryUsageBytes(), t());
    to.gauge("l1_memory_max_bytes", "Memory that they may take", memory.maxMemoryBytes(), t());
    to.counter("l1_hits", "Look-ups in L1 that found an entry", memory.hits(), t());
    to.counter("l1_misses", "Look-ups in L1 that found none", memory.misses(), t());
    to.counter("l1_puts", "Entries stored in L1", memory.puts(), t());
    to.counter("l1_evictions", "Entries dropped for want of room", memory.evictions(), t());
    to.counter(
        "l1_expirations", "Entries dropped as their time was over", memory.expirations(), t());
    to.counter("l1_removals", "Entries removed by invalidation or flush", memory.removals(), t());
  }

  private void addRedis(Families to, CacheDetails.Redis redis) {
    to.gauge("l2_connected", "Whether Redis answers: 1 or 0", redis.connected() ? 1 : 0, t());
    to.gauge("l2_server_memory_bytes", "Memory of the servers", redis.memoryUsageBytes(), t());
    to.gauge("l2_keys", "Entries on the servers", redis.keys(), t());
    to.gauge("l2_queued_writes", "Entries waiting to be written", redis.queuedWrites(), t());
    String latency = "What L2 took a request in the last one to two minutes";
    addTime(to, "l2_latency_seconds", latency, redis.latencyP50Ms(), "50");
    addTime(to, "l2_latency_seconds", latency, redis.latencyP95Ms(), "95");
    addTime(to, "l2_latency_seconds", latency, redis.latencyP99Ms(), "99");
    to.counter("l2_hits", "Look-ups in L2 that found an entry", redis.hits(), t());
    to.counter("l2_misses", "Look-ups in L2 that found none", redis.misses(), t());
    to.counter("l2_puts", "Entries written to L2", redis.puts(), t());
    to.counter("l2_errors", "Operations that failed or took too long", redis.errors(), t());
    to.counter("l2_dropped_writes", "Entries not written", redis.droppedWrites(), t());
    to.counter("l2_breaker_openings", "Times a breaker opened", redis.breakerOpenings(), t());
    to.counter("l2_read_bytes", "Bytes read from the servers", redis.bytesRead(), t());
    to.counter("l2_written_bytes", "Bytes written to the servers", redis.bytesWritten(), t());
    to.counter("l2_unreadable", "Entries that could not be read", redis.unreadableEntries(), t());
  }

  private void addSystem(Families to) {
    to.gauge("cpu_ratio", "Use of processors, 0 to 1", ratio(reading.system().cpuPercent()), t());
    to.gauge("memory_ratio", "Use of memory, 0 to 1", ratio(reading.system().memoryPercent()), t());
    to.gauge("score_ratio", "How well the gateway does, 0 to 1", reading.optimizer().score(), t());
    to.counter(
        "emergency_seconds",
        "Time in emergencies",
        reading.optimizer().emergencyMillis() / 1e3,
        t());
  }

  private void add(Families to, RuleFigures rule) {
    String[] labels = t("rule", rule.name());
    to.counter("rule_activations", "Times a rule entered", rule.entered(), labels);
    to.gauge("rule_active", "Subjects a rule is active for", rule.active(), labels);
    to.gauge("rule_enabled", "Whether a rule may act: 1 or 0", rule.enabled() ? 1 : 0, labels);
  }

  private void add(Families to, EndpointReport endpoint) {
    String[] name = {"endpoint", endpoint.endpoint()};
    String[] labels = t(name);
    to.counter("endpoint_requests", "Exchanges of an endpoint", endpoint.requests(), labels);
    to.counter("endpoint_errors", "Those that failed or got 500", endpoint.serverErrors(), labels);
    to.counter("endpoint_hits", "Those answered from the cache", count(endpoint, "hit_"), labels);
    to.counter(
        "endpoint_misses", "Those the cache might have answered", count(endpoint, "miss_"), labels);
    String times = "Time of an endpoint's exchanges, last minute";
    addTimes(to, "endpoint_response_time_seconds", times, endpoint.all(), name);
  }

  private static long count(EndpointReport endpoint, String kind) {
    return endpoint.outcomes().entrySet().stream()
        .filter(one -> one.getKey().startsWith(kind))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  private static @Nullable Double seconds(@Nullable Double millis) {
    return millis == null ? null : Double.valueOf(millis / 1e3);
  }

  private static @Nullable Double ratio(@Nullable Double percent) {
    return percent == null ? null : Double.valueOf(percent / 100);
  }
}
