package dev.slipstream.engine.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipstream.config.RedisUrl;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.Protocol.Command;

/** Connections over TLS, which ends at the proxy. */
class ConnectorTlsTest {
  @TempDir Path directory;

  @Test
  void open_serverWithATrustedCertificate_isOverByTheDeadlineLikeAnyOther() throws Exception {
    SSLContext tls = certified("ip:127.0.0.1");
    try (RedisProcess redis = RedisProcess.start(directory);
        FaultyProxy proxy = new FaultyProxy(redis.port(), tls.getServerSocketFactory())) {
      RedisConnection connection = open(proxy, tls);
      byte[] reply = (byte[]) connection.command(Command.PING);
      assertThat(EntryKeys.text(reply)).isEqualTo("PONG");
      proxy.drip(Duration.ofMillis(20));
      long start = System.nanoTime();
      connection.by(Deadline.in(Duration.ofMillis(50), System::nanoTime));
      assertThatThrownBy(() -> connection.command(Command.PING))
          .hasRootCauseInstanceOf(SocketTimeoutException.class);
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(500));
      connection.close();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ip:127.0.0.2", "untrusted"})
  void open_certificateOfAnother_isRefused(String subject) throws Exception {
    boolean trusted = subject.startsWith("ip");
    SSLContext tls = certified(trusted ? subject : "ip:127.0.0.1");
    try (RedisProcess redis = RedisProcess.start(directory);
        FaultyProxy proxy = new FaultyProxy(redis.port(), tls.getServerSocketFactory())) {
      assertThatThrownBy(() -> open(proxy, trusted ? tls : null))
          .hasCauseInstanceOf(SSLHandshakeException.class);
    }
  }

  private RedisConnection open(FaultyProxy proxy, @Nullable SSLContext trust) {
    RedisUrl url =
        new RedisUrl(
            RedisUrl.Topology.SINGLE,
            true,
            List.of(new RedisUrl.Node("127.0.0.1", proxy.port())),
            null,
            null,
            0,
            null);
    Connector connector =
        new Connector(
            url,
            deadline -> url.nodes().get(0),
            trust == null ? null : trust.getSocketFactory(),
            new Counters());
    return connector.open(Deadline.in(Duration.ofSeconds(10), System::nanoTime));
  }

  private SSLContext certified(String alternativeName) throws Exception {
    return TestCertificate.of(alternativeName, directory).context();
  }
}
