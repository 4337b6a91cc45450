package dev.slipstream.engine.redis;

import dev.slipstream.config.RedisUrl;
import java.util.List;

/** Knows which nodes serve the groups of a tier, and keeps to it as that changes. */
interface Topology {
  void start();

  /** The nodes that serve groups now. */
  List<RedisNode> nodes();

  /** Has it found out soon which servers serve what. */
  void refresh();

  /** Why it is not known which nodes serve what; empty where it is. */
  String trouble();

  /** Waits, a bounded time, for what the servers say now of who serves what. */
  void refreshNow();

  /** Where a server is that all gateways find: there they tell each other what they do. */
  RedisUrl.Node home(Deadline deadline);

  /** Whether only a master will do there. */
  boolean isHomeMaster();

  void close();
}
