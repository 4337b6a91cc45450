package dev.slipstream.console.fake;

import dev.slipstream.console.targets.TargetAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.rmi.registry.LocateRegistry;
import java.rmi.registry.Registry;
import java.rmi.server.UnicastRemoteObject;
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

/** An MBean server with a remote connector, as a gateway's JVM has one, in the test's JVM. */
public final class FakeGateway implements AutoCloseable {
  private final MBeanServer beans = MBeanServerFactory.newMBeanServer();
  private final AtomicInteger port = new AtomicInteger();
  private final Registry registry;
  private final JMXConnectorServer connector;

  private FakeGateway(Map<String, ?> environment, int registryPort) throws IOException {
    registry =
        LocateRegistry.createRegistry(
            registryPort,
            null,
            wanted -> {
              ServerSocket socket = new ServerSocket(wanted, 50, InetAddress.getLoopbackAddress());
              port.set(socket.getLocalPort());
              return socket;
            });
    RMIJRMPServerImpl server = new RMIJRMPServerImpl(0, null, null, environment);
    connector =
        new RMIConnectorServer(new JMXServiceURL("rmi", null, 0), environment, server, beans);
    connector.start();
    registry.rebind("jmxrmi", server.toStub());
  }

  public static FakeGateway with(FakeAgent agent) throws IOException, JMException {
    return with(agent, 0);
  }

  public static FakeGateway with(FakeAgent agent, int registryPort)
      throws IOException, JMException {
    FakeGateway gateway = new FakeGateway(Map.of(), registryPort);
    agent.registerIn(gateway.beans);
    return gateway;
  }

  public static FakeGateway withoutAgent() throws IOException {
    return new FakeGateway(Map.of(), 0);
  }

  /** A gateway whose connector lets nobody in. */
  public static FakeGateway denying() throws IOException {
    JMXAuthenticator authenticator =
        credentials -> {
          throw new SecurityException("Authentication failed! Credentials required");
        };
    return new FakeGateway(Map.of(JMXConnectorServer.AUTHENTICATOR, authenticator), 0);
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
