package dev.slipstream.console.targets;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import javax.management.Attribute;
import javax.management.AttributeNotFoundException;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.JMX;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;

/**
 * The agent's MXBeans in one gateway, as the interfaces of its contract.
 *
 * <p>A JDK proxy asks for one attribute at a time. To read a bean in one round trip, all attributes
 * of its interface are fetched first, and the proxy is then put on a connection that answers from
 * them; how values are converted stays the JDK's business.
 */
public final class AgentBeans {
  private final MBeanServerConnection server;

  AgentBeans(MBeanServerConnection server) {
    this.server = server;
  }

  /**
   * Reads all attributes of a bean at once.
   *
   * @throws InstanceNotFoundException if the gateway has no such bean
   */
  public <T> T read(String name, Class<T> type) throws IOException, JMException {
    return read(name, type, attributesOf(type));
  }

  /**
   * Reads some attributes of a bean at once; the others cannot be asked for.
   *
   * @param attributes their names, such as {@code Requests}
   */
  public <T> T read(String name, Class<T> type, String... attributes)
      throws IOException, JMException {
    ObjectName bean = new ObjectName(name);
    Map<String, Object> values = new HashMap<>();
    for (Attribute attribute : server.getAttributes(bean, attributes).asList()) {
      values.put(attribute.getName(), attribute.getValue());
    }
    return JMX.newMXBeanProxy(answeringFrom(values), bean, type);
  }

  /** What follows {@code name=} in the names of the beans that a pattern matches, sorted. */
  public List<String> names(String pattern) throws IOException, JMException {
    return server.queryNames(new ObjectName(pattern), null).stream()
        .map(bean -> bean.getKeyProperty("name"))
        .filter(Objects::nonNull)
        .sorted()
        .toList();
  }

  /** Like {@link #read}, for a bean that a gateway need not have. */
  public <T> Optional<T> readIfPresent(String name, Class<T> type) throws IOException, JMException {
    try {
      return Optional.of(read(name, type));
    } catch (InstanceNotFoundException e) {
      return Optional.empty();
    }
  }

  /** Some attributes of a bean that a gateway need not have. */
  public <T> Optional<T> readIfPresent(String name, Class<T> type, String... attributes)
      throws IOException, JMException {
    try {
      return Optional.of(read(name, type, attributes));
    } catch (InstanceNotFoundException e) {
      return Optional.empty();
    }
  }

  /** A bean for calling its operations; each call is a round trip. */
  public <T> T operations(String name, Class<T> type) throws JMException {
    return JMX.newMXBeanProxy(server, new ObjectName(name), type);
  }

  boolean has(String name) throws IOException, JMException {
    return server.isRegistered(new ObjectName(name));
  }

  private MBeanServerConnection answeringFrom(Map<String, Object> values) {
    return (MBeanServerConnection)
        Proxy.newProxyInstance(
            AgentBeans.class.getClassLoader(),
            new Class<?>[] {MBeanServerConnection.class},
            (proxy, method, arguments) -> {
              if (!method.getName().equals("getAttribute")) {
                return invoke(method, arguments);
              }
              String attribute = (String) arguments[1];
              if (!values.containsKey(attribute)) {
                throw new AttributeNotFoundException(
                    arguments[0] + " has no readable " + attribute);
              }
              return values.get(attribute);
            });
  }

  private Object invoke(Method method, Object[] arguments) throws Throwable {
    try {
      return method.invoke(server, arguments);
    } catch (InvocationTargetException e) {
      throw e.getTargetException();
    }
  }

  private static String[] attributesOf(Class<?> type) {
    return Arrays.stream(type.getMethods())
        .filter(method -> method.getParameterCount() == 0)
        .map(AgentBeans::attributeOf)
        .flatMap(Optional::stream)
        .toArray(String[]::new);
  }

  private static Optional<String> attributeOf(Method getter) {
    String name = getter.getName();
    if (name.startsWith("get")) {
      return Optional.of(name.substring(3));
    }
    boolean is = name.startsWith("is") && getter.getReturnType() == boolean.class;
    return is ? Optional.of(name.substring(2)) : Optional.empty();
  }
}
