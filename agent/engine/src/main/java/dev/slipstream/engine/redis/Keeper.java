package dev.slipstream.engine.redis;

import dev.slipstream.config.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import redis.clients.jedis.Protocol.Command;

/**
 * The thread that keeps the connections of the request path: it opens and closes them, finds out
 * when the server is lost, and tries whether it is back.
 *
 * <p>While the server is used it is checked every health check interval, and at once when something
 * failed. While it is not, it is tried after 100 ms, then after twice as long each time up to 1 s:
 * connect, compare the clocks, make up for invalidations that it missed, then probes that must be
 * as fast as a request wants them. Requests use it again only after all of that. A server that
 * passes and is lost again within 10 s has to wait for longer each time, up to the health check
 * interval.
 */
final class Keeper implements Runnable {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_CONNECT = Duration.ofSeconds(2);
  private static final Duration LONGEST_GROWTH = Duration.ofMillis(300);
  private static final Duration STEADY = Duration.ofSeconds(10);
  static final int CONNECTIONS_AT_FIRST = 4;

  private final Setup setup;
  private final Settings.Redis settings;
  private final LongSupplier nanoTicker;
  private final String name;
  private final Connector connector;
  private final IdleConnections connections;
  private final Breaker breaker;
  private final RequestPath requests;
  private final Settling settling;
  private final MaintenanceLink link;
  private final List<MaintenanceLink> links;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private volatile boolean wakeWanted;
  private volatile boolean checkWanted;
  private volatile boolean closed;

  // Of the keeper's thread alone.
  private Duration pause = FIRST_PAUSE;
  private Duration relapse = FIRST_PAUSE;
  private boolean lossLogged;
  private boolean everUsed;
  private long lastCheckNanos;
  private long lastBeatNanos;
  private long lostNanos;
  private long usedNanos;

  /**
   * Makes the keeper of a node.
   *
   * @param name what the log calls the server
   * @param link the keeper's own; one of {@code links}
   */
  Keeper(
      Setup setup,
      String name,
      Connector connector,
      IdleConnections connections,
      Breaker breaker,
      RequestPath requests,
      Settling settling,
      MaintenanceLink link,
      List<MaintenanceLink> links) {
    this.setup = setup;
    this.settings = setup.settings();
    this.nanoTicker = setup.nanoTicker();
    this.name = name;
    this.connector = connector;
    this.connections = connections;
    this.breaker = breaker;
    this.requests = requests;
    this.settling = settling;
    this.link = link;
    this.links = List.copyOf(links);
    this.lastBeatNanos = nanoTicker.getAsLong();
  }

  /** How long a connection may take to be opened, and each exchange of the keeper's own. */
  static Duration patience(Settings.Redis settings) {
    return min(settings.socketTimeout(), LONGEST_CONNECT);
  }

  /** Has the keeper look at once: the breaker opened, or more connections are wanted. */
  void wake() {
    if (!wakeWanted) {
      wakeWanted = true;
      signal();
    }
  }

  /** Has the keeper check the server at once: something failed. */
  void check() {
    if (!checkWanted) {
      checkWanted = true;
      signal();
    }
  }

  private void signal() {
    lock.lock();
    try {
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Waits until the server is used. */
  void awaitUsed() throws InterruptedException {
    lock.lock();
    try {
      while (!breaker.isClosed() && !closed) {
        changed.await();
      }
    } finally {
      lock.unlock();
    }
  }

  boolean isClosed() {
    return closed;
  }

  void close() {
    closed = true;
    signal();
  }

  @Override
  public void run() {
    try {
      while (!closed) {
        turn();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the tier is closed
    } finally {
      connections.close();
    }
  }

  private void turn() throws InterruptedException {
    wakeWanted = false;
    Duration wait;
    try {
      connections.closeUseless();
      links.forEach(MaintenanceLink::closeIfOverdue);
      wait = breaker.isClosed() ? keep() : recover();
    } catch (RuntimeException | LinkageError e) {
      breaker.open(Reason.of(e, setup.url()));
      wait = LONGEST_PAUSE;
    }
    awaitWake(wait);
  }

  private void awaitWake(Duration wait) throws InterruptedException {
    long left = wait.toNanos();
    lock.lock();
    try {
      // A server that was lost is not tried the sooner for what fails on it.
      while (left > 0 && !closed && !(breaker.isClosed() ? isWanted() : !lossKnown())) {
        left = changed.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  private boolean isWanted() {
    return wakeWanted || checkWanted;
  }

  private boolean lossKnown() {
    return lossLogged || !everUsed;
  }

  /** One turn while the server is used. Returns how long to wait for the next. */
  private Duration keep() {
    boolean due =
        nanoTicker.getAsLong() - lastCheckNanos >= settings.healthCheckInterval().toNanos();
    if (checkWanted || due) {
      checkWanted = false;
      checkServer(due);
    }
    if (!breaker.isClosed()) {
      return Duration.ZERO;
    }
    if (nanoTicker.getAsLong() - lastBeatNanos >= LONGEST_PAUSE.toNanos()) {
      lastBeatNanos = nanoTicker.getAsLong();
      beat();
    }
    boolean settled = settling.isDone() || link.call(settling::settle);
    if (connections.isShort() && !grow()) {
      checkWanted = true; // the next turn finds out whether the server is lost
      return Duration.ZERO;
    }
    if (connections.isShort()) {
      return Duration.ZERO;
    }
    return settled ? min(settings.healthCheckInterval(), LONGEST_PAUSE) : FIRST_PAUSE;
  }

  private void beat() {
    try {
      link.call(settling::beat);
      link.call(settling::setLandmark);
    } catch (RuntimeException e) {
      checkWanted = true; // it may be this connection alone
    }
  }

  /** Opens one more connection; no longer than requests can go on with those there are. */
  private boolean grow() {
    try {
      Duration patience = min(patience(settings), LONGEST_GROWTH);
      connections.add(connector.open(Deadline.in(patience, nanoTicker)));
      return true;
    } catch (RuntimeException e) {
      connections.settle();
      return false;
    }
  }

  private void checkServer(boolean due) {
    lastCheckNanos = nanoTicker.getAsLong();
    if (!anyIdleAnswers()) {
      try {
        RedisConnection fresh = connector.open(Deadline.in(settings.budget(), nanoTicker));
        connections.add(fresh);
      } catch (RuntimeException e) {
        breaker.open(Reason.of(e, setup.url()));
        return;
      }
    }
    if (due) {
      link.call(
          exchange -> {
            settling.checkClock(exchange);
            return true;
          });
    }
  }

  /** Pings what is idle; what does not answer is closed. Two that hang are enough to know. */
  private boolean anyIdleAnswers() {
    boolean answered = false;
    int hung = 0;
    for (int i = connections.idle(); i > 0 && hung < 2; i--) {
      RedisConnection oldest = connections.borrowOldest();
      if (oldest == null) {
        break;
      }
      Deadline deadline = Deadline.in(settings.budget(), nanoTicker);
      try {
        oldest.by(deadline).command(Command.PING);
        connections.giveBack(oldest);
        answered = true;
      } catch (RuntimeException e) {
        connections.discard(oldest);
        hung += deadline.remainingNanos() <= 0 ? 1 : 0;
      }
    }
    connections.closeUseless();
    return answered && hung < 2;
  }

  /** One attempt to use the server again. Returns how long to wait for the next turn. */
  private Duration recover() {
    if (everUsed && !lossLogged) {
      lossLogged = true;
      lostNanos = nanoTicker.getAsLong();
      pause = FIRST_PAUSE;
      // Where one connection went silent the others may have, and each would be a loss of its own.
      links.forEach(MaintenanceLink::disconnect);
      setup
          .log()
          .warn("Redis " + name + " is not used (" + breaker.reason() + "): L1 goes on alone");
      if (lostNanos - usedNanos < STEADY.toNanos()) {
        connections.closeAll();
        relapse = min(relapse.multipliedBy(2), settings.healthCheckInterval());
        return relapse;
      }
      relapse = FIRST_PAUSE;
    }
    connections.closeAll();
    try {
      probe();
    } catch (RuntimeException | LinkageError e) {
      breaker.open(Reason.of(e, setup.url()));
      if (!everUsed && !lossLogged) {
        lossLogged = true;
        setup
            .log()
            .warn("Redis " + name + " is not there (" + breaker.reason() + "): L1 begins alone");
      }
    }
    if (!breaker.isClosed()) {
      Duration current = min(pause, settings.healthCheckInterval());
      pause = min(pause.multipliedBy(2), LONGEST_PAUSE);
      return current;
    }
    String after =
        everUsed
            ? String.format(
                Locale.ROOT, " again, after %.1f s", (nanoTicker.getAsLong() - lostNanos) / 1e9)
            : "";
    setup.log().info("Redis " + name + " is used" + after);
    everUsed = true;
    lossLogged = false;
    checkWanted = false;
    pause = FIRST_PAUSE;
    lastCheckNanos = nanoTicker.getAsLong();
    usedNanos = lastCheckNanos;
    signal();
    return Duration.ZERO;
  }

  private void probe() {
    connector.expect("");
    RedisConnection connection = connector.open(Deadline.in(patience(settings), nanoTicker));
    boolean kept = false;
    try {
      String identity = connection.identity();
      connector.expect(identity);
      if (settling.isOfAnother(identity)) {
        links.forEach(MaintenanceLink::disconnect); // they may be to the one before
        setup.announcer().move();
      }
      link.call(
          exchange -> {
            settling.begin(exchange, connection);
            return settling.settle(exchange);
          });
      // The first loads what is not loaded yet: its time says nothing about the server.
      requests.tryOut(connection, settling.probed(), Deadline.in(patience(settings), nanoTicker));
      breaker.halfOpen();
      for (int i = 0; i < Breaker.PROBES; i++) {
        requests.probe(connection, settling.probed());
      }
      if (breaker.isClosed()) {
        connections.add(connection);
        kept = true;
      }
    } finally {
      if (!kept) {
        connection.close();
      }
    }
  }

  private static Duration min(Duration one, Duration other) {
    return one.compareTo(other) <= 0 ? one : other;
  }
}
