package dev.slipstream.engine.redis;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * Writes queued entries in pipelined batches, while the server is used. A batch that fails with its
 * connection is tried once more, since writing an entry twice does no harm.
 */
final class Writer implements Runnable {
  private static final byte[] NOW = EntryKeys.bytes("now");
  private static final int BATCH_COUNT = 128;
  private static final long BATCH_WEIGHT = 1 << 20;

  private final Setup setup;
  private final RedisNode node;
  private final WriteQueue queue;
  private final MaintenanceLink link;
  private final Keeper keeper;
  private final ServerClock serverClock;
  private boolean refused;

  Writer(
      Setup setup,
      RedisNode node,
      WriteQueue queue,
      MaintenanceLink link,
      Keeper keeper,
      ServerClock serverClock) {
    this.setup = setup;
    this.node = node;
    this.queue = queue;
    this.link = link;
    this.keeper = keeper;
    this.serverClock = serverClock;
  }

  @Override
  public void run() {
    try {
      while (!keeper.isClosed()) {
        queue.await();
        if (!node.breaker().isClosed()) {
          setup.announcer().announceLater(queue.changes());
        }
        keeper.awaitUsed();
        writeSome();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the tier is closed
    }
  }

  private synchronized void writeSome() {
    write(queue.poll(BATCH_COUNT, BATCH_WEIGHT));
  }

  /** Writes all that others are told of, behind what is being written. */
  synchronized void writeAnnounced() {
    write(queue.pollAnnounced());
  }

  private void write(List<PendingWrite> batch) {
    long now = setup.clock().millis();
    List<PendingWrite> live = new ArrayList<>(batch.size());
    for (PendingWrite write : batch) {
      if (write.expiresAtMillis() <= now) {
        setup.dropped(write);
      } else if (isOlderThanItsServer(write)) {
        setup.counters().refusedWrites.increment();
        write.tell(false);
      } else {
        live.add(write);
      }
    }
    if (!live.isEmpty() && !tryWrite(live) && !tryWrite(live)) {
      live.forEach(setup::dropped);
    }
  }

  /** Then it may be older than an invalidation that the server has not got from the one before. */
  private boolean isOlderThanItsServer(PendingWrite write) {
    return !write.announced()
        && write.begunAtMillis() < setup.groups().of(write.key()).fillsSinceMillis();
  }

  private boolean tryWrite(List<PendingWrite> writes) {
    List<Object> replies;
    try {
      List<byte[][]> calls = writes.stream().map(this::call).toList();
      replies = link.call(exchange -> exchange.next().runAll(Script.PUT, 4, calls));
    } catch (RuntimeException | LinkageError e) {
      setup.counters().errors.increment();
      keeper.check();
      return false;
    }
    List<PendingWrite> elsewhere = new ArrayList<>();
    List<String> changed = new ArrayList<>();
    for (int i = 0; i < writes.size(); i++) {
      PendingWrite write = writes.get(i);
      if (replies.get(i) instanceof JedisDataException e && Refusal.isElsewhere(e)) {
        elsewhere.add(write);
        continue;
      }
      count(write, replies.get(i));
      if (write.announced()) {
        changed.add(write.key());
      }
    }
    if (!changed.isEmpty()) {
      setup.announcer().announce(Announcement.changed(changed));
    }
    if (!elsewhere.isEmpty()) {
      node.writeElsewhere(elsewhere);
    }
    return true;
  }

  private void count(PendingWrite write, Object reply) {
    Counters counters = setup.counters();
    if (reply instanceof JedisDataException e) {
      counters.errors.increment();
      setup.dropped(write);
      if (Refusal.isReadOnly(e)) {
        node.becameReadOnly();
      }
      if (!refused) {
        refused = true;
        String why = Reason.of(e, setup.url());
        setup.log().warn("Redis " + node + " takes no entries (" + why + "); it is read on");
      }
    } else if (Long.valueOf(1).equals(reply)) {
      counters.puts.increment();
      write.tell(true);
      if (refused) {
        refused = false;
        setup.log().info("Redis " + node + " takes entries again");
      }
    } else {
      counters.refusedWrites.increment();
      write.tell(false);
    }
  }

  private byte[][] call(PendingWrite write) {
    EntryKeys keys = setup.groups().of(write.key()).keys();
    String name = keys.name(write.key());
    return new byte[][] {
      EntryKeys.bytes(name),
      keys.invalidations(),
      keys.known(),
      keys.changes(),
      write.announced() ? NOW : digits(serverClock.micros(write.begunAtMillis())),
      digits(serverClock.millis(write.expiresAtMillis())),
      write.value(),
      EntryKeys.bytes(write.tags()),
      EntryKeys.bytes(write.key()),
      keys.tagIndexes(),
      keys.prefixLength(),
      digits(keys.isShortened(name) ? 1 : 0),
      digits(write.id()),
    };
  }

  static byte[] digits(long number) {
    return Long.toString(number).getBytes(StandardCharsets.US_ASCII);
  }
}
