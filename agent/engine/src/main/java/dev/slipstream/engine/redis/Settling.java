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
  private boolean anonymous = true;
  private boolean anonymityLogged;
  private long lastWordMicros = Long.MIN_VALUE;

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
    if (another) {
      long left = node.serverMicros();
      node.groups().forEach(group -> group.leftAt(left));
      serverClock.forget();
    }
    if (another || identity.isEmpty()) {
      node.landmarks().forget();
    }
    anonymous = !connection.isIdentified();
    checkClock(link);
    boolean old = another && isOldSnapshot(link, current);
    node.groups().forEach(group -> serve(group, current));
    if (old) {
      node.groups().forEach(SlotGroup::oweEverything);
    }
    if (anonymous && !anonymityLogged) {
      anonymityLogged = true;
      setup
          .log()
          .warn(
              "Redis "
                  + node
                  + " does not tell which server it is (is INFO forbidden?): when it comes back from"
                  + " a snapshot, what was invalidated since is not known there");
    }
    // Last of all: a server that is still loading answers some of this, and is asked all of it
    // again.
    identity = current;
    heard();
  }

  private void serve(SlotGroup group, String server) {
    if (group.node() == node) {
      group.servedBy(server, setup.recent(), setup.clock().millis());
    }
  }

  /** The server answered, which is the one that it was. */
  private void heard() {
    lastWordMicros = node.serverMicros();
  }

  /** Notes on the server that a gateway lives: a snapshot of it tells how old it is. */
  boolean beat(MaintenanceLink link) {
    try {
      byte[] name = probed().keys().beat();
      Beat last = Beat.of(link.next().command(Command.GET, name));
      heard();
      link.next()
          .command(
              Command.SET,
              name,
              Beat.next(last, node.serverMicros(), identity).text(),
              EntryKeys.bytes("EX"),
              EntryKeys.bytes("86400"));
      return true;
    } catch (JedisDataException e) {
      return false; // it takes no writes now, or has gone elsewhere
    }
  }

  /** Sets a landmark. A server that may be another without our knowing has none. */
  boolean setLandmark(MaintenanceLink link) {
    if (!anonymous) {
      int generation = setup.hearing().listening().generation();
      long position = setup.hearing().position().getAsLong();
      long micros = ServerClock.ask(link);
      node.landmarks().add(generation, position, micros);
      node.groups().forEach(group -> group.heardSince(node, micros));
    }
    return !anonymous;
  }

  void checkClock(MaintenanceLink link) {
    serverClock.check(link, setup.clock());
  }

  /**
   * Whether gateways wrote there that they live, but long before this one last heard from the
   * server that was there: then it lacks what came between.
   */
  private boolean isOldSnapshot(MaintenanceLink link, String current) {
    long sign = Beat.NEVER;
    for (SlotGroup group : node.groups()) {
      Beat last = Beat.of(link.next().command(Command.GET, group.keys().beat()));
      sign = Math.max(sign, Beat.lastBefore(last, current));
    }
    return sign != Beat.NEVER && sign + OLDEST_BEAT_MICROS < lastWordMicros;
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
        serve(group, identity);
        PendingInvalidations.Batch batch = group.owed();
        Maintenance maintenance = node.maintenance(group);
        Maintenance.Removal removal =
            batch.hasNoneButKeys() ? null : maintenance.removal(batch.tags(), batch.globs());
        if (isDone(
            () -> {
              maintenance.begin(link);
              if (removal != null) {
                removal.note(link);
              }
              maintenance.change(link, batch.keys());
            })) {
          steps.add(new Step(group, batch, removal));
        }
      }
    }
    setup.announcer().announceOwed(steps.stream().map(Step::batch).toList());
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

  /** The group that a probe asks for. */
  SlotGroup probed() {
    return node.groups().get(0);
  }
}
