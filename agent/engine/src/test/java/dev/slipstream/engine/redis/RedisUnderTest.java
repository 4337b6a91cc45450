package dev.slipstream.engine.redis;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.testcontainers.DockerClientFactory;
import redis.clients.jedis.Connection;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Protocol.Command;

/** A real Redis of a test's own: in Docker where an engine answers, else a process. */
sealed interface RedisUnderTest extends AutoCloseable permits RedisContainer, RedisProcess {

  /** Starts one, empty, and prints a line that says which of the two it is. */
  static RedisUnderTest start(Path directory) {
    boolean docker = dockerAnswers();
    RedisUnderTest redis = docker ? RedisContainer.start() : RedisProcess.start(directory);
    System.out.println(
        "Redis under test: "
            + redis.version()
            + (docker
                ? " in Docker, image " + RedisContainer.IMAGE
                : " of embedded-redis, as no Docker engine answered"));
    return redis;
  }

  /** Testcontainers itself waits without end for an engine that accepts and says nothing. */
  private static boolean dockerAnswers() {
    FutureTask<Boolean> check =
        new FutureTask<>(() -> DockerClientFactory.instance().isDockerAvailable());
    Thread thread = new Thread(check, "docker-check");
    thread.setDaemon(true);
    thread.start();
    try {
      return check.get(10, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      return false;
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  HostAndPort address();

  /** Ends it without its saving anything, and starts it again, empty, at the same address. */
  void restart();

  @Override
  void close();

  /** Sends a command on a connection of its own. Returns what Jedis makes of the reply. */
  default Object command(Command command, String... arguments) {
    return command(address(), null, command, arguments);
  }

  static Object command(
      HostAndPort address, @Nullable String password, Command command, String... arguments) {
    DefaultJedisClientConfig config =
        DefaultJedisClientConfig.builder()
            .password(password)
            .socketTimeoutMillis(5_000)
            .serverDefaultProtocol()
            .build();
    try (Connection connection = new Connection(address, config)) {
      connection.sendCommand(command, arguments);
      return connection.getOne();
    }
  }

  /** All keys of the database, but for where gateways note that they are there. */
  default List<String> keys() {
    List<String> keys = new ArrayList<>();
    for (Object key : (List<?>) command(Command.KEYS, "*")) {
      keys.add(new String((byte[]) key, StandardCharsets.UTF_8));
    }
    keys.removeIf(key -> key.matches("apigw:(\\{\\d+}:)?_(nodes|beat)"));
    return keys;
  }

  /** As the server itself states it: "redis_version:7.4.2". */
  default String version() {
    String information =
        new String((byte[]) command(Command.INFO, "server"), StandardCharsets.UTF_8);
    return information
        .lines()
        .filter(line -> line.startsWith("redis_version:"))
        .findFirst()
        .orElseThrow();
  }
}
