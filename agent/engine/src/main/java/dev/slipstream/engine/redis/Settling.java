package dev.slipstream.engine.redis;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
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

  private static final long LONGEST_BEHIND_MICROS = 1_000_000;

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
  void begin(MaintenanceLink link, RedisConnection connection) {
    String current = connection.identity();
    node.connectedTo(connection.address());
    boolean another = isOfAnother(current);
    long last = node.serverMicros();
    if (another) {
      node.groups().forEach(group -> group.leftAt(last));
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

  /** Notes on the server that a gateway lives: a snapshot of it tells how old it is. */
  boolean beat(MaintenanceLink link) {
    try {
      link.next()
          .command(
              Command.SET,
              probed().beat(),
              Writer.digits(node.serverMicros()),
              EntryKeys.bytes("EX"),
              EntryKeys.bytes("86400"));
      return true;
    } catch (JedisDataException e) {
      return false; // it takes no writes now, or has gone elsewhere
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
    return beat >= 0 && beat + OLDEST_BEAT_MICROS < lastMicros;
  }

  /** Whether all groups of the node are used there. */
  boolean isDone() {
    return node.groups().stream()
        .allMatch(group -> group.node() != node || group.isSettledOn(node));
  }

  /**
   * What a group has to make up for, being done.
   *
   * @param removal null where there is nothing to remove
   */
  private record Step(
      SlotGroup group, PendingInvalidations.Batch batch, Maintenance.@Nullable Removal removal) {}

  /** Settles the groups that are not. Returns whether all are then. */
  boolean settle(MaintenanceLink link) {
    List<Step> steps = new ArrayList<>();
    for (SlotGroup group : node.groups()) {
      if (group.node() == node && !group.isSettledOn(node) && isClockThere(group)) {
        serve(group);
        PendingInvalidations.Batch batch = group.owed();
        Maintenance maintenance = node.maintenance(group);
        Maintenance.Removal removal =
            batch.isEmpty() ? null : maintenance.removal(batch.tags(), batch.globs());
        if (isDone(
            () -> {
              maintenance.begin(link);
              if (removal != null) {
                removal.note(link);
              }
            })) {
          steps.add(new Step(group, batch, removal));
        }
      }
    }
    setup.announcer().resume();
    steps.stream()
        .map(Step::batch)
        .filter(batch -> !batch.isEmpty())
        .map(batch -> Announcement.of(Announcement.Kind.INVALIDATED, batch.tags(), batch.globs()))
        .distinct()
        .forEach(setup.announcer()::announce);
    for (Step step : steps) {
      Maintenance.Removal removal = step.removal();
      if (removal == null || isDone(() -> removal.remove(link))) {
        step.group().settle(node, step.batch());
      }
    }
    return isDone();
  }

  /** A clock that is behind a little is waited for; far behind, nothing there can be told apart. */
  private boolean isClockThere(SlotGroup group) {
    long behind = group.behindMicros(node.serverMicros());
    if (behind > LONGEST_BEHIND_MICROS) {
      group.oweEverything();
      return true;
    }
    return behind <= 0;
  }

  /** Whether it was not that the group is served elsewhere. */
  private boolean isDone(Runnable work) {
    try {
      work.run();
      return true;
    } catch (JedisDataException e) {
      if (!Refusal.isElsewhere(e)) {
        throw e;
      }
      refresh.run();
      return false;
    }
  }

  /** The names that a probe uses. */
  EntryKeys probed() {
    return node.groups().get(0).keys();
  }
}
