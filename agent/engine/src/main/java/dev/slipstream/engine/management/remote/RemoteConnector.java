package dev.slipstream.engine.management.remote;

import dev.slipstream.config.Settings;
import dev.slipstream.engine.AgentLog;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.rmi.NotBoundException;
import java.rmi.Remote;
import java.rmi.registry.LocateRegistry;
import java.rmi.registry.Registry;
import java.rmi.server.RMIClientSocketFactory;
import java.rmi.server.UnicastRemoteObject;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Map;
import javax.management.MBeanServer;
import javax.management.remote.JMXConnectorServer;
import javax.management.remote.rmi.RMIConnectorServer;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.rmi.ssl.SslRMIClientSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * A JMX connector on a port of its own, named {@code jmxrmi} by a registry on the same port.
 *
 * <p>It serves peers of this machine. Others are served if there is TLS and a password file, and
 * only then. A setting that cannot be used means no connector, never one that protects less.
 */
public final class RemoteConnector {
  private static final String NAME = "jmxrmi";
  private static final String OF_THE_JDK = "com.sun.management.jmxremote.port";

  private final AgentLog log;
  private final Registry registry;
  private final JMXConnectorServer connector;
  private final Remote stub;
  private final Forgettable sockets;
  private final Callers callers;
  private boolean ended;

  private RemoteConnector(
      AgentLog log,
      Registry registry,
      JMXConnectorServer connector,
      Remote stub,
      Forgettable sockets,
      Callers callers) {
    this.log = log;
    this.callers = callers;
    this.sockets = sockets;
    this.registry = registry;
    this.connector = connector;
    this.stub = stub;
  }

  /**
   * Opens it if the settings say so; what goes wrong is logged. Loads {@code java.util.logging}.
   *
   * @return {@code null} if there is none
   */
  public static @Nullable RemoteConnector open(
      Settings.Remote settings, MBeanServer beans, AgentLog log) {
    int port = settings.port();
    if (port == 0) {
      return null;
    }
    String other = System.getProperty(OF_THE_JDK);
    if (other != null) {
      log.info("jmx_port=" + port + " is not opened: the beans are on the JDK's own port " + other);
      return null;
    }
    try {
      RemoteConnector connector = opened(settings, beans, log);
      log.info("JMX on port " + port + ", for " + whom(settings));
      return connector;
    } catch (IOException
        | GeneralSecurityException
        | ReflectiveOperationException
        | RuntimeException e) {
      log.warn("jmx_port=" + port + " is not opened: " + e);
      return null;
    }
  }

  private static String whom(Settings.Remote settings) {
    boolean passwords = settings.passwordFile() != null;
    return settings.keyStore() != null && passwords
        ? "users with a password, over TLS"
        : passwords ? "users with a password on this machine" : "this machine";
  }

  private static RemoteConnector opened(Settings.Remote settings, MBeanServer beans, AgentLog log)
      throws IOException, GeneralSecurityException, ReflectiveOperationException {
    Path passwordFile = settings.passwordFile();
    PasswordFile passwords = passwordFile == null ? null : PasswordFile.read(passwordFile);
    SSLContext tls = tls(settings);
    InetAddress address = settings.host() == null ? null : InetAddress.getByName(settings.host());
    Peers peers = tls != null && passwords != null ? Peers.ALL : Peers.OF_THIS_MACHINE;
    Callers callers = new Callers(Peers.OF_THIS_MACHINE, log, System::nanoTime);
    Forgettable sockets = new Forgettable(new CheckedSockets(address, peers, tls, callers));
    RMIClientSocketFactory client = tls == null ? null : new SslRMIClientSocketFactory();
    int port = settings.port();
    Map<String, Object> environment =
        Map.of(
            JMXConnectorServer.AUTHENTICATOR,
            new Users(passwords, System::nanoTime),
            RMIConnectorServer.CREDENTIALS_FILTER_PATTERN,
            "maxarray=2;maxdepth=2;java.lang.String;!*",
            "jmx.remote.default.class.loader",
            ClassLoader.getPlatformClassLoader());
    Registry registry = LocateRegistry.createRegistry(port, client, sockets.outside());
    try {
      GuardedServer server = new GuardedServer(port, client, sockets.outside(), environment);
      JMXConnectorServer connector =
          new RMIConnectorServer(ServiceUrl.make(), environment, server, beans);
      connector.start();
      Remote stub = server.toStub();
      registry.rebind(NAME, stub);
      return new RemoteConnector(log, registry, connector, stub, sockets, callers);
    } catch (IOException | ReflectiveOperationException | RuntimeException e) {
      UnicastRemoteObject.unexportObject(registry, true);
      sockets.forget();
      throw e;
    }
  }

  private static @Nullable SSLContext tls(Settings.Remote settings)
      throws IOException, GeneralSecurityException {
    Path keyStore = settings.keyStore();
    Path passwordFile = settings.keyStorePasswordFile();
    if (keyStore == null && passwordFile == null) {
      return null;
    }
    if (keyStore == null || passwordFile == null) {
      throw new IOException("jmx_tls_keystore and jmx_tls_password_file go together");
    }
    char[] password = SecretFile.read(passwordFile).strip().toCharArray();
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(new ByteArrayInputStream(Files.readAllBytes(keyStore)), password);
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, password);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    return context;
  }

  /**
   * To be called about once a second: ends it where nothing but RMI would keep the JVM alive, hangs
   * up on who says nothing, and puts its name right, which the registry lets every process of this
   * machine change.
   */
  public synchronized void look() throws IOException {
    if (ended) {
      return;
    }
    if (LastThread.isRmis()) {
      close();
      return;
    }
    callers.look();
    if (!isNamed()) {
      log.warn("somebody has changed what the JMX port names " + NAME + "; it is put right");
      registry.rebind(NAME, stub);
    }
  }

  private boolean isNamed() throws IOException {
    try {
      return registry.lookup(NAME).equals(stub);
    } catch (NotBoundException e) {
      return false;
    }
  }

  /** Ends it: its clients are cut off, and the port is closed. */
  public synchronized void close() {
    if (ended) {
      return;
    }
    ended = true;
    try {
      connector.stop();
    } catch (IOException e) {
      log.warn("the JMX connector did not end well: " + e);
    }
    try {
      UnicastRemoteObject.unexportObject(registry, true);
    } catch (IOException e) {
      log.warn("the JMX registry did not end well: " + e);
    }
    sockets.forget();
    try {
      callers.hangUp();
    } catch (IOException e) {
      log.warn("connections of the JMX port did not end well: " + e);
    }
  }
}
