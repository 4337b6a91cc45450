package dev.slipstream.engine.redis;

import java.util.List;

/** Knows which nodes serve the groups of a tier, and keeps to it as that changes. */
interface Topology {
  void start();

  /** The nodes that serve groups now. */
  List<RedisNode> nodes();

  /** Waits, a bounded time, for what the servers say now of who serves what. */
  void refreshNow();

  void close();
}
