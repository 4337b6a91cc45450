package dev.slipstream.console.targets;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.rmi.NotBoundException;
import java.rmi.Remote;
import java.rmi.registry.LocateRegistry;
import java.rmi.server.RMIClientSocketFactory;
import java.util.HashMap;
import java.util.Map;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXServiceURL;
import javax.management.remote.rmi.RMIConnector;
import javax.management.remote.rmi.RMIServer;
import org.jspecify.annotations.Nullable;

/** The ways to a JVM: its remote connector, and the Attach API. */
final class RmiConnectors {
  /** No thread that checks the connection: the monitor does. */
  private static final Map<String, ?> ENVIRONMENT =
      Map.of("jmx.remote.x.client.connection.check.period", 0L);

  private RmiConnectors() {}

  /** The remote connector that the registry at an address names {@code jmxrmi}. */
  static Connector remote(ConfiguredTarget target) {
    return () -> {
      JmxAccess access = target.access();
      RMIClientSocketFactory sockets = access.tls() ? TlsSockets.of(access) : null;
      RMIServer server = named(target.address(), access.registryTls() ? sockets : null);
      String[] credentials = access.credentials();
      Map<String, Object> environment = new HashMap<>(ENVIRONMENT);
      if (credentials != null) {
        environment.put(JMXConnector.CREDENTIALS, credentials);
      }
      return connected(
          new RMIConnector(
              sockets == null ? server : PinnedServer.of(server, sockets), environment));
    };
  }

  private static RMIServer named(TargetAddress address, @Nullable RMIClientSocketFactory sockets)
      throws IOException {
    Remote found;
    try {
      found = LocateRegistry.getRegistry(address.host(), address.port(), sockets).lookup("jmxrmi");
    } catch (NotBoundException e) {
      throw new NoConnectorException("the registry names no jmxrmi");
    }
    if (!(found instanceof RMIServer server)) {
      throw new NoConnectorException("jmxrmi is something else");
    }
    return server;
  }

  /** The connector that a JVM of this machine and user opens for local peers when it is asked. */
  static Connector local(long pid) {
    return () -> {
      String address;
      try {
        VirtualMachine machine = VirtualMachine.attach(Long.toString(pid));
        try {
          address = machine.startLocalManagementAgent();
        } finally {
          machine.detach();
        }
      } catch (AttachNotSupportedException e) {
        throw new IOException(e);
      }
      return connected(new RMIConnector(new JMXServiceURL(address), ENVIRONMENT));
    };
  }

  @SuppressWarnings("BanJNDI") // No lookup is made: the operator or the process gave the connector.
  private static JMXConnector connected(RMIConnector connector) throws IOException {
    connector.connect();
    return connector;
  }
}
