package dev.slipstream.engine.redis;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Protocol.Command;

/**
 * The thread that hears what other gateways announce. A connection that is silent for longer than a
 * heartbeat takes, or is lost, is opened anew.
 */
final class Subscriber implements Runnable {
  private static final Duration PAUSE = Duration.ofMillis(200);

  private final String self;
  private final EntryKeys keys;
  private final Connector connector;
  private final Duration patience;
  private final LongSupplier nanoTicker;
  private final Listening listening;
  private final Predicate<Announcement> announced;
  private final CountDownLatch closed;
  private final LongAdder heard = new LongAdder();
  private final LongAdder unreadable = new LongAdder();
  private volatile @Nullable RedisConnection open;

  /**
   * Makes a subscriber.
   *
   * @param announced gets what the others announce, and says whether it could be done
   * @param closed opens when it is to end
   */
  Subscriber(
      String self,
      EntryKeys keys,
      Connector connector,
      Duration patience,
      LongSupplier nanoTicker,
      Listening listening,
      Predicate<Announcement> announced,
      CountDownLatch closed) {
    this.self = self;
    this.keys = keys;
    this.connector = connector;
    this.patience = patience;
    this.nanoTicker = nanoTicker;
    this.listening = listening;
    this.announced = announced;
    this.closed = closed;
  }

  @Override
  public void run() {
    try {
      do {
        subscribe();
        listening.lost(nanoTicker.getAsLong());
      } while (!closed.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the tier is closed
    }
  }

  /** Ends the connection under the thread that reads from it. */
  void close() {
    RedisConnection current = open;
    if (current != null) {
      current.close();
    }
  }

  private void subscribe() {
    RedisConnection connection = null;
    try {
      connection = connector.open(Deadline.in(patience, nanoTicker));
      open = connection;
      connection.by(Deadline.in(patience, nanoTicker)).command(Command.SUBSCRIBE, keys.channel());
      while (closed.getCount() > 0) {
        Deadline deadline = Deadline.in(Listening.SILENCE, nanoTicker);
        take(connection.by(deadline).next());
      }
    } catch (Throwable e) { // whatever it is, the next subscription hears on
      return; // as the keeper says in the log, or heartbeats would have come
    } finally {
      if (connection != null) {
        connection.close();
      }
    }
  }

  private void take(@Nullable Object push) {
    if (!(push instanceof List<?> parts)
        || parts.size() != 3
        || !(parts.get(2) instanceof byte[] bytes)) {
      return; // of the subscription itself
    }
    Message message = Message.decode(bytes);
    if (message == null) {
      unreadable.increment();
      listening.unreadable();
      return;
    }
    Announcement announcement = message.announcement();
    if (announcement != null && !message.gateway().equals(self)) {
      heard.increment();
      hand(announcement);
    }
    listening.received(message, nanoTicker.getAsLong());
  }

  private void hand(Announcement announcement) {
    boolean done = false;
    try {
      done = announced.test(announcement);
    } finally {
      if (!done) {
        listening.unreadable();
      }
    }
  }

  long heard() {
    return heard.sum();
  }

  long unreadable() {
    return unreadable.sum();
  }
}
