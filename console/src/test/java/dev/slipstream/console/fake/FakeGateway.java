package dev.slipstream.console.fake;

import dev.slipstream.console.targets.TargetAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.rmi.registry.LocateRegistry;
import java.rmi.registry.Registry;
import java.rmi.server.RMIClientSocketFactory;
import java.rmi.server.UnicastRemoteObject;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import javax.management.remote.JMXAuthenticator;
import javax.management.remote.JMXConnectorServer;
import javax.management.remote.JMXServiceURL;
import javax.management.remote.rmi.RMIConnectorServer;
import javax.management.remote.rmi.RMIJRMPServerImpl;
import javax.net.ssl.SSLContext;
import javax.rmi.ssl.SslRMIClientSocketFactory;
import javax.rmi.ssl.SslRMIServerSocketFactory;
import javax.security.auth.Subject;
import org.jspecify.annotations.Nullable;

/** An MBean server with a remote connector, as a gateway's JVM has one, in the test's JVM. */
public final class FakeGateway implements AutoCloseable {
  private final MBeanServer beans = MBeanServerFactory.newMBeanServer();
  private final AtomicInteger port = new AtomicInteger();
  private final Registry registry;
  private final JMXConnectorServer connector;

  private FakeGateway(Map<String, ?> environment, int registryPort, @Nullable SSLContext tls)
      throws IOException {
    RMIClientSocketFactory client = tls == null ? null : new SslRMIClientSocketFactory();
    registry =
        LocateRegistry.createRegistry(registryPort, client, wanted -> listening(wanted, tls));
    RMIJRMPServerImpl server =
        new RMIJRMPServerImpl(
            0,
            client,
            tls == null ? null : new SslRMIServerSocketFactory(tls, null, null, false),
            environment);
    connector =
        new RMIConnectorServer(new JMXServiceURL("rmi", null, 0), environment, server, beans);
    connector.start();
    registry.rebind("jmxrmi", server.toStub());
  }

  private ServerSocket listening(int wanted, @Nullable SSLContext tls) throws IOException {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    ServerSocket socket =
        tls == null
            ? new ServerSocket(wanted, 50, loopback)
            : tls.getServerSocketFactory().createServerSocket(wanted, 50, loopback);
    port.set(socket.getLocalPort());
    return socket;
  }

  /** A gateway that speaks TLS and lets one user in. */
  public static FakeGateway secured(FakeAgent agent, SSLContext tls, String user, String password)
      throws IOException, JMException {
    JMXAuthenticator authenticator =
        credentials -> {
          if (credentials instanceof String[] given
              && Arrays.equals(given, new String[] {user, password})) {
            return new Subject();
          }
          throw new SecurityException("Authentication failed! Invalid username or password");
        };
    FakeGateway gateway =
        new FakeGateway(Map.of(JMXConnectorServer.AUTHENTICATOR, authenticator), 0, tls);
    agent.registerIn(gateway.beans);
    return gateway;
  }

  public static FakeGateway with(FakeAgent agent) throws IOException, JMException {
    return with(agent, 0);
  }

  public static FakeGateway with(FakeAgent agent, int registryPort)
      throws IOException, JMException {
    FakeGateway gateway = new FakeGateway(Map.of(), registryPort, null);
    agent.registerIn(gateway.beans);
    return gateway;
  }

  public static FakeGateway withoutAgent() throws IOException {
    return new FakeGateway(Map.of(), 0, null);
  }

  /** A gateway whose connector lets nobody in. */
  public static FakeGateway denying() throws IOException {
    JMXAuthenticator authenticator =
        credentials -> {
          throw new SecurityException("Authentication failed! Credentials required");
        };
    return new FakeGateway(Map.of(JMXConnectorServer.AUTHENTICATOR, authenticator), 0, null);
  }

  public TargetAddress called(String name) {
    return new TargetAddress(name, "127.0.0.1", port.get());
  }

  public MBeanServer beans() {
    return beans;
  }

  @Override
  public void close() throws IOException {
    connector.stop();
    UnicastRemoteObject.unexportObject(registry, true);
  }
}
