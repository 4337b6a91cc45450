package dev.slipstream.console.targets;

import dev.slipstream.console.security.SecretFile;
import java.io.File;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.rmi.server.RMIClientSocketFactory;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * Makes the connections to one gateway, which has to show a certificate that is trusted for it. As
 * in all of RMI, the name in the certificate is not compared where a trust store says who it is; it
 * is where the public authorities of the JDK do, who certify anybody.
 */
final class TlsSockets implements RMIClientSocketFactory {
  private static final int TIMEOUT_MILLIS = (int) Duration.ofSeconds(2).toMillis();

  private final SSLSocketFactory sockets;
  private final boolean comparesNames;

  private TlsSockets(SSLSocketFactory sockets, boolean comparesNames) {
    this.sockets = sockets;
    this.comparesNames = comparesNames;
  }

  /**
   * Those for a gateway.
   *
   * @throws IOException if the trust store cannot be used; the message says why
   */
  static TlsSockets of(JmxAccess access) throws IOException {
    try {
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(trusted(access));
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return new TlsSockets(context.getSocketFactory(), access.trustStore() == null);
    } catch (GeneralSecurityException e) {
      throw new IOException("the trust store cannot be used: " + e.getMessage(), e);
    }
  }

  private static @Nullable KeyStore trusted(JmxAccess access)
      throws IOException, GeneralSecurityException {
    Path file = access.trustStore();
    if (file == null) {
      return null; // Those of the JDK.
    }
    Path passwordFile = access.trustStorePasswordFile();
    char @Nullable [] password =
        passwordFile == null ? null : SecretFile.firstLine(passwordFile).toCharArray();
    File readable = file.toFile();
    if (!readable.canRead()) {
      throw new IOException(file + " cannot be read");
    }
    try {
      KeyStore store = KeyStore.getInstance(readable, password);
      if (store.size() == 0) {
        throw new IOException(file + " has no certificate, or its password is missing");
      }
      return store;
    } catch (IOException | GeneralSecurityException e) {
      throw new IOException(file + " cannot be opened: " + e.getMessage(), e);
    }
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    Socket plain = new Socket();
    try {
      plain.connect(new InetSocketAddress(host, port), TIMEOUT_MILLIS);
      SSLSocket socket = (SSLSocket) sockets.createSocket(plain, host, port, true);
      if (comparesNames) {
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
      }
      socket.setSoTimeout(TIMEOUT_MILLIS);
      socket.startHandshake();
      socket.setSoTimeout(0);
      return socket;
    } catch (IOException e) {
      plain.close();
      throw e;
    }
  }
}
