package dev.slipstream.config.jmx;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** L2: the tier in Redis. Registered only where a Redis is configured. */
@Description("L2, the cache tier in Redis that gateways share")
public interface RedisTierMXBean {
  @Description("Address of the server, without user and password, and where it was set")
  String getServer();

  @Description("Whether the server answered the last operation or check")
  boolean isConnected();

  @Description("State of the breaker: closed, open or half_open")
  String getBreakerState();

  @Description("Why the server is not used now; empty while it is")
  String getUnavailableReason();

  @Description("Times the breaker of a server has opened since the start")
  long getBreakerOpenings();

  @Description("When a breaker last opened or closed, in ms since 1970; absent before")
  @Nullable Long getBreakerChangedAtMillis();

  @Description("Why a breaker opened last; empty before")
  String getLastOpeningReason();

  @Description("How the servers are arranged: single, cluster or sentinel")
  String getTopology();

  @Description("The servers that entries are on, by address, each with the state of its breaker")
  Map<String, String> getNodes();

  @Description("Median of what L2 took a request lately (1 to 2 min), in ms; absent without any")
  @Nullable Double getLatencyP50Millis();

  @Description("95th percentile of what L2 took a request lately, in ms; absent without any")
  @Nullable Double getLatencyP95Millis();

  @Description("99th percentile of what L2 took a request lately, in ms; absent without any")
  @Nullable Double getLatencyP99Millis();

  @Description("Memory the servers use in all, in bytes; absent while one does not answer")
  @Nullable Long getMemoryUsageBytes();

  @Description("Entries with our prefix on the servers; absent while one does not answer")
  @Nullable Long getKeys();

  @Description("Look-ups on the server that found an entry, since the start")
  long getHits();

  @Description("Look-ups on the server that found none, since the start")
  long getMisses();

  @Description("Look-ups that found an entry as a share of all answered, 0 to 1; absent before")
  @Nullable Double getHitRatio();

  @Description("Look-ups not made, the breaker being open or no connection free, since the start")
  long getSkippedLookups();

  @Description("Entries the server refused, being invalidated or older than what it has")
  long getRefusedWrites();

  @Description("Entries written since the start")
  long getPuts();

  @Description(
      "Entries not written, the queue being full, the server failing or an emergency, since the start")
  long getDroppedWrites();

  @Description("Entries written through that took longer than the budget, since the start")
  long getLateWrites();

  @Description("Entries waiting to be written")
  int getQueuedWrites();

  @Description("Operations that failed or ran over the budget, since the start")
  long getErrors();

  @Description("Entries that could not be read, being damaged or of another version")
  long getUnreadableEntries();

  @Description("Bytes read from the server since the start")
  long getBytesRead();

  @Description("Bytes written to the server since the start")
  long getBytesWritten();

  @Description("Connections open for requests")
  int getConnections();

  @Description("Tags and patterns to be invalidated once the server answers again")
  int getPendingInvalidations();
}
