package dev.slipstream.engine.redis;

import dev.slipstream.config.RedisUrl;
import dev.slipstream.engine.AgentLog;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * Writes queued entries in pipelined batches, while the server is used. A batch that fails with its
 * connection is tried once more, since writing an entry twice does no harm.
 */
final class Writer implements Runnable {
  private static final int BATCH_COUNT = 128;
  private static final long BATCH_WEIGHT = 1 << 20;

  private final WriteQueue queue;
  private final MaintenanceLink link;
  private final Keeper keeper;
  private final EntryKeys keys;
  private final ServerClock serverClock;
  private final InstantSource clock;
  private final Counters counters;
  private final RedisUrl url;
  private final AgentLog log;
  private final Announcer announcer;
  private final Consumer<PendingWrite> dropped;
  private boolean refused;

  Writer(
      WriteQueue queue,
      MaintenanceLink link,
      Keeper keeper,
      EntryKeys keys,
      ServerClock serverClock,
      InstantSource clock,
      Counters counters,
      RedisUrl url,
      AgentLog log,
      Announcer announcer,
      Consumer<PendingWrite> dropped) {
    this.queue = queue;
    this.link = link;
    this.keeper = keeper;
    this.keys = keys;
    this.serverClock = serverClock;
    this.clock = clock;
    this.counters = counters;
    this.url = url;
    this.log = log;
    this.announcer = announcer;
    this.dropped = dropped;
  }

  @Override
  public void run() {
    try {
      while (!keeper.isClosed()) {
        queue.await();
        keeper.awaitUsed();
        write(queue.poll(BATCH_COUNT, BATCH_WEIGHT));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the tier is closed
    }
  }

  private void write(List<PendingWrite> batch) {
    long now = clock.millis();
    List<PendingWrite> live = new ArrayList<>(batch.size());
    for (PendingWrite write : batch) {
      if (write.expiresAtMillis() > now) {
        live.add(write);
      } else {
        dropped.accept(write);
      }
    }
    List<byte[][]> calls = live.stream().map(this::call).toList();
    if (!calls.isEmpty() && !tryWrite(live, calls) && !tryWrite(live, calls)) {
      live.forEach(dropped);
      return;
    }
    List<String> changed =
        live.stream().filter(PendingWrite::announced).map(PendingWrite::key).toList();
    if (!changed.isEmpty()) {
      announcer.announce(Announcement.changed(changed));
    }
  }

  private boolean tryWrite(List<PendingWrite> writes, List<byte[][]> calls) {
    try {
      count(writes, link.call(exchange -> exchange.next().runAll(Script.PUT, 3, calls)));
      return true;
    } catch (RuntimeException | LinkageError e) {
      counters.errors.increment();
      keeper.check();
      return false;
    }
  }

  private void count(List<PendingWrite> writes, List<Object> replies) {
    for (int i = 0; i < replies.size(); i++) {
      Object reply = replies.get(i);
      if (reply instanceof JedisDataException e) {
        counters.errors.increment();
        dropped.accept(writes.get(i));
        if (!refused) {
          refused = true;
          log.warn("Redis " + url + " takes no entries (" + Reason.of(e, url) + "); it is read on");
        }
      } else if (Long.valueOf(1).equals(reply)) {
        counters.puts.increment();
        if (refused) {
          refused = false;
          log.info("Redis " + url + " takes entries again");
        }
      } else {
        counters.refusedWrites.increment();
      }
    }
  }

  private byte[][] call(PendingWrite write) {
    String name = keys.name(write.key());
    return new byte[][] {
      EntryKeys.bytes(name),
      keys.invalidations(),
      keys.known(),
      digits(serverClock.micros(write.begunAtMillis())),
      digits(serverClock.millis(write.expiresAtMillis())),
      write.value(),
      EntryKeys.bytes(write.tags()),
      EntryKeys.bytes(write.key()),
      keys.tagIndexes(),
      keys.prefixLength(),
      digits(EntryKeys.isShortened(name) ? 1 : 0),
      digits(write.id()),
    };
  }

  static byte[] digits(long number) {
    return Long.toString(number).getBytes(StandardCharsets.US_ASCII);
  }
}
