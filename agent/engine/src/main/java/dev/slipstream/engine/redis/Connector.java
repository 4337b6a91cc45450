package dev.slipstream.engine.redis;

import dev.slipstream.config.RedisUrl;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.security.NoSuchAlgorithmException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.ClientSetInfoConfig;
import redis.clients.jedis.Connection;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.exceptions.JedisConnectionException;

/** Opens connections to one server. For maintenance threads: it waits. */
final class Connector {
  private final Whereabouts whereabouts;
  private final @Nullable SSLSocketFactory tls;
  private final JedisClientConfig config;
  private final Counters counters;
  private final AtomicInteger failures = new AtomicInteger();
  private volatile String expected = "";

  /** Makes a connector; {@code tls} null is for the JVM's own trust store. */
  Connector(
      RedisUrl url, Whereabouts whereabouts, @Nullable SSLSocketFactory tls, Counters counters) {
    this.whereabouts = whereabouts;
    this.tls = !url.tls() ? null : tls != null ? tls : defaultTls();
    this.counters = counters;
    this.config =
        DefaultJedisClientConfig.builder()
            .serverDefaultProtocol() // no HELLO, which servers before 6 do not know
            .autoNegotiateProtocol(false)
            .user(url.user())
            .password(url.password())
            .database(url.database())
            .clientName("slipstream")
            .clientSetInfoConfig(ClientSetInfoConfig.DISABLED)
            .build();
  }

  private static SSLSocketFactory defaultTls() {
    try {
      return SSLContext.getDefault().getSocketFactory();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("the JVM has no TLS", e);
    }
  }

  /**
   * Has only connections to one server opened from now on.
   *
   * @param identity what it calls itself; empty for any
   */
  void expect(String identity) {
    expected = identity;
  }

  /** Finds the server, connects, authenticates and selects the database, all by the deadline. */
  RedisConnection open(Deadline deadline) {
    DeadlineSocket plain = new DeadlineSocket(deadline, counters);
    AtomicBoolean opened = new AtomicBoolean();
    try {
      RedisUrl.Node node = whereabouts.locate(deadline);
      Connection connection =
          new Connection(
              () -> {
                // Jedis connects anew by itself, in whichever thread it is.
                if (opened.getAndSet(true)) {
                  throw new JedisConnectionException("the connection was closed");
                }
                return connected(plain, node);
              },
              config);
      return checked(new RedisConnection(connection, plain, node));
    } catch (RuntimeException | LinkageError e) {
      failures.updateAndGet(count -> (count + 1) & Integer.MAX_VALUE);
      Quietly.close(plain);
      throw e;
    }
  }

  private RedisConnection checked(RedisConnection connection) {
    if (whereabouts.ofMaster() && !connection.isToMaster()) {
      throw new JedisConnectionException("the server is not the master");
    }
    connection.identify();
    String wanted = expected;
    if (!wanted.isEmpty() && !wanted.equals(connection.identity())) {
      throw new JedisConnectionException("another server answers than before");
    }
    return connection;
  }

  /** A host may have several addresses: the next attempt takes the next one. */
  private InetSocketAddress nextAddress(RedisUrl.Node node) throws UnknownHostException {
    InetAddress[] addresses = InetAddress.getAllByName(node.host());
    int index = failures.get() % addresses.length;
    return new InetSocketAddress(addresses[index], node.port());
  }

  private Socket connected(DeadlineSocket plain, RedisUrl.Node node) {
    try {
      plain.setTcpNoDelay(true);
      plain.setKeepAlive(true);
      plain.connectInTime(nextAddress(node));
      if (tls == null) {
        return plain;
      }
      SSLSocket secured = (SSLSocket) tls.createSocket(plain, node.host(), node.port(), true);
      SSLParameters parameters = secured.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      secured.setSSLParameters(parameters);
      secured.startHandshake();
      return secured;
    } catch (IOException e) {
      throw new JedisConnectionException(e);
    }
  }
}
