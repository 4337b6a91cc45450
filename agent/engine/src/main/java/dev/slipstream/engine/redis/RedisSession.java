package dev.slipstream.engine.redis;

import dev.slipstream.config.RedisUrl;
import dev.slipstream.config.Settings;
import dev.slipstream.engine.AgentLog;
import dev.slipstream.engine.AgentThreads;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
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
  private Maintenance.Figures figures = Maintenance.Figures.NONE;
  private long figuresNanos;

  RedisSession(
      Settings.Redis settings,
      RedisUrl url,
      String keyPrefix,
      AgentLog log,
      LongSupplier nanoTicker,
      InstantSource clock,
      Counters counters) {
    this.url = url;
    this.nanoTicker = nanoTicker;
    this.counters = counters;
    this.keys = new EntryKeys(keyPrefix);
    this.figuresNanos = nanoTicker.getAsLong() - FIGURES_KEPT_NANOS;
    Connector connector = new Connector(url, null, counters);
    this.connections = new IdleConnections(settings.maxConnections(), Keeper.CONNECTIONS_AT_FIRST);
    this.breaker = new Breaker(settings.budget(), nanoTicker, this::wakeKeeper);
    this.requests =
        new RequestPath(
            settings.budget(),
            nanoTicker,
            connections,
            breaker,
            keys,
            counters,
            url,
            this::checkServer,
            this::wakeKeeper);
    ServerClock serverClock = new ServerClock();
    this.maintenance = new Maintenance(keys, serverClock, clock);
    Duration patience = Keeper.patience(settings);
    MaintenanceLink keepers = new MaintenanceLink(connector, patience, nanoTicker);
    MaintenanceLink writers = new MaintenanceLink(connector, settings.socketTimeout(), nanoTicker);
    this.callers = new MaintenanceLink(connector, settings.socketTimeout(), nanoTicker);
    this.askers = new MaintenanceLink(connector, patience, nanoTicker);
    this.links = List.of(keepers, writers, callers, askers);
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
            keyPrefix + ":_probe");
    Writer writer =
        new Writer(queue, writers, keeper, keys, serverClock, clock, counters, url, log);
    this.keeperThread = AgentThreads.make("redis-keeper", keeper);
    this.writerThread = AgentThreads.make("redis-writer", writer);
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
  }

  Deadline deadline() {
    return requests.deadline();
  }

  byte @Nullable [] get(String key, Deadline deadline) {
    return requests.get(key, deadline);
  }

  void put(
      String key, byte[] value, long expiresAtMillis, Collection<String> tags, long begunAtMillis) {
    boolean fits = keys.isEntry(key) && key.length() <= GREATEST_KEY && Tags.areTags(tags);
    if (!fits
        || !queue.offer(
            new PendingWrite(key, value, expiresAtMillis, Tags.joined(tags), begunAtMillis))) {
      counters.droppedWrites.increment();
    }
  }

  RemovalCount invalidate(Collection<String> tags, Collection<String> patterns) {
    if (breaker.isClosed()) {
      try {
        return callers.call(exchange -> maintenance.invalidate(exchange, tags, patterns));
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
    keeperThread.interrupt();
    writerThread.interrupt();
    connections.close();
    breaker.open("closed");
    links.forEach(MaintenanceLink::close);
  }
}
