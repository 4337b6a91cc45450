package dev.slipstream.engine.redis;

import java.nio.file.Path;

/** A real redis-server for the tests of what is built on the tier. */
public final class SharedRedis implements AutoCloseable {
  private final RedisProcess process;
  private final Path directory;

  private SharedRedis(Path directory) {
    this.directory = directory;
    this.process = RedisProcess.start(directory);
  }

  /** Starts it, empty. */
  public static SharedRedis start(Path directory) {
    return new SharedRedis(directory);
  }

  /** A tier of its own that has connected. */
  public RedisTier tier() {
    return Tiers.connected(process.port(), directory.resolve("agent.log"));
  }

  @Override
  public void close() {
    process.close();
  }
}
