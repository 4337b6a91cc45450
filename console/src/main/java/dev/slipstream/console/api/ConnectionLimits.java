package dev.slipstream.console.api;

import dev.slipstream.console.security.PeerAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Keeps connections that send nothing, or a byte now and then, from taking the place of others: the
 * head of a request has to be there within 10 s, one address has 256 connections at most, this
 * machine's own excepted, and all together 2,048. One that waits costs a buffer and no thread.
 */
final class ConnectionLimits implements Connection.Listener {
  private static final Duration HEAD = Duration.ofSeconds(10);
  private static final int MOST = 2_048;
  private static final int MOST_OF_A_PEER = 256;

  private final Map<Connection, Watched> connections = new ConcurrentHashMap<>();
  private final Map<String, Integer> peers = new ConcurrentHashMap<>();

  private record Watched(String peer, HeadProgress progress) {}

  /** Looks at the connections now and every second, until the scheduler ends. */
  void watch(Scheduler scheduler) {
    long now = System.nanoTime();
    connections.forEach(
        (connection, watched) -> {
          if (watched
              .progress()
              .isOverdue(
                  connection.getMessagesIn(),
                  connection.getMessagesOut(),
                  connection.getBytesIn(),
                  now)) {
            connection.getEndPoint().close();
          }
        });
    Scheduler.Task unused = scheduler.schedule(() -> watch(scheduler), 1, TimeUnit.SECONDS);
  }

  @Override
  public void onOpened(Connection connection) {
    if (connection instanceof SslConnection) {
      return; // What is spoken within it is another connection.
    }
    boolean local = false;
    String peer = "";
    if (connection.getEndPoint().getRemoteSocketAddress() instanceof InetSocketAddress address) {
      local = address.getAddress().isLoopbackAddress();
      peer = PeerAddress.network(address.getAddress().getHostAddress());
    }
    connections.put(
        connection, new Watched(peer, new HeadProgress(HEAD.toNanos(), System.nanoTime())));
    int ofPeer = peers.merge(peer, 1, Integer::sum);
    if (connections.size() > MOST || (ofPeer > MOST_OF_A_PEER && !local)) {
      connection.getEndPoint().close();
    }
  }

  @Override
  public void onClosed(Connection connection) {
    Watched watched = connections.remove(connection);
    if (watched != null) {
      peers.computeIfPresent(watched.peer(), (peer, count) -> count == 1 ? null : count - 1);
    }
  }

  /** Connections that are open. */
  int open() {
    return connections.size();
  }
}
