package dev.slipstream.engine.management.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.slipstream.config.LogLevel;
import dev.slipstream.config.Settings;
import dev.slipstream.engine.AgentLog;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.rmi.registry.LocateRegistry;
import java.rmi.registry.Registry;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import javax.management.Attribute;
import javax.management.MBeanOperationInfo;
import javax.management.MBeanServer;
import javax.management.MBeanServerConnection;
import javax.management.MBeanServerFactory;
import javax.management.ObjectName;
import javax.management.StandardMBean;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("BanJNDI") // The registry is the one that the test has just opened.
class RemoteConnectorTest {
  private static final String[] READER = {"rita", "reads:it"};
  private static final String[] OPERATOR = {"olga", "steers"};

  @TempDir Path folder;

  private final MBeanServer beans = MBeanServerFactory.newMBeanServer();
  private final Switch bean = new Switch();
  private ObjectName name;
  private ObjectName foreign;
  private Path logFile;
  private AgentLog log;
  private int port;
  private RemoteConnector connector;

  public interface SwitchBean {
    int getValue();

    void setValue(int value);

    int ask(int value);

    void act(Object value);
  }

  private static final class Switch implements SwitchBean {
    private int value = 7;

    @Override
    public int getValue() {
      return value;
    }

    @Override
    public void setValue(int value) {
      this.value = value;
    }

    @Override
    public int ask(int value) {
      return value + 1;
    }

    @Override
    public void act(Object value) {
      this.value = -1;
    }
  }

  /** Says of {@code ask} that it only asks. */
  private static final class SwitchMBean extends StandardMBean {
    SwitchMBean(Switch bean) throws javax.management.NotCompliantMBeanException {
      super(bean, SwitchBean.class);
    }

    @Override
    protected int getImpact(MBeanOperationInfo operation) {
      return operation.getName().equals("ask")
          ? MBeanOperationInfo.INFO
          : MBeanOperationInfo.ACTION;
    }
  }

  @BeforeAll
  static void stubsNameLoopback() {
    System.setProperty("java.rmi.server.hostname", "127.0.0.1");
  }

  @BeforeEach
  void register() throws Exception {
    name = new ObjectName("dev.slipstream:type=Switch");
    foreign = new ObjectName("com.example:type=Switch");
    beans.registerMBean(new SwitchMBean(bean), name);
    beans.registerMBean(new SwitchMBean(bean), foreign);
    logFile = folder.resolve("log");
    log = AgentLog.to(logFile, LogLevel.DEBUG, InstantSource.system());
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
  }

  @AfterEach
  void close() {
    if (connector != null) {
      connector.close();
    }
    log.close();
  }

  @Test
  void withoutAPort_nothingIsOpened() {
    port = 0;
    assertThat(open(null)).isNull();
  }

  @Test
  void peerOfThisMachine_readsAndChanges_onOnePort() throws Exception {
    assertThat(open(null)).isNotNull();
    try (JMXConnector client = connect(null)) {
      MBeanServerConnection server = client.getMBeanServerConnection();
      assertThat(server.getAttribute(name, "Value")).isEqualTo(7);
      server.setAttribute(name, new Attribute("Value", 8));
      assertThat(bean.value).isEqualTo(8);
    }
    assertThat(registry().lookup("jmxrmi").toString()).contains("127.0.0.1:" + port);
    assertThat(logFile).content().contains("JMX on port " + port + ", for this machine");
  }

  @Test
  void reader_readsAndAsks_andChangesNothing() throws Exception {
    open(passwords("rw-------"));
    try (JMXConnector client = connect(READER)) {
      MBeanServerConnection server = client.getMBeanServerConnection();
      assertThat(server.getAttribute(name, "Value")).isEqualTo(7);
      assertThat(invoke(server, name, "ask", "int", 1)).isEqualTo(2);
      denied(() -> invoke(server, name, "act", "java.lang.Object", "x"));
      denied(() -> server.setAttribute(name, new Attribute("Value", 8)));
      denied(() -> invoke(server, foreign, "ask", "int", 1));
      assertThat(bean.value).isEqualTo(7);
    }
  }

  @Test
  void operator_changesOurBeans_andMakesAndRemovesNone() throws Exception {
    open(passwords("rw-------"));
    try (JMXConnector client = connect(OPERATOR)) {
      MBeanServerConnection server = client.getMBeanServerConnection();
      invoke(server, name, "act", "java.lang.Object", "x");
      assertThat(bean.value).isEqualTo(-1);
      denied(() -> invoke(server, foreign, "act", "java.lang.Object", "x"));
      denied(() -> server.setAttribute(foreign, new Attribute("Value", 8)));
      denied(() -> server.createMBean("javax.management.loading.MLet", new ObjectName("a:b=c")));
      denied(() -> server.unregisterMBean(name));
    }
  }

  @Test
  void wrongPassword_isRefused_andAfterFiveARightOneIs() throws Exception {
    open(passwords("rw-------"));
    for (int i = 0; i < 5; i++) {
      String[] wrong = {"olga", "guess" + i};
      assertThatThrownBy(() -> connect(wrong))
          .isInstanceOf(SecurityException.class)
          .hasMessageContaining("User and password are needed");
    }
    assertThatThrownBy(() -> connect(OPERATOR)).hasMessageContaining("Too many wrong passwords");
    connect(READER).close();
    assertThatThrownBy(() -> connect(null)).hasMessageContaining("User and password are needed");
  }

  @Test
  void clients_beyond64_areRefused_untilOneEnds() throws Exception {
    open(null);
    List<JMXConnector> clients = new ArrayList<>();
    for (int i = 0; i < 64; i++) {
      clients.add(connect(null));
    }
    assertThatThrownBy(() -> connect(null)).hasStackTraceContaining("there are 64 JMX clients");
    clients.remove(0).close();
    clients.add(connect(null));
    for (JMXConnector client : clients) {
      client.close();
    }
  }

  @Test
  void connectionsBeyond64_haveNoThread() throws Exception {
    open(null);
    List<Socket> sockets = new ArrayList<>();
    try {
      for (int i = 0; i < 100; i++) {
        sockets.add(new Socket(InetAddress.getLoopbackAddress(), port));
      }
      await()
          .untilAsserted(() -> assertThat(sockets.stream().filter(this::isHungUpOn)).hasSize(36));
      connector.look();
      assertThat(logFile).content().contains("36 more were closed");
    } finally {
      for (Socket socket : sockets) {
        socket.close();
      }
    }
    await().until(() -> canConnect());
  }

  private boolean canConnect() {
    try (JMXConnector client = connect(null)) {
      return client.getConnectionId() != null;
    } catch (IOException e) {
      return false;
    }
  }

  private boolean isHungUpOn(Socket socket) {
    try {
      socket.setSoTimeout(1);
      return socket.getInputStream().read() < 0;
    } catch (SocketTimeoutException e) {
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  /** Hash codes of sets in sets, each twice in the next, take twice as long for each level. */
  @Test
  void objectsThatAreNestedDeep_areNotRead() throws Exception {
    open(null);
    HashSet<Object> nested = new HashSet<>();
    for (int i = 0; i < 12; i++) {
      HashSet<Object> next = new HashSet<>();
      next.add(nested);
      nested = next;
    }
    Object deep = nested;
    try (JMXConnector client = connect(null)) {
      MBeanServerConnection server = client.getMBeanServerConnection();
      assertThatThrownBy(() -> invoke(server, name, "act", "java.lang.Object", deep))
          .hasStackTraceContaining("REJECTED");
      assertThat(bean.value).isEqualTo(7);
    }
  }

  @Test
  void objectsThatJmxDoesNotNeed_areNotRead() throws Exception {
    open(null);
    try (JMXConnector client = connect(null)) {
      MBeanServerConnection server = client.getMBeanServerConnection();
      assertThatThrownBy(
              () -> invoke(server, name, "act", "java.lang.Object", new File("/etc/passwd")))
          .hasStackTraceContaining("REJECTED");
      assertThat(bean.value).isEqualTo(7);
    }
    Map<String, Object> environment = new HashMap<>();
    environment.put(JMXConnector.CREDENTIALS, new HashMap<>(Map.of("a", "b")));
    assertThatThrownBy(() -> connectWith(environment)).hasStackTraceContaining("REJECTED");
  }

  @Test
  void settingsThatCannotBeUsed_openNothing_andSayWhy() throws Exception {
    assertThat(open(passwords("rw-r--r--"))).isNull();
    assertThat(logFile).content().contains("can be read or changed by others: chmod 600");
    assertThat(open(Files.writeString(folder.resolve("empty"), ""))).isNull();
    assertThat(
            RemoteConnector.open(
                new Settings.Remote(port, null, null, folder.resolve("none.p12"), null),
                beans,
                log))
        .isNull();
    assertThat(logFile)
        .content()
        .contains("jmx_tls_keystore and jmx_tls_password_file go together");
    try (ServerSocket taken = new ServerSocket(port)) {
      assertThat(open(null)).isNull();
      assertThat(taken.isBound()).isTrue();
    }
    assertThat(open(null)).as("nothing of the failed attempts is left").isNotNull();
  }

  @Test
  void whereTheJdksOwnPortIsOpen_noOtherIs() {
    System.setProperty("com.sun.management.jmxremote.port", "9999");
    try {
      assertThat(open(null)).isNull();
    } finally {
      System.clearProperty("com.sun.management.jmxremote.port");
    }
    assertThat(logFile).content().contains("the beans are on the JDK's own port 9999");
  }

  @Test
  void closed_itIsGone_andThePortFree() throws Exception {
    open(null);
    JMXConnector client = connect(null);
    connector.close();
    assertThatThrownBy(() -> client.getMBeanServerConnection().getMBeanCount())
        .isInstanceOf(IOException.class);
    assertThatThrownBy(() -> connect(null)).isInstanceOf(IOException.class);
    assertThat(open(null)).isNotNull();
    connect(null).close();
  }

  @Test
  void nameThatAnotherProcessChanges_isPutRight() throws Exception {
    open(null);
    Registry registry = registry();
    Object right = registry.lookup("jmxrmi");
    registry.unbind("jmxrmi");
    connector.look();
    assertThat(registry.lookup("jmxrmi")).isEqualTo(right);
    assertThat(logFile).content().contains("it is put right");
  }

  @Test
  void peers_ofThisMachine_areThoseOfItsInterfaces() throws Exception {
    for (NetworkInterface each : NetworkInterface.networkInterfaces().toList()) {
      each.inetAddresses()
          .forEach(own -> assertThat(Peers.OF_THIS_MACHINE.mayConnect(own)).isTrue());
    }
    for (String other : new String[] {"192.0.2.1", "198.51.100.7", "2001:db8::1"}) {
      assertThat(Peers.OF_THIS_MACHINE.mayConnect(InetAddress.getByName(other))).isFalse();
    }
  }

  private RemoteConnector open(Path passwordFile) {
    connector =
        RemoteConnector.open(new Settings.Remote(port, null, passwordFile, null, null), beans, log);
    return connector;
  }

  private Path passwords(String mode) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("passwords"),
            "# people\n\nrita:reader:reads:it\nolga:operator:steers\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    return file;
  }

  private Registry registry() throws IOException {
    return LocateRegistry.getRegistry("127.0.0.1", port);
  }

  private JMXServiceURL url() throws IOException {
    return new JMXServiceURL("service:jmx:rmi:///jndi/rmi://127.0.0.1:" + port + "/jmxrmi");
  }

  private JMXConnector connect(String[] credentials) throws IOException {
    return connectWith(
        credentials == null ? Map.of() : Map.of(JMXConnector.CREDENTIALS, credentials));
  }

  @SuppressWarnings("BanJNDI") // The registry is the connector's own.
  private JMXConnector connectWith(Map<String, Object> environment) throws IOException {
    return JMXConnectorFactory.connect(url(), environment);
  }

  private static Object invoke(
      MBeanServerConnection server, ObjectName bean, String operation, String type, Object value)
      throws Exception {
    return server.invoke(bean, operation, new Object[] {value}, new String[] {type});
  }

  private static void denied(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOf(SecurityException.class)
        .hasMessageContaining("Access denied!");
  }
}
