package dev.slipstream.engine.management.remote;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.net.ServerSocket;
import java.rmi.server.RMIServerSocketFactory;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A socket factory that can be forgotten. RMI keeps each factory for as long as the JVM lives, and
 * with one of ours it would keep the agent's class loader after a detachment; so it gets one of the
 * JDK's classes alone, which leads to ours until then.
 */
final class Forgettable {
  private final AtomicReference<RMIServerSocketFactory> factory;
  private final RMIServerSocketFactory outside;

  Forgettable(RMIServerSocketFactory factory) throws ReflectiveOperationException {
    this.factory = new AtomicReference<>(factory);
    MethodHandles.Lookup lookup = MethodHandles.publicLookup();
    MethodHandle ours =
        lookup
            .findVirtual(AtomicReference.class, "get", MethodType.methodType(Object.class))
            .bindTo(this.factory)
            .asType(MethodType.methodType(RMIServerSocketFactory.class));
    MethodHandle create =
        lookup.findVirtual(
            RMIServerSocketFactory.class,
            "createServerSocket",
            MethodType.methodType(ServerSocket.class, int.class));
    this.outside =
        MethodHandleProxies.asInterfaceInstance(
            RMIServerSocketFactory.class, MethodHandles.foldArguments(create, ours));
  }

  /** What RMI gets. */
  RMIServerSocketFactory outside() {
    return outside;
  }

  /** Leads nowhere from now on. */
  void forget() {
    factory.set(null);
  }
}
