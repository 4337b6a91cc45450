package dev.slipstream.agent;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.runtime.ObjectMethods;

/**
 * The JDK's own method handles, which up to JDK 18 hold the class that they were last adapted to.
 *
 * <p>Those behind the methods of records are shared by all records of the process. The last of ours
 * would keep the agent's class loader for as long as the application links no record of its own.
 */
final class MethodHandleCaches {
  private MethodHandleCaches() {}

  /** Has them hold a class of the JDK. */
  static void forget() throws Throwable {
    adapt("equals", MethodType.methodType(boolean.class, String.class, Object.class));
    adapt("hashCode", MethodType.methodType(int.class, String.class));
    adapt("toString", MethodType.methodType(String.class, String.class));
  }

  private static void adapt(String method, MethodType type) throws Throwable {
    MethodHandle component = MethodHandles.identity(String.class);
    Object unused =
        ObjectMethods.bootstrap(
            MethodHandles.lookup(), method, type, String.class, "component", component);
  }
}
