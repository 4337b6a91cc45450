package dev.slipstream.it;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.lang.invoke.MethodType;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.management.Attribute;
import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanInfo;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/**
 * Reads a gateway's MBeans as JConsole does: attached to the process, without Slipstream's jars.
 */
public final class ManagementClient implements AutoCloseable {
  private final JMXConnector connector;
  private final MBeanServerConnection server;

  private ManagementClient(JMXConnector connector) throws IOException {
    this.connector = connector;
    this.server = connector.getMBeanServerConnection();
  }

  public static ManagementClient of(GatewayProcess gateway) throws IOException {
    return of(gateway.pid());
  }

  @SuppressWarnings("BanJNDI") // The address is the one that the process itself just gave.
  public static ManagementClient of(long pid) throws IOException {
    try {
      VirtualMachine machine = VirtualMachine.attach(Long.toString(pid));
      try {
        String address = machine.startLocalManagementAgent();
        return new ManagementClient(JMXConnectorFactory.connect(new JMXServiceURL(address)));
      } finally {
        machine.detach();
      }
    } catch (AttachNotSupportedException e) {
      throw new IOException(e);
    }
  }

  public boolean isRegistered(String keys) throws IOException, JMException {
    return server.isRegistered(name(keys));
  }

  public Object get(String keys, String attribute) throws IOException, JMException {
    return server.getAttribute(name(keys), attribute);
  }

  public long number(String keys, String attribute) throws IOException, JMException {
    return ((Number) get(keys, attribute)).longValue();
  }

  public void set(String keys, String attribute, Object value) throws IOException, JMException {
    server.setAttribute(name(keys), new Attribute(attribute, value));
  }

  /** Invokes an operation; its parameters are strings, arrays of strings, and numbers. */
  public Object invoke(String keys, String operation, Object... arguments)
      throws IOException, JMException {
    String[] signature = Stream.of(arguments).map(ManagementClient::type).toArray(String[]::new);
    return server.invoke(name(keys), operation, arguments, signature);
  }

  private static String type(Object argument) {
    return MethodType.methodType(argument.getClass()).unwrap().returnType().getName();
  }

  /** The gateway's threads whose names begin so. */
  List<String> threads(String beginning) throws IOException {
    ThreadMXBean threads =
        ManagementFactory.newPlatformMXBeanProxy(
            server, ManagementFactory.THREAD_MXBEAN_NAME, ThreadMXBean.class);
    return Stream.of(threads.dumpAllThreads(false, false))
        .map(ThreadInfo::getThreadName)
        .filter(name -> name.startsWith(beginning))
        .toList();
  }

  /** How many threads of the gateway are in a method of a class. */
  public long threadsIn(String className) throws IOException {
    ThreadMXBean threads =
        ManagementFactory.newPlatformMXBeanProxy(
            server, ManagementFactory.THREAD_MXBEAN_NAME, ThreadMXBean.class);
    return Stream.of(threads.dumpAllThreads(false, false))
        .filter(
            thread ->
                Stream.of(thread.getStackTrace())
                    .anyMatch(frame -> frame.getClassName().equals(className)))
        .count();
  }

  /** The classes that have instances, or are known, after a collection of the whole heap. */
  List<String> classHistogram() throws IOException, JMException {
    Object histogram =
        server.invoke(
            new ObjectName("com.sun.management:type=DiagnosticCommand"),
            "gcClassHistogram",
            new Object[] {new String[0]},
            new String[] {String[].class.getName()});
    return ((String) histogram).lines().toList();
  }

  /** How many MBeans of ours are registered. */
  int count() throws IOException, JMException {
    return server.queryNames(name("*"), null).size();
  }

  /** What our MBeans say that they are, by name. */
  Map<ObjectName, MBeanInfo> infos() throws IOException, JMException {
    Map<ObjectName, MBeanInfo> infos = new TreeMap<>();
    for (ObjectName bean : server.queryNames(name("*"), null)) {
      infos.put(bean, server.getMBeanInfo(bean));
    }
    return infos;
  }

  Object get(ObjectName bean, String attribute) throws IOException, JMException {
    return server.getAttribute(bean, attribute);
  }

  /** The values of all attributes of all our MBeans, as text. */
  String everything() throws IOException, JMException {
    StringBuilder text = new StringBuilder();
    for (ObjectName bean : server.queryNames(name("*"), null)) {
      for (MBeanAttributeInfo attribute : server.getMBeanInfo(bean).getAttributes()) {
        Object value = server.getAttribute(bean, attribute.getName());
        text.append(bean).append(' ').append(attribute.getName()).append('=');
        text.append(value instanceof Object[] array ? Arrays.deepToString(array) : value);
        text.append('\n');
      }
    }
    return text.toString();
  }

  private static ObjectName name(String keys) throws JMException {
    return new ObjectName("dev.slipstream:" + keys);
  }

  @Override
  public void close() throws IOException {
    connector.close();
  }
}
