package dev.slipstream.engine.management.remote;

import java.io.IOException;
import java.rmi.MarshalledObject;
import java.util.Map;
import javax.management.AttributeList;
import javax.management.InstanceNotFoundException;
import javax.management.IntrospectionException;
import javax.management.MBeanException;
import javax.management.MBeanInfo;
import javax.management.MBeanOperationInfo;
import javax.management.MBeanServer;
import javax.management.ObjectInstance;
import javax.management.ObjectName;
import javax.management.ReflectionException;
import javax.management.remote.rmi.RMIConnectionImpl;
import javax.management.remote.rmi.RMIServerImpl;
import javax.security.auth.Subject;
import org.jspecify.annotations.Nullable;

/** What one client may do, by its role. Beans are made and removed by nobody. */
@SuppressWarnings({"rawtypes", "BanSerializableRead"}) // as RMIConnection has it
final class GuardedConnection extends RMIConnectionImpl {
  private final MBeanServer beans;
  private final Role role;

  GuardedConnection(
      RMIServerImpl server, MBeanServer beans, String id, Role role, Map<String, ?> environment) {
    super(server, id, ClassLoader.getPlatformClassLoader(), null, environment);
    this.beans = beans;
    this.role = role;
  }

  @Override
  public @Nullable Object invoke(
      ObjectName bean,
      String operation,
      MarshalledObject arguments,
      String[] signature,
      Subject delegate)
      throws InstanceNotFoundException, MBeanException, ReflectionException, IOException {
    if (!AccessRule.mayInvoke(role, bean, operation, impact(bean, operation, signature))) {
      throw refused("call " + operation + " of " + bean);
    }
    return super.invoke(bean, operation, arguments, signature, delegate);
  }

  /** Of operations of one name and number of parameters, the least harmless. */
  private int impact(ObjectName bean, String operation, String @Nullable [] signature)
      throws InstanceNotFoundException, ReflectionException {
    MBeanInfo info;
    try {
      info = beans.getMBeanInfo(bean);
    } catch (IntrospectionException e) {
      return MBeanOperationInfo.UNKNOWN;
    }
    int parameters = signature == null ? 0 : signature.length;
    boolean found = false;
    for (MBeanOperationInfo candidate : info.getOperations()) {
      if (candidate.getName().equals(operation) && candidate.getSignature().length == parameters) {
        if (candidate.getImpact() != MBeanOperationInfo.INFO) {
          return candidate.getImpact();
        }
        found = true;
      }
    }
    return found ? MBeanOperationInfo.INFO : MBeanOperationInfo.UNKNOWN;
  }

  @Override
  public void setAttribute(ObjectName bean, MarshalledObject attribute, Subject delegate)
      throws InstanceNotFoundException,
          javax.management.AttributeNotFoundException,
          javax.management.InvalidAttributeValueException,
          MBeanException,
          ReflectionException,
          IOException {
    requireMaySet(bean);
    super.setAttribute(bean, attribute, delegate);
  }

  @Override
  public AttributeList setAttributes(ObjectName bean, MarshalledObject attributes, Subject delegate)
      throws InstanceNotFoundException, ReflectionException, IOException {
    requireMaySet(bean);
    return super.setAttributes(bean, attributes, delegate);
  }

  private void requireMaySet(ObjectName bean) {
    if (!AccessRule.maySet(role, bean)) {
      throw refused("set attributes of " + bean);
    }
  }

  @Override
  public ObjectInstance createMBean(String type, ObjectName name, Subject delegate) {
    throw refused("make beans");
  }

  @Override
  public ObjectInstance createMBean(
      String type, ObjectName name, ObjectName loader, Subject delegate) {
    throw refused("make beans");
  }

  @Override
  public ObjectInstance createMBean(
      String type,
      ObjectName name,
      MarshalledObject arguments,
      String[] signature,
      Subject delegate) {
    throw refused("make beans");
  }

  @Override
  public ObjectInstance createMBean(
      String type,
      ObjectName name,
      ObjectName loader,
      MarshalledObject arguments,
      String[] signature,
      Subject delegate) {
    throw refused("make beans");
  }

  @Override
  public void unregisterMBean(ObjectName name, Subject delegate) {
    throw refused("remove beans");
  }

  private SecurityException refused(String what) {
    return new SecurityException("Access denied! Role " + role.label() + " may not " + what);
  }
}
