package dev.slipstream.engine.redis;

import dev.slipstream.config.RedisUrl;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisAccessControlException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisNoScriptException;

/**
 * A connection to the server, for one thread at a time.
 *
 * <p>Replies are what Jedis makes of them: {@code byte[]}, {@code Long}, a list of these, or null.
 * Every method throws Jedis' exceptions. After a {@code JedisConnectionException} the connection is
 * of no more use; after a {@code JedisDataException} it is.
 */
final class RedisConnection {
  private final Connection connection;
  private final DeadlineSocket socket;
  private final RedisUrl.Node address;
  private String identity;
  private boolean identified;

  RedisConnection(Connection connection, DeadlineSocket socket, RedisUrl.Node address) {
    this.connection = connection;
    this.socket = socket;
    this.address = address;
    this.identity = address.toString();
  }

  RedisUrl.Node address() {
    return address;
  }

  /** What the server calls itself since it was started; its address where it does not say. */
  String identity() {
    return identity;
  }

  /** Whether the server said what it calls itself. */
  boolean isIdentified() {
    return identified;
  }

  /** Asks the server what it calls itself. */
  void identify() {
    try {
      if (command(Command.INFO, EntryKeys.bytes("server")) instanceof byte[] information) {
        String said = Information.text(EntryKeys.text(information), "run_id");
        identified = !said.isEmpty();
        identity = identified ? said : address.toString();
      }
    } catch (JedisDataException e) {
      if (Refusal.isUnauthenticated(e)) {
        throw e;
      }
      // INFO is not among the commands that the user may run.
    }
  }

  /** Whether the server is a master; also where it does not say. */
  boolean isToMaster() {
    try {
      return !(command(Command.ROLE) instanceof List<?> role)
          || EntryKeys.text(role.get(0)).equals("master");
    } catch (JedisAccessControlException e) {
      return true;
    }
  }

  /** Sets by when the operations that follow are over. */
  RedisConnection by(Deadline deadline) {
    socket.deadline(deadline);
    return this;
  }

  Deadline deadline() {
    return socket.deadline();
  }

  boolean isUsable() {
    return !connection.isBroken() && !socket.isClosed();
  }

  /** Runs a script; loads it where the server does not have it. */
  @Nullable Object run(Script script, int keys, byte[]... keysAndArguments) {
    try {
      return command(Command.EVALSHA, call(script.hash(), keys, keysAndArguments));
    } catch (JedisNoScriptException e) {
      return command(Command.EVAL, call(script.text(), keys, keysAndArguments));
    }
  }

  /**
   * Runs a script many times in one exchange. A reply that is an error is its {@code
   * JedisDataException}.
   */
  List<Object> runAll(Script script, int keys, List<byte[][]> calls) {
    List<Object> replies = send(script.hash(), script.hash(), keys, calls);
    List<Integer> unknown = new ArrayList<>();
    for (int i = 0; i < replies.size(); i++) {
      if (replies.get(i) instanceof JedisNoScriptException) {
        unknown.add(i);
      }
    }
    if (!unknown.isEmpty()) {
      List<byte[][]> again = unknown.stream().map(calls::get).toList();
      List<Object> loaded = send(script.text(), script.hash(), keys, again);
      for (int i = 0; i < loaded.size(); i++) {
        replies.set(unknown.get(i), loaded.get(i));
      }
    }
    return replies;
  }

  private List<Object> send(byte[] first, byte[] rest, int keys, List<byte[][]> calls) {
    for (int i = 0; i < calls.size(); i++) {
      boolean byHash = i > 0 || first == rest;
      connection.sendCommand(
          byHash ? Command.EVALSHA : Command.EVAL, call(byHash ? rest : first, keys, calls.get(i)));
    }
    return connection.getMany(calls.size());
  }

  @Nullable Object command(Command command, byte[]... arguments) {
    connection.sendCommand(command, arguments);
    return connection.getOne();
  }

  /** The next that the server sends by itself. */
  @Nullable Object next() {
    return connection.getOne();
  }

  /** Closes the socket, also under a thread that waits on it. */
  void close() {
    Quietly.close(socket);
  }

  private static byte[][] call(byte[] script, int keys, byte[][] keysAndArguments) {
    byte[][] call = new byte[keysAndArguments.length + 2][];
    call[0] = script;
    call[1] = Integer.toString(keys).getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(keysAndArguments, 0, call, 2, keysAndArguments.length);
    return call;
  }
}
