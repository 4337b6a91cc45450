package dev.slipstream.it.shared;

import static org.awaitility.Awaitility.await;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Something that happens to the servers that gateways share. */
enum Fault {
  /** The primary ends as by kill -9, and later comes back empty. */
  KILLED {
    @Override
    Runnable inject(RedisSetup redis) {
      RedisNode primary = redis.primary();
      primary.server().kill();
      return () -> primary.server().start();
    }
  },
  /** All servers at once end and come back empty. */
  RESTARTED_EMPTY {
    @Override
    Runnable inject(RedisSetup redis) {
      redis.nodes().forEach(node -> node.server().kill());
      redis.nodes().forEach(node -> node.server().start());
      return () -> {};
    }
  },
  /** The server comes back with what it held 12 s before. */
  RESTORED {
    @Override
    Runnable inject(RedisSetup redis) {
      redis.command("SAVE");
      long until = System.nanoTime() + Duration.ofSeconds(12).toNanos();
      await().atMost(Duration.ofSeconds(20)).until(() -> System.nanoTime() - until >= 0);
      RedisNode primary = redis.primary();
      primary.server().kill();
      primary.server().startFromSnapshot();
      return () -> {};
    }
  },
  /** The primary is stopped where it is (SIGSTOP), and later goes on. */
  STOPPED {
    @Override
    Runnable inject(RedisSetup redis) {
      RedisNode primary = redis.primary();
      primary.server().freeze();
      return () -> primary.server().thaw();
    }
  },
  /** The primary becomes a replica of its replica, and keeps its connections. */
  FAILED_OVER {
    @Override
    Runnable inject(RedisSetup redis) {
      redis.failOver();
      return () -> {};
    }
  },
  /** Every answer comes a second late. */
  SLOW {
    @Override
    Runnable inject(RedisSetup redis) {
      redis.nodes().forEach(node -> node.proxy().delay(Duration.ofSeconds(1)));
      return () -> redis.nodes().forEach(node -> node.proxy().delay(Duration.ZERO));
    }
  },
  /** All connections go silent without an end; new ones work. */
  HALF_OPEN {
    @Override
    Runnable inject(RedisSetup redis) {
      redis.nodes().forEach(node -> node.proxy().abandonConnections());
      return () -> {};
    }
  },
  /** The servers want a password that nobody has. */
  PASSWORD_CHANGED {
    @Override
    Runnable inject(RedisSetup redis) {
      redis.command(
          "CONFIG SET masterauth changed", "CONFIG SET requirepass changed", KILL_CLIENTS);
      return () ->
          redis.command(
              "AUTH changed", "CONFIG SET requirepass \"\"", "CONFIG SET masterauth \"\"");
    }
  },
  /** The server takes no writes, being the replica of one that is away. */
  READ_ONLY {
    @Override
    Runnable inject(RedisSetup redis) {
      redis.command("REPLICAOF 127.0.0.1 1");
      return () -> redis.command("REPLICAOF NO ONE");
    }
  },
  /** The servers have no memory left, and evict nothing. */
  OUT_OF_MEMORY {
    @Override
    Runnable inject(RedisSetup redis) {
      redis.command("CONFIG SET maxmemory-policy noeviction", "CONFIG SET maxmemory 1");
      return () -> redis.command("CONFIG SET maxmemory 0");
    }
  },
  /** The servers close the connections of all clients again and again. */
  CLIENTS_KILLED {
    @Override
    Runnable inject(RedisSetup redis) {
      Thread killer =
          new Thread(
              () -> {
                while (!Thread.currentThread().isInterrupted()) {
                  redis.nodes().forEach(Fault::killClients);
                  LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
                }
              },
              "client-killer");
      killer.setDaemon(true);
      killer.start();
      return () -> {
        killer.interrupt();
        await().until(() -> !killer.isAlive());
      };
    }
  };

  private static final String KILL_CLIENTS = "CLIENT KILL TYPE normal SKIPME yes";
  private static final String KILL_SUBSCRIBERS = "CLIENT KILL TYPE pubsub";

  /** Whether another server takes over from the one that is hit, where there is another. */
  boolean isOvercomeByFailover() {
    return this == KILLED || this == STOPPED;
  }

  /** Has it happen. Returns what ends it. */
  abstract Runnable inject(RedisSetup redis);

  private static void killClients(RedisNode node) {
    try {
      node.server().send(KILL_CLIENTS, KILL_SUBSCRIBERS);
    } catch (UncheckedIOException e) {
      return; // it closed this connection, too
    }
  }
}
