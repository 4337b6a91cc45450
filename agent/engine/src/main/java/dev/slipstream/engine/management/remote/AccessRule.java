package dev.slipstream.engine.management.remote;

import java.util.Set;
import javax.management.MBeanOperationInfo;
import javax.management.ObjectName;

/**
 * What may be done through the connector. All may be read. Changed may be our own beans and those
 * of the JVM, by an operator: what makes or removes beans, loads agents or writes files would be a
 * way into the process.
 */
final class AccessRule {
  private static final String OURS = "dev.slipstream";
  private static final Set<String> CHANGEABLE = Set.of(OURS, "java.lang");

  private AccessRule() {}

  static boolean maySet(Role role, ObjectName bean) {
    return role == Role.OPERATOR && CHANGEABLE.contains(bean.getDomain());
  }

  /**
   * Whether an operation may be called.
   *
   * @param impact what the bean says of it, as in {@link MBeanOperationInfo}
   */
  static boolean mayInvoke(Role role, ObjectName bean, String operation, int impact) {
    boolean ours = bean.getDomain().equals(OURS);
    boolean asks =
        ours
            ? impact == MBeanOperationInfo.INFO
            : bean.getDomain().equals("java.lang")
                && (operation.startsWith("get") || operation.startsWith("find"));
    return asks || maySet(role, bean);
  }
}
