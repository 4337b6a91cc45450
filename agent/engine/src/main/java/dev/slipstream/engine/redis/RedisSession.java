package dev.slipstream.engine.redis;

import dev.slipstream.config.RedisUrl;
import dev.slipstream.config.Settings;
import dev.slipstream.engine.AgentLog;
import dev.slipstream.engine.AgentThreads;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A started tier: groups of entries, and the nodes that serve them. */
final class RedisSession {
  private static final int GREATEST_KEY = 16_384;
  private static final int ATTEMPTS = 3;

  /** Others are told no later of what is invalidated, whichever server is waited for. */
  private static final Duration ANNOUNCED_IN = Duration.ofMillis(100);

  /** For so long the end waits for what others must not miss. */
  private static final Duration LAST_WORDS = Duration.ofMillis(500);

  private final Setup setup;
  private final SlotGroups groups;
  private final Topology topology;
  private final Announcer announcer;
  private final Notes learned;
  private final Listening listening;
  private final Subscriber subscriber;
  private final List<Thread> threads;
  private final CountDownLatch closed = new CountDownLatch(1);

  RedisSession(
      Settings.Redis settings,
      RedisUrl url,
      String keyPrefix,
      AgentLog log,
      LongSupplier nanoTicker,
      InstantSource clock,
      Counters counters,
      LongSupplier position,
      Predicate<Announcement> announced) {
    boolean cluster = url.topology() == RedisUrl.Topology.CLUSTER;
    this.groups = cluster ? SlotGroups.ofCluster(keyPrefix) : SlotGroups.one(keyPrefix);
    EntryKeys keys = groups.all().get(0).keys();
    Connector connector = new Connector(url, new Home(), null, counters);
    Duration patience = Keeper.patience(settings);
    String gateway = UUID.randomUUID().toString();
    this.listening = new Listening(gateway, nanoTicker.getAsLong());
    this.announcer =
        new Announcer(
            gateway,
            keys,
            new MaintenanceLink(connector, patience, nanoTicker),
            this::lookForServers);
    this.learned = new Notes(new MaintenanceLink(connector, patience, nanoTicker), keys.learned());
    this.subscriber =
        new Subscriber(
            gateway, keys, connector, patience, nanoTicker, listening, announced, closed);
    this.setup =
        new Setup(
            settings,
            url,
            log,
            nanoTicker,
            clock,
            counters,
            groups,
            new RecentInvalidations(nanoTicker),
            new Hearing(listening, position),
            announcer);
    this.topology = cluster ? new Cluster(setup) : new OneServer(setup);
    this.threads =
        List.of(
            AgentThreads.make("redis-subscriber", subscriber),
            AgentThreads.make(
                "redis-heartbeat", new Heartbeat(announcer, listening, nanoTicker, closed)));
  }

  /** Where the gateways tell each other what they do. */
  private final class Home implements Whereabouts {
    @Override
    public RedisUrl.Node locate(Deadline deadline) {
      return topology.home(deadline);
    }

    @Override
    public boolean ofMaster() {
      return topology.isHomeMaster();
    }
  }

  private void lookForServers() {
    topology.refresh();
  }

  void start() {
    topology.start();
    threads.forEach(Thread::start);
  }

  void share(SharedSecret secret) {
    announcer.share(secret);
  }

  Notes learned() {
    return learned;
  }

  /** The budget of a request that begins to look entries up. */
  Deadline deadline() {
    return Deadline.in(setup.settings().budget(), setup.nanoTicker());
  }

  @Nullable RedisValue get(String key, Deadline deadline, @Nullable Hearsay hearsay) {
    SlotGroup group = groups.of(key);
    RedisNode node = group.node();
    if (node == null || !isEntry(key)) {
      setup.counters().skipped.increment();
      return null;
    }
    return node.get(group, key, deadline, hearsay);
  }

  private boolean isEntry(String key) {
    return key.length() <= GREATEST_KEY && groups.isEntry(key);
  }

  Confirmation confirm(HeldEntry held, Deadline deadline) {
    SlotGroup group = groups.of(held.key());
    RedisNode node = group.node();
    return node == null || !isEntry(held.key())
        ? Confirmation.LOST
        : node.confirm(group, held, deadline);
  }

  Listening listening() {
    return listening;
  }

  void put(PendingWrite write, Collection<String> tags) {
    if (write.announced()) {
      setup.recent().addKeys(List.of(write.key()));
    }
    boolean fits = isEntry(write.key()) && Tags.areTags(tags);
    SlotGroup group = groups.of(write.key());
    RedisNode node = fits ? group.node() : null;
    if (node == null || !node.offer(write)) {
      setup.dropped(write);
    } else if (write.announced() && !node.isUsedFor(group)) {
      announcer.announceLater(List.of(write.key()));
    }
  }

  /** Has what a write would replace removed before it is used again. */
  void owe(PendingWrite write) {
    setup.recent().addKeys(List.of(write.key()));
    setup.dropped(write);
  }

  /** Waits for a write until the deadline. Returns whether the server took the entry. */
  boolean await(PendingWrite write, CompletableFuture<Boolean> written, Deadline deadline) {
    SlotGroup group = groups.of(write.key());
    RedisNode node = group.node();
    if (!written.isDone() && (node == null || !node.isUsedFor(group))) {
      return false;
    }
    try {
      return written.get(deadline.remainingNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } catch (TimeoutException e) {
      setup.counters().lateWrites.increment();
      return false;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e); // nothing completes it so
    }
  }

  /** Invalidates on all nodes at once; one that does not answer keeps no other waiting. */
  RemovalCount invalidate(
      Collection<String> tags, Collection<String> patterns, Announcement.@Nullable Kind kind) {
    setup.recent().add(tags, patterns);
    RemovalCount sum = RemovalCount.NONE;
    List<SlotGroup> left = groups.all();
    for (int attempt = 1; !left.isEmpty(); attempt++) {
      if (attempt > 1) {
        topology.refreshNow();
      }
      Map<RedisNode, List<SlotGroup>> served = new LinkedHashMap<>();
      for (SlotGroup group : left) {
        RedisNode node = attempt > ATTEMPTS ? null : group.node();
        if (node == null) {
          group.owe(tags, patterns);
          sum = sum.plus(RemovalCount.NOT_DONE);
        } else {
          served.computeIfAbsent(node, one -> new ArrayList<>()).add(group);
        }
      }
      Map<RedisNode, RedisNode.Noted> noted = note(served, tags, patterns, kind);
      left = new ArrayList<>();
      for (RedisNode.Noted one : noted.values()) {
        left.addAll(one.elsewhere());
      }
      List<Callable<RemovalCount>> removals = new ArrayList<>();
      noted.forEach((node, one) -> removals.add(() -> node.remove(one, tags, patterns)));
      for (RemovalCount count : new AtOnce<>(removals).results()) {
        sum = sum.plus(count);
      }
    }
    return sum;
  }

  /** The entry under a key, with its value; null where there is none to be had. */
  @Nullable ReadEntry read(String key) {
    SlotGroup group = groups.of(key);
    RedisNode node = group.node();
    return node == null || !isEntry(key) ? null : node.read(group, key);
  }

  /** Walks over all entries. Returns false where it did not come to the end of each server's. */
  boolean find(
      Predicate<String> keysOfInterest, BooleanSupplier goesOn, Consumer<FoundEntry> found) {
    boolean complete = true;
    for (SlotGroup group : groups.all()) {
      RedisNode node = group.node();
      complete &= node != null && node.find(group, keysOfInterest, goesOn, found);
    }
    return complete;
  }

  private Map<RedisNode, RedisNode.Noted> note(
      Map<RedisNode, List<SlotGroup>> served,
      Collection<String> tags,
      Collection<String> patterns,
      Announcement.@Nullable Kind kind) {
    List<RedisNode> nodes = List.copyOf(served.keySet());
    List<Callable<RedisNode.Noted>> tasks = new ArrayList<>();
    served.forEach((node, some) -> tasks.add(() -> node.note(some, tags, patterns)));
    AtOnce<RedisNode.Noted> running = new AtOnce<>(tasks);
    // Who answers late is not waited for, and the others are then told once more.
    boolean early = !running.areAllDoneIn(ANNOUNCED_IN);
    if (early) {
      announce(kind, tags, patterns);
    }
    List<RedisNode.Noted> results = running.results();
    // What is owed is announced again when it is made up for; until then it is gone from L1s.
    if (!early || results.stream().anyMatch(one -> !one.removals().isEmpty())) {
      announce(kind, tags, patterns);
    }
    Map<RedisNode, RedisNode.Noted> noted = new LinkedHashMap<>();
    for (int i = 0; i < results.size(); i++) {
      noted.put(nodes.get(i), results.get(i));
    }
    return noted;
  }

  private void announce(
      Announcement.@Nullable Kind kind, Collection<String> tags, Collection<String> patterns) {
    if (kind != null) {
      announcer.announce(Announcement.of(kind, tags, patterns));
    }
  }

  CoherenceStatistics coherence() {
    return new CoherenceStatistics(
        listening.isListening(setup.nanoTicker().getAsLong()),
        listening.gateways(),
        announcer.sent(),
        announcer.failed(),
        subscriber.heard(),
        subscriber.unreadable(),
        listening.missedCount());
  }

  /** Notes an invalidation that another gateway made. */
  void heard(Announcement announcement) {
    setup.recent().add(announcement.tags(), announcement.patterns());
    setup.recent().addKeys(announcement.keys());
  }

  /** Whether every entry can be looked up. */
  boolean isUsed() {
    return reason().isEmpty();
  }

  /** Why some entries cannot be looked up; empty while all can. */
  String reason() {
    List<RedisNode> nodes = topology.nodes();
    for (RedisNode node : nodes) {
      if (!node.isUsed()) {
        String why =
            node.breaker().isClosed() ? "invalidations are made up for" : node.breaker().reason();
        return nodes.size() == 1 ? why : node + ": " + why;
      }
    }
    boolean served = groups.all().stream().allMatch(group -> group.node() != null);
    String trouble = topology.trouble();
    return served
        ? ""
        : trouble.isEmpty() ? "some slots are served by no node that is known" : trouble;
  }

  /** The servers that are used, by address, each with the state of its breaker. */
  Map<String, String> nodes() {
    Map<String, String> states = new TreeMap<>();
    for (RedisNode node : topology.nodes()) {
      String address = node.address().isEmpty() ? node.toString() : node.address();
      String state = node.breaker().state();
      states.put(
          address, node.breaker().isClosed() ? state : state + ": " + node.breaker().reason());
    }
    return states;
  }

  /** The state of the breaker that lets least through. */
  String breakerState() {
    List<String> states = topology.nodes().stream().map(node -> node.breaker().state()).toList();
    return states.isEmpty() || states.contains("open")
        ? "open"
        : states.contains("half_open") ? "half_open" : "closed";
  }

  /** What the servers say, in sum; a number that one does not tell is absent. */
  RedisNode.Figures figures() {
    Long memory = 0L;
    Long entries = 0L;
    List<RedisNode> nodes = topology.nodes();
    if (nodes.isEmpty()) {
      return RedisNode.Figures.NONE;
    }
    for (RedisNode node : nodes) {
      RedisNode.Figures figures = node.figures();
      memory = sum(memory, figures.memoryBytes());
      entries = sum(entries, figures.entries());
    }
    return new RedisNode.Figures(memory, entries);
  }

  private static @Nullable Long sum(@Nullable Long one, @Nullable Long other) {
    return one == null || other == null ? null : one + other;
  }

  int queuedWrites() {
    return topology.nodes().stream().mapToInt(RedisNode::queuedWrites).sum();
  }

  int connections() {
    return topology.nodes().stream().mapToInt(RedisNode::connections).sum();
  }

  /** Tags, patterns and changes that a group has to make up for: of the group that has most. */
  int pendingInvalidations() {
    return groups.all().stream().mapToInt(SlotGroup::pendingInvalidations).max().orElse(0);
  }

  private static Callable<Boolean> lastWords(RedisNode node) {
    return () -> {
      node.sayLastWords();
      return true;
    };
  }

  void close() {
    new AtOnce<>(topology.nodes().stream().map(RedisSession::lastWords).toList())
        .areAllDoneIn(LAST_WORDS);
    closed.countDown();
    threads.forEach(Thread::interrupt);
    topology.close();
    subscriber.close();
    announcer.close();
    learned.close();
  }
}
