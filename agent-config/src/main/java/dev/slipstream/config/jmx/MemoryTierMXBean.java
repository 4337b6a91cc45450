package dev.slipstream.config.jmx;

import org.jspecify.annotations.Nullable;

/** L1: the tier in this process. */
@Description("L1, the cache tier in the memory of this process")
public interface MemoryTierMXBean {
  @Description("Entries held")
  long getEntries();

  @Description("Memory the entries take, in bytes")
  long getMemoryUsageBytes();

  @Description("Memory the entries may take, in bytes")
  long getMaxMemoryBytes();

  @Description("Look-ups that found an entry, since the start")
  long getHits();

  @Description("Look-ups that found none, since the start")
  long getMisses();

  @Description("Look-ups that found an entry as a share of all, 0 to 1; absent before the first")
  @Nullable Double getHitRatio();

  @Description("Entries stored since the start")
  long getPuts();

  @Description("Entries dropped for want of room since the start")
  long getEvictions();

  @Description("Entries dropped because their time was over, since the start")
  long getExpirations();

  @Description("Drops every entry of this tier; returns the number of entries dropped")
  long flush();
}
