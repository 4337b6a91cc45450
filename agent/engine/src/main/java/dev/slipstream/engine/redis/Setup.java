package dev.slipstream.engine.redis;

import dev.slipstream.config.RedisUrl;
import dev.slipstream.config.Settings;
import dev.slipstream.engine.AgentLog;
import java.time.InstantSource;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * What all parts of a started tier share.
 *
 * @param nanoTicker the time in nanoseconds from any origin
 * @param clock the clock that expiries and the beginnings of fills are read from
 */
record Setup(
    Settings.Redis settings,
    RedisUrl url,
    AgentLog log,
    LongSupplier nanoTicker,
    InstantSource clock,
    Counters counters,
    SlotGroups groups,
    RecentInvalidations recent,
    Hearing hearing,
    Announcer announcer) {

  /** Counts a write that is not made; what was to be replaced is then removed before it is used. */
  void dropped(PendingWrite write) {
    counters.droppedWrites.increment();
    if (write.announced()) {
      SlotGroup group = groups.of(write.key());
      group.oweKeys(List.of(write.key()));
      announcer.announceLater(List.of(write.key()));
      RedisNode node = group.node();
      if (node != null) {
        node.wakeKeeper();
      }
    }
    write.tell(false);
  }
}
