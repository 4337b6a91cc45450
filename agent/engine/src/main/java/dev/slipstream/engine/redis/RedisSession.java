package dev.slipstream.engine.redis;

import dev.slipstream.config.RedisUrl;
import dev.slipstream.engine.AgentThreads;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/** A started tier: groups of entries, and the nodes that serve them. */
final class RedisSession {
  private static final int GREATEST_KEY = 16_384;
  private static final int ATTEMPTS = 3;

  private final Setup setup;
  private final SlotGroups groups;
  private final Topology topology;

  RedisSession(Setup setup, String keyPrefix) {
    this.setup = setup;
    boolean cluster = setup.url().topology() == RedisUrl.Topology.CLUSTER;
    this.groups = cluster ? SlotGroups.ofCluster(keyPrefix) : SlotGroups.one(keyPrefix);
    this.topology = cluster ? new Cluster(setup, groups) : new OneServer(setup, groups);
  }

  void start() {
    topology.start();
  }

  /** The budget of a request that begins to look entries up. */
  Deadline deadline() {
    return Deadline.in(setup.settings().budget(), setup.nanoTicker());
  }

  byte @Nullable [] get(String key, Deadline deadline) {
    SlotGroup group = groups.of(key);
    RedisNode node = group.node();
    if (node == null || !groups.isEntry(key)) {
      setup.counters().skipped.increment();
      return null;
    }
    return node.get(group, key, deadline);
  }

  void put(
      String key, byte[] value, long expiresAtMillis, Collection<String> tags, long begunAtMillis) {
    boolean fits = groups.isEntry(key) && key.length() <= GREATEST_KEY && Tags.areTags(tags);
    RedisNode node = fits ? groups.of(key).node() : null;
    if (node == null
        || !node.offer(
            new PendingWrite(key, value, expiresAtMillis, Tags.joined(tags), begunAtMillis))) {
      setup.counters().droppedWrites.increment();
    }
  }

  /** Invalidates on all nodes at once; one that does not answer keeps no other waiting. */
  RemovalCount invalidate(Collection<String> tags, Collection<String> patterns) {
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
      left = new ArrayList<>();
      for (RedisNode.Invalidated done : invalidate(served, tags, patterns)) {
        sum = sum.plus(done.count());
        left.addAll(done.elsewhere());
      }
    }
    return sum;
  }

  private static List<RedisNode.Invalidated> invalidate(
      Map<RedisNode, List<SlotGroup>> served,
      Collection<String> tags,
      Collection<String> patterns) {
    List<FutureTask<RedisNode.Invalidated>> tasks = new ArrayList<>();
    served.forEach(
        (node, some) -> tasks.add(new FutureTask<>(() -> node.invalidate(some, tags, patterns))));
    for (FutureTask<RedisNode.Invalidated> task : tasks) {
      if (task == tasks.get(tasks.size() - 1)) {
        task.run();
      } else {
        AgentThreads.make("redis-invalidation", task).start();
      }
    }
    return tasks.stream().map(RedisSession::result).toList();
  }

  private static <T> T result(FutureTask<T> task) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return task.get();
        } catch (InterruptedException e) {
          interrupted = true; // what was begun is told all the same: each node's time is bounded
        }
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Notes an invalidation that another gateway made. */
  void heard(Collection<String> tags, Collection<String> patterns) {
    setup.recent().add(tags, patterns);
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
    return served ? "" : "some slots are served by no node that is known";
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

  /** Tags and patterns that a group has to make up for: of the group that has most. */
  int pendingInvalidations() {
    return groups.all().stream().mapToInt(SlotGroup::pendingInvalidations).max().orElse(0);
  }

  void close() {
    topology.close();
  }
}
