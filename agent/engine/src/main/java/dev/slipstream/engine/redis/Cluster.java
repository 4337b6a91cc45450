package dev.slipstream.engine.redis;

import dev.slipstream.config.RedisUrl;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisConnectionException;

/**
 * The topology of a cluster: each group is served by the master of its slot.
 *
 * <p>The nodes are asked who serves what at the start, each health check interval, soon after one
 * said that a key is elsewhere or failed, and each half second while groups are not used.
 */
final class Cluster implements Topology, RedisNode.Rerouting {
  private static final Duration WHILE_INCOMPLETE = Duration.ofMillis(500);
  private static final Duration LONGEST_ASKED = Duration.ofSeconds(1);
  private static final int QUEUED_WRITES = 8_192; // a node
  private static final long QUEUED_BYTES = 8 << 20;

  private final Setup setup;
  private final Lookout lookout;
  private volatile Map<RedisUrl.Node, RedisNode> nodes = Map.of();
  private volatile String trouble = "not connected yet";
  private volatile boolean closed;

  // Of the lookout's thread alone, but for the end.
  private volatile @Nullable RedisConnection asked;
  private boolean absenceLogged;

  Cluster(Setup setup) {
    this.setup = setup;
    this.lookout = new Lookout(this::look, this::interval);
  }

  private Duration interval() {
    boolean complete =
        !nodes.isEmpty()
            && setup.groups().all().stream().allMatch(group -> group.node() != null)
            && nodes.values().stream().allMatch(RedisNode::isUsed);
    return complete ? setup.settings().healthCheckInterval() : WHILE_INCOMPLETE;
  }

  @Override
  public void start() {
    lookout.start();
  }

  @Override
  public List<RedisNode> nodes() {
    return List.copyOf(nodes.values());
  }

  @Override
  public String trouble() {
    return trouble;
  }

  @Override
  public void refresh() {
    lookout.refresh();
  }

  @Override
  public void refreshNow() {
    lookout.refreshNow(setup.settings().socketTimeout());
  }

  /** Gives entries to the nodes that serve them by now; only a node's own are of no more use. */
  @Override
  public void reroute(RedisNode from, List<PendingWrite> writes) {
    refreshNow();
    for (PendingWrite write : writes) {
      RedisNode node = setup.groups().of(write.key()).node();
      if (node == null || node == from || !node.offer(write)) {
        setup.dropped(write);
      }
    }
  }

  /** The node that serves the first group, or where there might be one that knows. */
  @Override
  public RedisUrl.Node home(Deadline deadline) {
    RedisNode node = setup.groups().all().get(0).node();
    for (Map.Entry<RedisUrl.Node, RedisNode> one : nodes.entrySet()) {
      if (one.getValue() == node) {
        return one.getKey();
      }
    }
    throw new JedisConnectionException("no node is known to serve the first group");
  }

  @Override
  public boolean isHomeMaster() {
    return false;
  }

  private void look() {
    ClusterSlots slots = ask();
    if (slots == null || closed) {
      return;
    }
    Map<RedisUrl.Node, List<SlotGroup>> layout = new LinkedHashMap<>();
    for (SlotGroup group : setup.groups().all()) {
      RedisUrl.Node master = slots.master(group.slot());
      if (master == null) {
        group.serveBy(null);
      } else {
        layout.computeIfAbsent(master, address -> new ArrayList<>()).add(group);
      }
    }
    apply(layout);
  }

  private void apply(Map<RedisUrl.Node, List<SlotGroup>> layout) {
    Map<RedisUrl.Node, RedisNode> before = nodes;
    Map<RedisUrl.Node, RedisNode> after = new LinkedHashMap<>();
    List<RedisNode> fresh = new ArrayList<>();
    layout.forEach(
        (address, served) -> {
          RedisNode node = before.get(address);
          if (node == null) {
            node = node(address, served);
            fresh.add(node);
          }
          after.put(address, node);
          for (SlotGroup group : served) {
            if (group.node() != node) {
              group.serveBy(node);
            }
          }
          if (!node.groups().equals(served)) {
            node.serve(served);
          }
        });
    synchronized (this) {
      if (closed) {
        return;
      }
      nodes = after;
      fresh.forEach(RedisNode::start);
    }
    before.forEach(
        (address, node) -> {
          if (!after.containsKey(address)) {
            setup.log().info("Redis " + node + " serves none of our entries any more");
            rerouteAtOnce(node.close());
          }
        });
  }

  private void rerouteAtOnce(List<PendingWrite> writes) {
    for (PendingWrite write : writes) {
      RedisNode node = setup.groups().of(write.key()).node();
      if (node == null || !node.offer(write)) {
        setup.dropped(write);
      }
    }
  }

  private RedisNode node(RedisUrl.Node address, List<SlotGroup> served) {
    return new RedisNode(
        setup,
        address.toString(),
        deadline -> address,
        served,
        new WriteQueue(QUEUED_WRITES, QUEUED_BYTES),
        this);
  }

  /** What any node says; null where none answers. */
  private @Nullable ClusterSlots ask() {
    RedisConnection current = asked;
    if (current != null) {
      try {
        ClusterSlots slots = slots(current);
        trouble = "";
        return slots;
      } catch (RuntimeException e) {
        current.close();
        asked = null;
      }
    }
    Set<RedisUrl.Node> candidates = new LinkedHashSet<>();
    nodes.forEach(
        (address, node) -> {
          if (node.breaker().isClosed()) {
            candidates.add(address);
          }
        });
    candidates.addAll(setup.url().nodes());
    candidates.addAll(nodes.keySet());
    String why = "";
    for (RedisUrl.Node candidate : candidates) {
      RedisConnection connection = null;
      try {
        connection =
            new Connector(setup.url(), deadline -> candidate, null, setup.counters())
                .open(patience());
        ClusterSlots slots = slots(connection);
        keep(connection);
        trouble = "";
        absenceLogged = false;
        return slots;
      } catch (RuntimeException e) {
        why = Reason.of(e, setup.url());
        if (connection != null) {
          connection.close();
        }
      }
    }
    trouble = why;
    if (!absenceLogged) {
      absenceLogged = true;
      setup.log().warn("No node of " + setup.url() + " tells who serves what (" + why + ")");
    }
    return null;
  }

  private synchronized void keep(RedisConnection connection) {
    if (closed) {
      throw new JedisConnectionException("the tier is closed");
    }
    asked = connection;
  }

  private Deadline patience() {
    Duration patience = Keeper.patience(setup.settings());
    return Deadline.in(
        patience.compareTo(LONGEST_ASKED) < 0 ? patience : LONGEST_ASKED, setup.nanoTicker());
  }

  private ClusterSlots slots(RedisConnection connection) {
    Object reply = connection.by(patience()).command(Command.CLUSTER, EntryKeys.bytes("SLOTS"));
    return new ClusterSlots(reply, connection.address());
  }

  @Override
  public void close() {
    Map<RedisUrl.Node, RedisNode> last;
    RedisConnection current;
    synchronized (this) {
      closed = true;
      last = nodes;
      current = asked;
    }
    lookout.close();
    last.values().forEach(RedisNode::close);
    if (current != null) {
      current.close();
    }
  }
}
