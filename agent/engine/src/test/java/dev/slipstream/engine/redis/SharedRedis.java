package dev.slipstream.engine.redis;

import dev.slipstream.engine.cache.Coherence;
import java.nio.file.Path;
import java.time.InstantSource;

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

  /** What a process of its own has, once it uses Redis. */
  public Coherence connect() {
    RedisTier tier = Tiers.tier(Tiers.url(process.port(), null), directory.resolve("agent.log"));
    Coherence coherence = new Coherence(tier, InstantSource.system(), System::nanoTime);
    tier.start();
    Tiers.awaitUsed(tier);
    return coherence;
  }

  @Override
  public void close() {
    process.close();
  }
}
