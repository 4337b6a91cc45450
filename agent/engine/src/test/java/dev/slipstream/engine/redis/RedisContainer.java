package dev.slipstream.engine.redis;

import static org.awaitility.Awaitility.await;

import java.util.List;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.utility.DockerImageName;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisException;

/** A Redis in Docker, removed with the test. */
final class RedisContainer implements RedisUnderTest {
  /** Settable, as what production runs may be another version. */
  static final String IMAGE = System.getProperty("slipstream.test.redis.image", "redis:7-alpine");

  private static final int PORT = 6379;

  private final GenericContainer<?> container;

  private RedisContainer(GenericContainer<?> container) {
    this.container = container;
  }

  static RedisContainer start() {
    GenericContainer<?> container =
        new GenericContainer<>(DockerImageName.parse(IMAGE))
            .withCommand(
                // Any image's; some protect themselves from whom they do not know, as Redis does.
                "redis-server", "--save", "", "--appendonly", "no", "--protected-mode", "no")
            .withExposedPorts(PORT)
            .waitingFor(Wait.forLogMessage(".*Ready to accept connections.*", 1));
    // Of its own choice Docker takes another port at each start, and a restart is to keep it.
    container.setPortBindings(List.of(interfacePrefix() + RedisProcess.freePort() + ":" + PORT));
    container.start();
    RedisContainer redis = new RedisContainer(container);
    redis.awaitAnswer();
    return redis;
  }

  /** Loopback alone, where the engine is on this machine: this Redis has no password. */
  private static String interfacePrefix() {
    return DockerClientFactory.instance().dockerHostIpAddress().equals("localhost")
        ? "127.0.0.1:"
        : "";
  }

  @Override
  public HostAndPort address() {
    String host = container.getHost();
    return new HostAndPort(
        host.equals("localhost") ? "127.0.0.1" : host, container.getMappedPort(PORT));
  }

  @Override
  public void restart() {
    container
        .getDockerClient()
        .restartContainerCmd(container.getContainerId())
        .withTimeout(0)
        .exec();
    awaitAnswer();
  }

  /** Docker's proxy accepts connections before the server does. */
  private void awaitAnswer() {
    await()
        .atMost(Tiers.PATIENCE)
        .ignoreExceptionsInstanceOf(JedisException.class)
        .until(() -> command(Command.PING) != null);
  }

  @Override
  public void close() {
    container.stop();
  }
}
