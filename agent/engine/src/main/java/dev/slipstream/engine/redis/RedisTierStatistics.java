package dev.slipstream.engine.redis;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the shared tier holds and has done for this process since the start.
 *
 * @param server address, without user and password, and where it was set
 * @param connected whether the server is used now
 * @param breakerState {@code closed}, {@code open} or {@code half_open}
 * @param unavailableReason why the server is not used; empty while it is
 * @param breakerOpenings times the breaker of a server has opened
 * @param breakerChangedAtMillis when one last opened or closed, in milliseconds since 1970; null
 *     before
 * @param lastOpeningReason why one opened last; empty before
 * @param topology how the servers are arranged: {@code single}, {@code cluster} or {@code sentinel}
 * @param nodes the servers that entries are on, by address, each with the state of its breaker
 * @param memoryUsageBytes memory the servers use in all; null while one does not answer
 * @param keys entries with our prefix on the servers; null while one does not answer
 * @param hits look-ups that found an entry
 * @param misses look-ups that found none
 * @param skipped look-ups that were not made: the breaker was open or no connection was free
 * @param puts entries written
 * @param refusedWrites entries that the server refused: an invalidation, or a newer entry, came
 *     between
 * @param droppedWrites entries not written: the queue was full, the server failed, there was an
 *     emergency, or the entry was over a bound
 * @param lateWrites entries written through that took longer than the budget
 * @param queuedWrites entries waiting to be written
 * @param errors operations that failed or ran over their time
 * @param bytesRead bytes read from the server
 * @param bytesWritten bytes written to the server
 * @param connections connections open for the request path
 * @param pendingInvalidations tags, patterns and changes to make up for once the server answers
 */
public record RedisTierStatistics(
    String server,
    boolean connected,
    String breakerState,
    String unavailableReason,
    long breakerOpenings,
    @Nullable Long breakerChangedAtMillis,
    String lastOpeningReason,
    String topology,
    Map<String, String> nodes,
    @Nullable Long memoryUsageBytes,
    @Nullable Long keys,
    long hits,
    long misses,
    long skipped,
    long puts,
    long refusedWrites,
    long droppedWrites,
    long lateWrites,
    int queuedWrites,
    long errors,
    long bytesRead,
    long bytesWritten,
    int connections,
    int pendingInvalidations) {
  public RedisTierStatistics {
    nodes = Map.copyOf(nodes);
  }
}
