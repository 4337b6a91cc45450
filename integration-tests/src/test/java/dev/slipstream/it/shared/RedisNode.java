package dev.slipstream.it.shared;

import dev.slipstream.it.RedisServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * A server that holds data, and the proxy that clients reach it through.
 *
 * @param server what is asked about itself, killed and frozen
 * @param proxy what clients know
 */
record RedisNode(RedisServer server, RedisProxy proxy) implements AutoCloseable {

  /** How a node tells others where its clients reach it. */
  enum Announcement {
    NONE,
    AS_REPLICA,
    IN_CLUSTER
  }

  /** Starts one in a folder of its own. */
  static RedisNode start(Path folder, Announcement announcement, String... options) {
    ServerSocket listener = RedisProxy.listen();
    String port = Integer.toString(listener.getLocalPort());
    List<String> announced =
        switch (announcement) {
          case NONE -> List.of();
          case AS_REPLICA ->
              List.of("--replica-announce-ip", "127.0.0.1", "--replica-announce-port", port);
          case IN_CLUSTER ->
              List.of("--cluster-announce-ip", "127.0.0.1", "--cluster-announce-port", port);
        };
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    RedisServer server =
        RedisServer.start(
            folder, Stream.concat(announced.stream(), Stream.of(options)).toArray(String[]::new));
    return new RedisNode(server, new RedisProxy(listener, server.port()));
  }

  String address() {
    return String.format(Locale.ROOT, "127.0.0.1:%d", proxy.port());
  }

  boolean isPrimary() {
    return server.query("INFO replication").contains("role:master");
  }

  @Override
  public void close() {
    server.close();
    proxy.close();
  }
}
