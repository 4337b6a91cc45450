package dev.slipstream.engine.management.remote;

import java.io.IOException;
import java.io.ObjectInputFilter;
import java.rmi.server.RMIClientSocketFactory;
import java.rmi.server.RMIServerSocketFactory;
import java.rmi.server.UnicastRemoteObject;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.management.MBeanServer;
import javax.management.remote.rmi.RMIConnection;
import javax.management.remote.rmi.RMIJRMPServerImpl;
import javax.security.auth.Subject;
import org.jspecify.annotations.Nullable;

/** Makes a {@link GuardedConnection} for each client, of which there are 64 at most. */
final class GuardedServer extends RMIJRMPServerImpl {
  /** What a client may send: what JMX needs, and nothing that a class of the application has. */
  private static final ObjectInputFilter ACCEPTED =
      ObjectInputFilter.Config.createFilter(
          String.join(
              ";",
              "maxdepth=10",
              "maxrefs=20000",
              "maxarray=20000",
              "maxbytes=2000000",
              "java.lang.*",
              "java.math.*",
              "java.util.*",
              "java.rmi.MarshalledObject",
              "java.rmi.dgc.*",
              "java.rmi.server.*",
              "javax.management.*",
              "javax.management.openmbean.*",
              "javax.management.relation.*",
              "javax.management.remote.*",
              "javax.security.auth.Subject",
              "!*"));

  private static final int MOST_CLIENTS = 64;

  private final int port;
  private final @Nullable RMIClientSocketFactory client;
  private final RMIServerSocketFactory sockets;
  private final Map<String, ?> environment;
  private final Set<RMIConnection> clients = ConcurrentHashMap.newKeySet();

  GuardedServer(
      int port,
      @Nullable RMIClientSocketFactory client,
      RMIServerSocketFactory sockets,
      Map<String, ?> environment)
      throws IOException {
    super(port, client, sockets, environment);
    this.port = port;
    this.client = client;
    this.sockets = sockets;
    this.environment = environment;
  }

  @Override
  protected RMIConnection makeClient(String id, Subject subject) throws IOException {
    MBeanServer beans = getMBeanServer();
    RMIConnection connection =
        new GuardedConnection(this, beans, id, Users.roleOf(subject), environment);
    clients.add(connection);
    if (clients.size() > MOST_CLIENTS) {
      clients.remove(connection);
      throw new IOException("there are " + MOST_CLIENTS + " JMX clients, which is the most");
    }
    try {
      UnicastRemoteObject.exportObject(connection, port, client, sockets, ACCEPTED);
    } catch (IOException | RuntimeException e) {
      clients.remove(connection);
      throw e;
    }
    return connection;
  }

  @Override
  protected void closeClient(RMIConnection connection) throws IOException {
    clients.remove(connection);
    super.closeClient(connection);
  }
}
