package dev.slipstream.engine.redis;

import dev.slipstream.config.RedisUrl;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The topology of one server: always the same, or the master that sentinels name. */
final class OneServer implements Topology, RedisNode.Rerouting {
  private static final Duration SENTINELS_ASKED_EACH = Duration.ofSeconds(1);
  private static final int QUEUED_WRITES = 8_192;
  private static final long QUEUED_BYTES = 16 << 20;

  private final Setup setup;
  private final Whereabouts whereabouts;
  private final RedisNode node;
  private final @Nullable Sentinels sentinels;
  private final @Nullable Lookout lookout;

  OneServer(Setup setup) {
    RedisUrl url = setup.url();
    this.setup = setup;
    boolean watched = url.topology() == RedisUrl.Topology.SENTINEL;
    this.sentinels = watched ? new Sentinels(setup) : null;
    this.lookout = watched ? new Lookout(this::look, () -> SENTINELS_ASKED_EACH) : null;
    this.whereabouts = sentinels == null ? deadline -> url.nodes().get(0) : sentinels;
    this.node =
        new RedisNode(
            setup,
            url.toString(),
            whereabouts,
            setup.groups().all(),
            new WriteQueue(QUEUED_WRITES, QUEUED_BYTES),
            this);
    setup.groups().all().forEach(group -> group.serveBy(node));
  }

  private void look() {
    Sentinels watchers = sentinels;
    if (watchers == null || !node.breaker().isClosed()) {
      return; // the keeper asks them itself
    }
    RedisUrl.Node master = watchers.master(Keeper.patience(setup.settings()));
    if (!master.toString().equals(node.address())) {
      node.lost("the sentinels name another master");
    }
  }

  @Override
  public void start() {
    node.start();
    if (lookout != null) {
      lookout.start();
    }
  }

  @Override
  public List<RedisNode> nodes() {
    return List.of(node);
  }

  @Override
  public String trouble() {
    return "";
  }

  @Override
  public void refresh() {
    // The keeper finds the server when it connects.
  }

  @Override
  public void refreshNow() {
    // As above.
  }

  @Override
  public void reroute(RedisNode from, List<PendingWrite> writes) {
    writes.forEach(setup::dropped);
  }

  @Override
  public RedisUrl.Node home(Deadline deadline) {
    return whereabouts.locate(deadline);
  }

  @Override
  public boolean isHomeMaster() {
    return whereabouts.ofMaster();
  }

  @Override
  public void close() {
    if (lookout != null) {
      lookout.close();
    }
    node.close();
    if (sentinels != null) {
      sentinels.close();
    }
  }
}
