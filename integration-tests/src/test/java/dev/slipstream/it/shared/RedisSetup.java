package dev.slipstream.it.shared;

import java.util.List;

/** Real servers that gateways share. */
sealed interface RedisSetup extends AutoCloseable permits SingleRedis, ClusterRedis, SentinelRedis {

  /** The value of {@code redis_url} for it. */
  String url();

  /** Every server that holds data. */
  List<RedisNode> nodes();

  /** A server that gateways write to now; of several always the same, while it is one. */
  default RedisNode primary() {
    return nodes().stream().filter(RedisNode::isPrimary).findFirst().orElseThrow();
  }

  /** Has another server take the place of {@link #primary}, which lives on; waits until it has. */
  void failOver();

  /** Waits until every server is there, and all that belong together know it. */
  void awaitWhole();

  /** Sends commands to every server that holds data, and fails unless each is taken. */
  default void command(String... commands) {
    for (RedisNode node : nodes()) {
      List<String> replies = node.server().send(commands);
      if (replies.stream().anyMatch(reply -> reply.startsWith("-"))) {
        throw new AssertionError(String.join("; ", commands) + ": " + replies);
      }
    }
  }

  @Override
  void close();
}
