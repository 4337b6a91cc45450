package dev.slipstream.engine.redis;

import dev.slipstream.config.RedisUrl;
import dev.slipstream.config.Settings;
import dev.slipstream.engine.AgentLog;
import dev.slipstream.engine.AgentThreads;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** What a started tier consists of, tied together. */
final class RedisSession {
  private static final int QUEUED_WRITES = 8_192;
  private static final long QUEUED_BYTES = 16 << 20;
  private static final int GREATEST_KEY = 16_384;
  private static final long FIGURES_KEPT_NANOS = 1_000_000_000;

  private final RedisUrl url;
  private final LongSupplier nanoTicker;
  private final Counters counters;
  private final EntryKeys keys;
  private final IdleConnections connections;
  private final Breaker breaker;
  private final RequestPath requests;
  private final Maintenance maintenance;
  private final PendingInvalidations pending = new PendingInvalidations();
  private final WriteQueue queue = new WriteQueue(QUEUED_WRITES, QUEUED_BYTES);
  private final MaintenanceLink callers;
  private final MaintenanceLink askers; // not kept waiting by a long invalidation
  private final List<MaintenanceLink> links;
  private final Keeper keeper;
  private final Thread keeperThread;
  private final Thread writerThread;
  private final Listening listening;
  private final Announcer announcer;
  private final Subscriber subscriber;
  private final Thread subscriberThread;
  private final Thread heartbeatThread;
  private final CountDownLatch closed = new CountDownLatch(1);
  private Maintenance.Figures figures = Maintenance.Figures.NONE;
  private long figuresNanos;

  RedisSession(
      Settings.Redis settings,
      RedisUrl url,
      String keyPrefix,
      AgentLog log,
      LongSupplier nanoTicker,
      InstantSource clock,
      Counters counters,
      Consumer<Announcement> announced) {
    this.url = url;
    this.nanoTicker = nanoTicker;
    this.counters = counters;
    this.keys = new EntryKeys(keyPrefix);
    this.figuresNanos = nanoTicker.getAsLong() - FIGURES_KEPT_NANOS;
    Connector connector = new Connector(url, null, counters);
    this.connections = new IdleConnections(settings.maxConnections(), Keeper.CONNECTIONS_AT_FIRST);
    this.breaker = new Breaker(settings.budget(), nanoTicker, this::wakeKeeper);
    ServerClock serverClock = new ServerClock();
    this.requests =
        new RequestPath(
            settings.budget(),
            nanoTicker,
            connections,
            breaker,
            keys,
            counters,
            url,
            serverClock,
            this::checkServer,
            this::wakeKeeper);
    this.maintenance = new Maintenance(keys, serverClock, clock);
    Duration patience = Keeper.patience(settings);
    MaintenanceLink keepers = new MaintenanceLink(connector, patience, nanoTicker);
    MaintenanceLink writers = new MaintenanceLink(connector, settings.socketTimeout(), nanoTicker);
    this.callers = new MaintenanceLink(connector, settings.socketTimeout(), nanoTicker);
    this.askers = new MaintenanceLink(connector, patience, nanoTicker);
    MaintenanceLink announcers = new MaintenanceLink(connector, patience, nanoTicker);
    this.links = List.of(keepers, writers, callers, askers, announcers);
    String gateway = UUID.randomUUID().toString();
    this.listening = new Listening(gateway, nanoTicker.getAsLong());
    this.announcer = new Announcer(gateway, keys, announcers);
    this.subscriber =
        new Subscriber(
            gateway, keys, connector, patience, nanoTicker, listening, announced, closed);
    this.keeper =
        new Keeper(
            settings,
            url,
            log,
            nanoTicker,
            connector,
            connections,
            breaker,
            requests,
            maintenance,
            pending,
            keepers,
            links,
            keyPrefix + ":_probe",
            announcer);
    Writer writer =
        new Writer(
            queue,
            writers,
            keeper,
            keys,
            serverClock,
            clock,
            counters,
            url,
            log,
            announcer,
            this::dropped);
    this.keeperThread = AgentThreads.make("redis-keeper", keeper);
    this.writerThread = AgentThreads.make("redis-writer", writer);
    this.subscriberThread = AgentThreads.make("redis-subscriber", subscriber);
    this.heartbeatThread =
        AgentThreads.make(
            "redis-heartbeat", new Heartbeat(announcer, listening, nanoTicker, closed));
  }

  private void wakeKeeper() {
    Keeper current = keeper;
    if (current != null) {
      current.wake();
    }
  }

  private void checkServer() {
    keeper.check();
  }

  void start() {
    keeperThread.start();
    writerThread.start();
    subscriberThread.start();
    heartbeatThread.start();
  }

  Deadline deadline() {
    return requests.deadline();
  }

  @Nullable RedisValue get(String key, Deadline deadline) {
    return requests.get(key, deadline);
  }

  Confirmation confirm(HeldEntry held, Deadline deadline) {
    return requests.confirm(held, deadline);
  }

  Listening listening() {
    return listening;
  }

  void put(PendingWrite write, Collection<String> tags) {
    boolean fits =
        keys.isEntry(write.key()) && write.key().length() <= GREATEST_KEY && Tags.areTags(tags);
    if (!fits || !queue.offer(write)) {
      dropped(write);
    }
  }

  /** Counts a write that is not made; what was to be replaced is then removed before L2 is used. */
  private void dropped(PendingWrite write) {
    counters.droppedWrites.increment();
    if (write.announced()) {
      pending.add(List.of(), List.of(write.key()));
      breaker.open("a change has to be made up for");
    }
  }

  RemovalCount invalidate(
      Collection<String> tags, Collection<String> patterns, Announcement.@Nullable Kind kind) {
    if (breaker.isClosed()) {
      try {
        return callers.call(
            exchange ->
                maintenance.invalidate(
                    exchange, tags, patterns, () -> announce(kind, tags, patterns)));
      } catch (RuntimeException | LinkageError e) {
        counters.errors.increment();
        pending.add(tags, patterns);
        breaker.open("an invalidation failed: " + Reason.of(e, url));
        return new RemovalCount(0, 0, 0, false);
      }
    }
    pending.add(tags, patterns);
    if (breaker.isClosed()) {
      // It closed between: the keeper did not see this one.
      breaker.open("an invalidation has to be made up for");
    }
    return new RemovalCount(0, 0, 0, false);
  }

  private void announce(
      Announcement.@Nullable Kind kind, Collection<String> tags, Collection<String> patterns) {
    if (kind != null) {
      announcer.announce(Announcement.of(kind, tags, patterns));
    }
  }

  CoherenceStatistics coherence() {
    return new CoherenceStatistics(
        listening.isListening(nanoTicker.getAsLong()),
        listening.gateways(),
        announcer.sent(),
        announcer.failed(),
        subscriber.heard(),
        subscriber.unreadable(),
        listening.missedCount());
  }

  synchronized Maintenance.Figures figures() {
    if (!breaker.isClosed()) {
      return Maintenance.Figures.NONE;
    }
    long now = nanoTicker.getAsLong();
    if (now - figuresNanos >= FIGURES_KEPT_NANOS) {
      try {
        figures = askers.call(maintenance::figures);
      } catch (RuntimeException | LinkageError e) {
        counters.errors.increment();
        checkServer();
        figures = Maintenance.Figures.NONE;
      }
      figuresNanos = nanoTicker.getAsLong();
    }
    return figures;
  }

  Breaker breaker() {
    return breaker;
  }

  int queuedWrites() {
    return queue.size();
  }

  int connections() {
    return connections.open();
  }

  int pendingInvalidations() {
    return pending.size();
  }

  void close() {
    keeper.close();
    closed.countDown();
    for (Thread thread : List.of(keeperThread, writerThread, subscriberThread, heartbeatThread)) {
      thread.interrupt();
    }
    subscriber.close();
    connections.close();
    breaker.open("closed");
    links.forEach(MaintenanceLink::close);
  }
}
