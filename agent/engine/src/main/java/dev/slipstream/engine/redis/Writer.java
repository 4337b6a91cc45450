package dev.slipstream.engine.redis;

import dev.slipstream.config.RedisUrl;
import dev.slipstream.engine.AgentLog;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
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
      AgentLog log) {
    this.queue = queue;
    this.link = link;
    this.keeper = keeper;
    this.keys = keys;
    this.serverClock = serverClock;
    this.clock = clock;
    this.counters = counters;
    this.url = url;
    this.log = log;
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
    List<byte[][]> calls = new ArrayList<>(batch.size());
    for (PendingWrite write : batch) {
      if (write.expiresAtMillis() > now) {
        calls.add(call(write));
      } else {
        counters.droppedWrites.increment();
      }
    }
    if (!calls.isEmpty() && !tryWrite(calls) && !tryWrite(calls)) {
      counters.droppedWrites.add(calls.size());
    }
  }

  private boolean tryWrite(List<byte[][]> calls) {
    try {
      count(link.call(exchange -> exchange.next().runAll(Script.PUT, 3, calls)));
      return true;
    } catch (RuntimeException | LinkageError e) {
      counters.errors.increment();
      keeper.check();
      return false;
    }
  }

  private void count(List<Object> replies) {
    for (Object reply : replies) {
      if (reply instanceof JedisDataException e) {
        counters.errors.increment();
        counters.droppedWrites.increment();
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
      digits(keys.prefixLength()),
      digits(EntryKeys.isShortened(name) ? 1 : 0),
    };
  }

  private static byte[] digits(long number) {
    return Long.toString(number).getBytes(StandardCharsets.US_ASCII);
  }
}
