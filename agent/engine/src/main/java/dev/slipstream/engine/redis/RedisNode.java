package dev.slipstream.engine.redis;

import dev.slipstream.config.RedisUrl;
import dev.slipstream.engine.AgentThreads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * A server that serves groups of entries, with its connections, breaker, queue and threads. In a
 * cluster each master is one, so that a dead shard concerns its own groups alone.
 */
final class RedisNode {
  private static final long FIGURES_KEPT_NANOS = 1_000_000_000;

  private final Setup setup;
  private final String name;
  private final Rerouting rerouting;
  private final boolean masterOnly;
  private final IdleConnections connections;
  private final Breaker breaker;
  private final RequestPath requests;
  private final ServerClock serverClock = new ServerClock();
  private final Landmarks landmarks = new Landmarks();
  private final WriteQueue queue;
  private final MaintenanceLink notes; // an exchange or two at a time
  private final MaintenanceLink removals; // walks, which may be long
  private final MaintenanceLink askers; // not kept waiting by a long invalidation
  private final MaintenanceLink figuring; // not kept waiting by any of these
  private final List<MaintenanceLink> links;
  private final Keeper keeper;
  private final Writer writer;
  private final Thread keeperThread;
  private final Thread writerThread;
  private volatile List<SlotGroup> served;
  private volatile String address = "";
  private volatile boolean closed;
  private final ReentrantLock figuresWork = new ReentrantLock();
  private volatile Figures figures = Figures.NONE;
  private volatile long figuresNanos;

  /** What a node does with what it finds to be served elsewhere. */
  interface Rerouting {
    /** Has it found out soon which servers serve which groups. */
    void refresh();

    /** Takes entries that another node is to write. */
    void reroute(RedisNode from, List<PendingWrite> writes);
  }

  /**
   * What the server says about itself.
   *
   * @param memoryBytes memory it uses in all; null where it does not say
   * @param entries entries of ours; those evicted count until their time is over
   */
  record Figures(@Nullable Long memoryBytes, @Nullable Long entries) {
    static final Figures NONE = new Figures(null, null);
  }

  /**
   * An invalidation whose first step was tried on a node.
   *
   * @param removals what is to be removed, by group
   * @param elsewhere groups that another node serves by now
   * @param owed whether groups have to make up for it later
   */
  record Noted(
      Map<SlotGroup, Maintenance.Removal> removals, List<SlotGroup> elsewhere, boolean owed) {}

  /**
   * Makes a node.
   *
   * @param name what the log calls it
   * @param served the groups that it serves first; not empty
   */
  RedisNode(
      Setup setup,
      String name,
      Whereabouts whereabouts,
      List<SlotGroup> served,
      WriteQueue queue,
      Rerouting rerouting) {
    this.setup = setup;
    this.name = name;
    this.rerouting = rerouting;
    this.masterOnly = whereabouts.ofMaster();
    this.served = List.copyOf(served);
    this.queue = queue;
    this.figuresNanos = setup.nanoTicker().getAsLong() - FIGURES_KEPT_NANOS;
    Connector connector = new Connector(setup.url(), whereabouts, null, setup.counters());
    this.connections =
        new IdleConnections(setup.settings().maxConnections(), Keeper.CONNECTIONS_AT_FIRST);
    this.breaker =
        new Breaker(setup.settings().budget(), setup.nanoTicker(), this::opened, this::turned);
    this.requests =
        new RequestPath(
            setup,
            connections,
            breaker,
            serverClock,
            landmarks,
            this::checkServer,
            this::wakeKeeper,
            rerouting::refresh);
    Duration patience = Keeper.patience(setup.settings());
    Duration timeout = setup.settings().socketTimeout();
    MaintenanceLink keepers = new MaintenanceLink(connector, patience, setup.nanoTicker());
    MaintenanceLink writers = new MaintenanceLink(connector, timeout, setup.nanoTicker());
    this.notes = new MaintenanceLink(connector, timeout, setup.nanoTicker());
    this.removals = new MaintenanceLink(connector, timeout, setup.nanoTicker());
    this.askers = new MaintenanceLink(connector, patience, setup.nanoTicker());
    this.figuring = new MaintenanceLink(connector, patience, setup.nanoTicker());
    this.links = List.of(keepers, writers, notes, removals, askers, figuring);
    this.keeper =
        new Keeper(
            setup,
            name,
            connector,
            connections,
            breaker,
            requests,
            new Settling(setup, this, serverClock, rerouting::refresh),
            keepers,
            links);
    this.writer = new Writer(setup, this, queue, writers, keeper, serverClock);
    this.keeperThread = AgentThreads.make("redis-keeper", keeper);
    this.writerThread = AgentThreads.make("redis-writer", writer);
  }

  private void opened() {
    connections.sendWaitersAway();
    wakeKeeper();
    rerouting.refresh();
  }

  private void turned() {
    Counters counters = setup.counters();
    counters.breakerChangedAtMillis = setup.clock().millis();
    if (!breaker.isClosed() && !closed) {
      counters.breakerOpenings.increment();
      counters.lastOpeningReason = breaker.reason();
    }
  }

  /** Has its keeper look what there is to do. */
  void wakeKeeper() {
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

  /** The groups that it serves; never empty. */
  List<SlotGroup> groups() {
    return served;
  }

  /** Has it serve groups; those that are new are used once what they may lack is made up for. */
  void serve(List<SlotGroup> next) {
    served = List.copyOf(next);
    wakeKeeper();
  }

  /** The server's time now, in microseconds, or somewhat earlier. */
  long serverMicros() {
    return serverClock.isKnown() ? serverClock.micros(setup.clock().millis()) : Long.MIN_VALUE;
  }

  Landmarks landmarks() {
    return landmarks;
  }

  /** Ends the use of its connections: the server is not the one to use any more. */
  void lost(String why) {
    breaker.open(why);
  }

  void becameReadOnly() {
    if (masterOnly) {
      lost("the server takes no writes any more: it is no master");
    }
  }

  @Nullable RedisValue get(
      SlotGroup group, String key, Deadline deadline, @Nullable Hearsay hearsay) {
    if (!isUsedFor(group)) {
      setup.counters().skipped.increment();
      return null;
    }
    return requests.get(group, key, deadline, hearsay);
  }

  Confirmation confirm(SlotGroup group, HeldEntry held, Deadline deadline) {
    return isUsedFor(group) ? requests.confirm(group.keys(), held, deadline) : Confirmation.LOST;
  }

  /** Whether entries of a group are looked up, and written at once. */
  boolean isUsedFor(SlotGroup group) {
    return breaker.isClosed() && group.isSettledOn(this);
  }

  boolean offer(PendingWrite write) {
    return queue.offer(write);
  }

  void writeElsewhere(List<PendingWrite> writes) {
    rerouting.reroute(this, writes);
  }

  Maintenance maintenance(SlotGroup group) {
    return new Maintenance(group.keys(), serverClock, setup.clock());
  }

  /**
   * Takes the first step of an invalidation. What cannot be done now is owed to the group; it is
   * tried all the same on a server that answers, but too slowly for requests.
   */
  Noted note(List<SlotGroup> groups, Collection<String> tags, Collection<String> patterns) {
    Map<SlotGroup, Maintenance.Removal> removals = new LinkedHashMap<>();
    List<SlotGroup> elsewhere = new ArrayList<>();
    boolean owed = false;
    Deadline patience = Deadline.in(setup.settings().socketTimeout(), setup.nanoTicker());
    for (SlotGroup group : groups) {
      Maintenance.Removal removal = maintenance(group).removal(tags, patterns);
      switch (attempt(group, notes, removal::note)) {
        case DONE -> removals.put(group, removal);
        case ELSEWHERE -> elsewhere.add(group);
        case FAILED -> {
          owed = true;
          owe(group, tags, patterns);
          if (breaker.isSlow() && patience.remainingNanos() > 0) {
            noteAnyway(removal);
          }
        }
      }
    }
    return new Noted(removals, elsewhere, owed);
  }

  private void noteAnyway(Maintenance.Removal removal) {
    try {
      notes.call(
          link -> {
            removal.note(link);
            return true;
          });
    } catch (RuntimeException | LinkageError e) {
      failed(e);
    }
  }

  /** Takes the second step. */
  RemovalCount remove(Noted noted, Collection<String> tags, Collection<String> patterns) {
    RemovalCount sum = noted.owed() ? RemovalCount.NOT_DONE : RemovalCount.NONE;
    Map<SlotGroup, Maintenance.Removal> removals = noted.removals();
    if (removals.values().stream().allMatch(Maintenance.Removal::isOfAll)) {
      return sum.plus(remove(removals, tags, patterns));
    }
    for (Map.Entry<SlotGroup, Maintenance.Removal> one : removals.entrySet()) {
      sum = sum.plus(remove(Map.of(one.getKey(), one.getValue()), tags, patterns));
    }
    return sum;
  }

  private RemovalCount remove(
      Map<SlotGroup, Maintenance.Removal> removals,
      Collection<String> tags,
      Collection<String> patterns) {
    if (removals.isEmpty()) {
      return RemovalCount.NONE;
    }
    RemovalCount[] removed = {RemovalCount.NOT_DONE};
    SlotGroup any = removals.keySet().iterator().next();
    Attempt attempt =
        attempt(
            any,
            this.removals,
            link -> removed[0] = Maintenance.removeTogether(link, removals.values()));
    if (attempt == Attempt.DONE && removals.keySet().stream().allMatch(this::serves)) {
      return removed[0];
    }
    removals.keySet().forEach(group -> owe(group, tags, patterns));
    return RemovalCount.NOT_DONE;
  }

  private boolean serves(SlotGroup group) {
    return group.node() == this;
  }

  /** Walks over the entries of a group. Returns false where it did not come to the end. */
  boolean find(
      SlotGroup group,
      Predicate<String> keysOfInterest,
      BooleanSupplier goesOn,
      Consumer<FoundEntry> found) {
    Maintenance.Walk walk = maintenance(group).walk(keysOfInterest, found);
    while (goesOn.getAsBoolean()) {
      // A page at a time, so that others have their turn in between.
      if (!look(group, walk::page)) {
        return false;
      }
      if (walk.isOver()) {
        return true;
      }
    }
    return false;
  }

  /** The entry under a key; null where there is none, and where the server did not answer. */
  @Nullable ReadEntry read(SlotGroup group, String key) {
    AtomicReference<@Nullable ReadEntry> read = new AtomicReference<>();
    boolean answered =
        look(
            group,
            link -> {
              read.set(maintenance(group).read(link, key));
              return true;
            });
    return answered ? read.get() : null;
  }

  private boolean look(SlotGroup group, Function<MaintenanceLink, Boolean> work) {
    if (!isUsedFor(group)) {
      return false;
    }
    try {
      return askers.call(work);
    } catch (RuntimeException | LinkageError e) {
      setup.counters().errors.increment();
      checkServer();
      return false;
    }
  }

  private enum Attempt {
    DONE,
    ELSEWHERE,
    FAILED
  }

  private Attempt attempt(SlotGroup group, MaintenanceLink on, Consumer<MaintenanceLink> work) {
    try {
      boolean done =
          on.call(
              link -> {
                // Others may have waited in vain before it was this one's turn.
                boolean used = isUsedFor(group);
                if (used) {
                  work.accept(link);
                }
                return used;
              });
      // What the server did may have been too late where another one serves the group by now.
      return group.node() != this ? Attempt.ELSEWHERE : done ? Attempt.DONE : Attempt.FAILED;
    } catch (JedisDataException e) {
      if (Refusal.isElsewhere(e)) {
        return Attempt.ELSEWHERE;
      }
      failed(e);
    } catch (RuntimeException | LinkageError e) {
      failed(e);
    }
    return Attempt.FAILED;
  }

  private void owe(SlotGroup group, Collection<String> tags, Collection<String> patterns) {
    group.owe(tags, patterns);
    wakeKeeper();
  }

  private void failed(Throwable failure) {
    setup.counters().errors.increment();
    breaker.open("an invalidation failed: " + Reason.of(failure, setup.url()));
  }

  /** About a second old; those before while somebody else asks the server. */
  Figures figures() {
    if (!breaker.isClosed()) {
      return Figures.NONE;
    }
    if (areOld() && figuresWork.tryLock()) {
      try {
        if (areOld()) {
          figures = askFor();
          figuresNanos = setup.nanoTicker().getAsLong();
        }
      } finally {
        figuresWork.unlock();
      }
    }
    return figures;
  }

  private boolean areOld() {
    return setup.nanoTicker().getAsLong() - figuresNanos >= FIGURES_KEPT_NANOS;
  }

  private Figures askFor() {
    try {
      return figuring.call(this::ask);
    } catch (RuntimeException | LinkageError e) {
      setup.counters().errors.increment();
      checkServer();
      return Figures.NONE;
    }
  }

  private Figures ask(MaintenanceLink link) {
    long entries = 0;
    for (SlotGroup group : served) {
      entries += maintenance(group).entries(link);
    }
    Object memory = link.next().command(Command.INFO, EntryKeys.bytes("memory"));
    return new Figures(
        memory instanceof byte[] text
            ? Information.number(EntryKeys.text(text), "used_memory")
            : null,
        entries);
  }

  /** Whether all that it serves is used. */
  boolean isUsed() {
    return breaker.isClosed() && served.stream().allMatch(group -> group.isSettledOn(this));
  }

  /** The address of the server that it was last connected to; empty before. */
  String address() {
    return address;
  }

  void connectedTo(RedisUrl.Node server) {
    address = server.toString();
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

  /**
   * Has the server, or else the other gateways, learn what they must not miss, which nobody will
   * say after this. May take long where the server does.
   */
  void sayLastWords() {
    writer.writeAnnounced();
    for (SlotGroup group : served) {
      PendingInvalidations.Batch batch = group.owed();
      if (!batch.isEmpty() && group.node() == this) {
        noteAtLast(group, batch);
      }
    }
  }

  private void noteAtLast(SlotGroup group, PendingInvalidations.Batch batch) {
    Maintenance maintenance = maintenance(group);
    try {
      notes.call(
          link -> {
            maintenance.change(link, batch.keys());
            if (!batch.hasNoneButKeys()) {
              maintenance.removal(batch.tags(), batch.globs()).note(link);
            }
            return true;
          });
    } catch (RuntimeException | LinkageError e) {
      setup.counters().errors.increment();
    }
    setup.announcer().announceOwed(List.of(batch));
  }

  /** Ends its threads and connections. Returns what was not written. */
  List<PendingWrite> close() {
    closed = true;
    keeper.close();
    keeperThread.interrupt();
    writerThread.interrupt();
    connections.close();
    breaker.open("closed");
    links.forEach(MaintenanceLink::close);
    return queue.poll(Integer.MAX_VALUE, Long.MAX_VALUE);
  }

  @Override
  public String toString() {
    return name;
  }
}
