package dev.slipstream.it.shared;

import java.nio.file.Path;
import java.util.List;

/** One server. */
record SingleRedis(RedisNode node) implements RedisSetup {
  static SingleRedis start(Path folder) {
    return new SingleRedis(RedisNode.start(folder.resolve("single"), RedisNode.Announcement.NONE));
  }

  @Override
  public String url() {
    return "redis://" + node.address();
  }

  @Override
  public List<RedisNode> nodes() {
    return List.of(node);
  }

  @Override
  public RedisNode primary() {
    return node;
  }

  @Override
  public void failOver() {
    throw new UnsupportedOperationException("there is no other");
  }

  @Override
  public void awaitWhole() {
    // started, it is
  }

  @Override
  public void close() {
    node.close();
  }
}
