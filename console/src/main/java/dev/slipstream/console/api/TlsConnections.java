package dev.slipstream.console.api;

import dev.slipstream.console.security.TlsIdentity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.KeyStoreScanner;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** TLS 1.2 and 1.3 in front of HTTP; a key store that was replaced is taken up within a minute. */
final class TlsConnections {
  private static final int SECONDS_BETWEEN_LOOKS = (int) Duration.ofMinutes(1).toSeconds();

  private TlsConnections() {}

  static SslConnectionFactory of(TlsIdentity identity, HttpConfiguration http) {
    SslContextFactory.Server tls = new SslContextFactory.Server();
    tls.setKeyStorePath(identity.keyStore().toAbsolutePath().toString());
    tls.setKeyStoreType("PKCS12");
    try {
      tls.setKeyStorePassword(identity.password());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    tls.setIncludeProtocols("TLSv1.2", "TLSv1.3");
    tls.setSniRequired(false);
    http.addCustomizer(new SecureRequestCustomizer(false)); // Host is the guard's business.
    SslConnectionFactory factory = new SslConnectionFactory(tls, HttpVersion.HTTP_1_1.asString());
    KeyStoreScanner scanner = new KeyStoreScanner(tls);
    scanner.setScanInterval(SECONDS_BETWEEN_LOOKS);
    factory.addBean(scanner);
    return factory;
  }
}
