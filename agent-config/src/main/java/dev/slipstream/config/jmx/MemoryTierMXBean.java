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

  @Description("Entries removed by invalidation, flush or a change of their resource")
  long getRemovals();

  @Description("Entries that gave way to another under their key, since the start")
  long getReplacements();

  @Description("Entries the tier may hold; absent where only memory bounds it")
  @Nullable Integer getMaxEntries();

  /**
   * Drops what is of least use.
   *
   * @param fraction of the memory in use, 0 to 1
   */
  @Description("Drops the entries of least use, a fraction (0 to 1) of the memory; returns bytes")
  @Impact(Impact.Kind.ACTION_INFO)
  long shrink(
      @Description(name = "fraction", value = "Which part of the memory in use, 0 to 1")
          double fraction);

  @Description("Drops every entry of this tier; returns the number of entries dropped")
  @Impact(Impact.Kind.ACTION_INFO)
  long flush();
}
