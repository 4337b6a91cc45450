package dev.slipstream.engine.redis;

import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * Has groups used on a node, once all that its server may lack has been made up for: invalidations
 * that it did not answer, and where it is another server than before, those of late. For the
 * keeper's thread.
 */
final class Settling {
  /** How much older than our last word with a server its successor's data may be. */
  private static final long OLDEST_BEAT_MICROS = 10_000_000;

  private final Setup setup;
  private final RedisNode node;
  private final ServerClock serverClock;
  private final Runnable refresh;
  private String identity = "";

  Settling(Setup setup, RedisNode node, ServerClock serverClock, Runnable refresh) {
    this.setup = setup;
    this.node = node;
    this.serverClock = serverClock;
    this.refresh = refresh;
  }

  /** Whether a server is not the one that was there before. */
  boolean isOfAnother(String other) {
    return !identity.isEmpty() && !identity.equals(other);
  }

  /** Begins to use a server, which may be another than before. */
  void begin(MaintenanceLink link, String current) {
    boolean another = isOfAnother(current);
    long last = serverClock.isKnown() ? serverClock.micros(setup.clock().millis()) : 0;
    if (another) {
      serverClock.forget();
    }
    identity = current;
    checkClock(link);
    node.groups().forEach(this::serve);
    if (another && isOldSnapshot(link, last)) {
      node.groups().forEach(SlotGroup::oweEverything);
    }
  }

  private void serve(SlotGroup group) {
    if (group.node() == node) {
      group.servedBy(identity, setup.recent(), setup.clock().millis());
    }
  }

  void checkClock(MaintenanceLink link) {
    serverClock.check(link, setup.clock());
  }

  /**
   * Whether gateways wrote there that they live, but not of late: then it lacks what came after.
   */
  private boolean isOldSnapshot(MaintenanceLink link, long lastMicros) {
    long beat = -1;
    for (SlotGroup group : node.groups()) {
      Object reply = link.next().command(Command.GET, group.keys().beat());
      if (reply instanceof byte[] digits) {
        beat = Math.max(beat, Long.parseLong(EntryKeys.text(digits)));
      }
    }
    return beat >= 0 && beat < lastMicros - OLDEST_BEAT_MICROS;
  }

  /** Whether all groups of the node are used there. */
  boolean isDone() {
    return node.groups().stream().allMatch(group -> group.isSettledOn(node));
  }

  /** Settles the groups that are not. Returns whether all are then. */
  boolean settle(MaintenanceLink link) {
    boolean all = true;
    for (SlotGroup group : node.groups()) {
      all &= group.isSettledOn(node) || settle(link, group);
    }
    return all;
  }

  private boolean settle(MaintenanceLink link, SlotGroup group) {
    if (group.node() != node) {
      return true; // it is another's now
    }
    serve(group);
    PendingInvalidations.Batch batch = group.owed();
    Maintenance maintenance = node.maintenance(group);
    try {
      maintenance.begin(link);
      if (batch.everything()) {
        maintenance.removeAll(link);
      } else if (!batch.isEmpty()) {
        maintenance.invalidate(link, batch.tags(), batch.patterns());
      }
    } catch (JedisDataException e) {
      if (!Refusal.isElsewhere(e)) {
        throw e;
      }
      refresh.run();
      return false;
    }
    return group.settle(node, batch);
  }

  /** The names that a probe uses. */
  EntryKeys probed() {
    return node.groups().get(0).keys();
  }
}
