package dev.slipstream.engine.redis;

import dev.slipstream.config.RedisUrl;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisConnectionException;

/**
 * The sentinels that watch a group of servers, and say which of them is the master.
 *
 * <p>All are asked, and the one with the latest configuration epoch is believed: a sentinel that
 * was cut off names a master of the past. One that does not answer is not asked for a while.
 * Thread-safe.
 */
final class Sentinels implements Whereabouts {
  private static final Duration LONGEST_EACH = Duration.ofMillis(300);
  private static final Duration NOT_ASKED = Duration.ofSeconds(5);

  private final Setup setup;
  private final RedisUrl sentinelUrl;
  private final List<Sentinel> sentinels = new ArrayList<>();
  private volatile RedisUrl.@Nullable Node located;
  private boolean closed;

  /** A sentinel and the connection to it. */
  private static final class Sentinel {
    private final Connector connector;
    private @Nullable RedisConnection connection;
    private boolean failed;
    private long failedNanos;

    private Sentinel(Connector connector) {
      this.connector = connector;
    }
  }

  private record Answer(long epoch, RedisUrl.Node master) {}

  Sentinels(Setup setup) {
    this.setup = setup;
    RedisUrl url = setup.url();
    // User and password are the servers', and sentinels have no databases.
    this.sentinelUrl =
        new RedisUrl(RedisUrl.Topology.SINGLE, url.tls(), url.nodes(), null, null, 0, null);
    for (RedisUrl.Node address : url.nodes()) {
      sentinels.add(
          new Sentinel(new Connector(sentinelUrl, deadline -> address, null, setup.counters())));
    }
  }

  @Override
  public boolean ofMaster() {
    return true;
  }

  /** Where no sentinel answers it is where it was: they are not needed while nothing changes. */
  @Override
  public RedisUrl.Node locate(Deadline deadline) {
    RedisUrl.Node before = located;
    try {
      RedisUrl.Node master = ask(deadline.firstHalf());
      located = master;
      return master;
    } catch (JedisConnectionException e) {
      if (before == null) {
        throw e;
      }
      return before;
    }
  }

  /** The master that they name now; throws where none answers. */
  RedisUrl.Node master(Duration patience) {
    return ask(Deadline.in(patience, setup.nanoTicker()));
  }

  private synchronized RedisUrl.Node ask(Deadline deadline) {
    if (closed) {
      throw new JedisConnectionException("the tier is closed");
    }
    Answer latest = null;
    String why = "none was asked";
    for (boolean again : new boolean[] {false, true}) {
      for (Sentinel sentinel : sentinels) {
        if (deadline.remainingNanos() > 0 && isAskedNow(sentinel, again)) {
          try {
            Answer answer = ask(sentinel, deadline);
            latest = latest == null || answer.epoch() > latest.epoch() ? answer : latest;
          } catch (RuntimeException e) {
            why = Reason.of(e, sentinelUrl);
            drop(sentinel);
          }
        }
      }
      if (latest != null) {
        return latest.master();
      }
    }
    throw new JedisConnectionException("no sentinel names the master: " + why);
  }

  /** Those that failed of late are asked only where nobody else knows. */
  private boolean isAskedNow(Sentinel sentinel, boolean again) {
    boolean failedOfLate =
        sentinel.failed
            && setup.nanoTicker().getAsLong() - sentinel.failedNanos < NOT_ASKED.toNanos();
    return failedOfLate == again;
  }

  private Answer ask(Sentinel sentinel, Deadline whole) {
    long nanos = Math.min(LONGEST_EACH.toNanos(), whole.remainingNanos());
    Deadline deadline = Deadline.in(Duration.ofNanos(nanos), setup.nanoTicker());
    RedisConnection current = sentinel.connection;
    if (current == null) {
      current = sentinel.connector.open(deadline);
      sentinel.connection = current;
    }
    String master = Objects.requireNonNull(setup.url().master());
    Object reply =
        current
            .by(deadline)
            .command(Command.SENTINEL, EntryKeys.bytes("MASTER"), EntryKeys.bytes(master));
    sentinel.failed = false;
    Map<String, String> fields = fields(reply);
    return new Answer(
        Long.parseLong(fields.getOrDefault("config-epoch", "0")),
        new RedisUrl.Node(
            fields.getOrDefault("ip", ""), Integer.parseInt(fields.getOrDefault("port", "0"))));
  }

  private static Map<String, String> fields(@Nullable Object reply) {
    Map<String, String> fields = new HashMap<>();
    if (reply instanceof List<?> flat) {
      for (int i = 0; i + 1 < flat.size(); i += 2) {
        fields.put(text(flat.get(i)), text(flat.get(i + 1)));
      }
    }
    return fields;
  }

  private static String text(Object bytes) {
    return new String((byte[]) bytes, StandardCharsets.UTF_8);
  }

  private void drop(Sentinel sentinel) {
    sentinel.failed = true;
    sentinel.failedNanos = setup.nanoTicker().getAsLong();
    RedisConnection current = sentinel.connection;
    sentinel.connection = null;
    if (current != null) {
      current.close();
    }
  }

  synchronized void close() {
    closed = true;
    sentinels.forEach(this::drop);
  }
}
