package dev.slipstream.console.targets;

import java.io.IOException;
import java.io.ObjectInputFilter;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.rmi.server.RMISocketFactory;
import java.security.Security;
import java.time.Duration;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * What has to be set before the first class of RMI is loaded, for the whole JVM.
 *
 * <p>By default RMI waits for ever for an answer, a minute for a handshake, and as long as the
 * operating system does for a connection. The deadline of a call does not depend on these; they
 * give back the thread that a hanging gateway holds. The filter keeps a gateway that was taken over
 * from sending the console objects of any class but those that JMX needs.
 */
public final class RmiSettings {
  private static final Duration CONNECT = Duration.ofSeconds(2);

  /** Longer than the longest deadline, so that a call ends by its deadline first. */
  private static final Duration RESPONSE = Duration.ofSeconds(12);

  /** How long what DNS said is believed: gateways come and go. */
  private static final String DNS_SECONDS = "3";

  private static final String ACCEPTED =
      String.join(
          ";",
          "maxdepth=64",
          "maxbytes=16000000",
          "maxarray=1000000",
          "java.**",
          "javax.management.**",
          "javax.rmi.ssl.*",
          "sun.rmi.**",
          "com.sun.jmx.**",
          "com.sun.management.**",
          "dev.slipstream.config.**",
          "!*");

  /** Warns, with a stack trace, of each lost connection; the console says so itself. */
  private static final Logger JMX_CLIENT = Logger.getLogger("javax.management.remote");

  private RmiSettings() {}

  /** Sets them; to be called once, by the program. */
  public static void install() {
    Security.setProperty("networkaddress.cache.ttl", DNS_SECONDS);
    System.setProperty("sun.rmi.transport.tcp.handshakeTimeout", millis(CONNECT));
    System.setProperty("sun.rmi.transport.tcp.responseTimeout", millis(RESPONSE));
    ObjectInputFilter.Config.setSerialFilter(ObjectInputFilter.Config.createFilter(ACCEPTED));
    JMX_CLIENT.setLevel(Level.SEVERE);
    try {
      RMISocketFactory.setSocketFactory(new ConnectWithinTimeout());
    } catch (IOException e) {
      throw new IllegalStateException("RMI is set up already", e);
    }
  }

  private static String millis(Duration duration) {
    return Long.toString(duration.toMillis());
  }

  private static final class ConnectWithinTimeout extends RMISocketFactory {
    @Override
    public Socket createSocket(String host, int port) throws IOException {
      Socket socket = new Socket();
      try {
        socket.connect(new InetSocketAddress(host, port), (int) CONNECT.toMillis());
        return socket;
      } catch (IOException e) {
        socket.close();
        throw e;
      }
    }

    @Override
    public ServerSocket createServerSocket(int port) throws IOException {
      return new ServerSocket(port);
    }
  }
}
