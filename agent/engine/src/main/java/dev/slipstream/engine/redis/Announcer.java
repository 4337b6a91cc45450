package dev.slipstream.engine.redis;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * Tells the other gateways, in one order for all of them. Thread-safe; waits for the server.
 *
 * <p>What cannot be sent has its number all the same: the others then know that they missed it.
 * After a failure nothing is tried before a heartbeat got through, so that of those who announce
 * one alone waits for a server that hangs.
 */
final class Announcer {
  private static final int CHANGES_KEPT = 1_000;
  private static final int CHANGES_AT_ONCE = 128;

  private final String gateway;
  private final EntryKeys keys;
  private final MaintenanceLink link;
  private final Runnable refresh;
  private final LongAdder sent = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private volatile @Nullable SharedSecret secret;
  private final Set<String> changes = new LinkedHashSet<>(); // guarded by itself
  private volatile boolean lost;
  private long sequence;

  /**
   * Makes an announcer.
   *
   * @param refresh has it found out soon which server serves what, where that has changed
   */
  Announcer(String gateway, EntryKeys keys, MaintenanceLink link, Runnable refresh) {
    this.gateway = gateway;
    this.keys = keys;
    this.link = link;
    this.refresh = refresh;
  }

  /** Sends an announcement; a failure is counted. */
  synchronized void announce(Announcement announcement) {
    sequence++;
    if (lost) {
      failed.increment();
      return;
    }
    byte[] message = new Message(gateway, sequence, announcement).encode();
    try {
      link.call(exchange -> exchange.next().command(Command.PUBLISH, keys.channel(), message));
      sent.increment();
    } catch (RuntimeException | LinkageError e) {
      failed.increment();
      lost = true;
      link.disconnect();
    }
  }

  /** Says what had to be made up for, on servers that answer now. */
  synchronized void announceOwed(List<PendingInvalidations.Batch> batches) {
    lost = false;
    batches.stream()
        .filter(batch -> !batch.hasNoneButKeys())
        .map(batch -> Announcement.of(Announcement.Kind.INVALIDATED, batch.tags(), batch.globs()))
        .distinct()
        .forEach(this::announce);
    announceChanges(batches.stream().flatMap(batch -> batch.keys().stream()).toList());
  }

  /**
   * Has it told with the next heartbeat that what is under these keys has changed, before L2 has
   * taken it. Does not wait. Of very many some are told when L2 has.
   */
  void announceLater(Collection<String> changed) {
    synchronized (changes) {
      for (String key : changed) {
        if (changes.size() < CHANGES_KEPT) {
          changes.add(key);
        }
      }
    }
  }

  private void announceChanges(List<String> keys) {
    for (int from = 0; from < keys.size(); from += CHANGES_AT_ONCE) {
      int end = Math.min(from + CHANGES_AT_ONCE, keys.size());
      announce(Announcement.changed(keys.subList(from, end)));
    }
  }

  private List<String> takeChanges() {
    synchronized (changes) {
      List<String> all = List.copyOf(changes);
      changes.clear();
      return all;
    }
  }

  /** Sends a heartbeat. Returns the gateways that have sent one lately. */
  synchronized List<String> heartbeat() {
    byte[] message = new Message(gateway, sequence, null).encode();
    byte[] name = EntryKeys.bytes(gateway);
    boolean sent = false;
    try {
      Object reply =
          link.call(
              exchange ->
                  exchange
                      .next()
                      .run(Script.HEARTBEAT, 1, keys.gateways(), name, keys.channel(), message));
      sent = true;
      lost = false;
      announceChanges(takeChanges());
      agree();
      return texts(reply);
    } catch (JedisDataException e) {
      if (Refusal.isElsewhere(e)) {
        refresh.run();
      }
      throw e;
    } finally {
      if (!sent) {
        lost = true;
        link.disconnect(); // the server may not be the one to tell any more
      }
    }
  }

  /** Has the gateways agree on a secret, with each heartbeat: the server may lose it. */
  void share(SharedSecret secret) {
    this.secret = secret;
  }

  private void agree() {
    SharedSecret current = secret;
    if (current == null) {
      return;
    }
    try {
      link.call(
          exchange -> {
            Object stored = exchange.next().command(Command.GET, keys.secret());
            if (stored == null) {
              exchange
                  .next()
                  .command(Command.SET, keys.secret(), current.offered(), EntryKeys.bytes("NX"));
              stored = exchange.next().command(Command.GET, keys.secret());
            }
            return stored instanceof byte[] bytes && current.accept(bytes);
          });
    } catch (RuntimeException | LinkageError e) {
      return; // the next heartbeat tries again
    }
  }

  private static List<String> texts(@Nullable Object reply) {
    List<String> texts = new ArrayList<>();
    if (reply instanceof List<?> elements) {
      elements.forEach(element -> texts.add(EntryKeys.text(element)));
    }
    return texts;
  }

  /** Goes where announcements are made now: another server serves than before. */
  void move() {
    lost = false;
    link.disconnect();
  }

  /** Ends the connection. */
  void close() {
    link.close();
  }

  long sent() {
    return sent.sum();
  }

  long failed() {
    return failed.sum();
  }
}
