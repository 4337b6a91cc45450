package dev.slipstream.engine.monitor;

import org.jspecify.annotations.Nullable;

/** Where the figures of the host come from. Asked by one thread at a time. */
interface Host {
  /**
   * What a host says of itself at one time.
   *
   * @param cpuPercent use of all its processors since it was last asked, 0 to 100
   * @param memoryUsedBytes what it could not give to a new process
   * @param memoryTotalBytes its memory
   * @param receivedBytes bytes received since it started, of all interfaces but loopback
   * @param sentBytes bytes sent likewise
   */
  record Reading(
      @Nullable Double cpuPercent,
      @Nullable Long memoryUsedBytes,
      @Nullable Long memoryTotalBytes,
      @Nullable Long receivedBytes,
      @Nullable Long sentBytes) {}

  /** Asks it. */
  Reading read();
}
