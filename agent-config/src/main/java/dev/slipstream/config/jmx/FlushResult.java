package dev.slipstream.config.jmx;

import javax.management.openmbean.CompositeData;

/**
 * What a flush removed.
 *
 * @param l1Entries entries removed from this process
 * @param l2Keys entries removed from Redis
 */
public record FlushResult(long l1Entries, long l2Keys) {
  /** What {@link #l1Entries} is, under the name that JMX looks for. */
  public long getL1Entries() {
    return l1Entries;
  }

  /** What {@link #l2Keys} is, under the name that JMX looks for. */
  public long getL2Keys() {
    return l2Keys;
  }

  /** Rebuilds the record from what JMX sends. */
  public static FlushResult from(CompositeData data) {
    return new FlushResult((Long) data.get("l1Entries"), (Long) data.get("l2Keys"));
  }
}
