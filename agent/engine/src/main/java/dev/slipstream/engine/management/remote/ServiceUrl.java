package dev.slipstream.engine.management.remote;

import dev.slipstream.engine.AgentThreads;
import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.management.remote.JMXServiceURL;

/**
 * Makes the address that a connector has to have. The JDK's class for it keeps an exception for as
 * long as the JVM lives, and with it the classes on the stack where it was first used. If one of
 * ours were there, the agent's class loader would outlive a detachment; so it is used on a thread
 * of its own first, through nothing but the JDK's.
 */
final class ServiceUrl {
  private static final int LONGEST_SECONDS = 10;

  private ServiceUrl() {}

  static JMXServiceURL make() throws IOException, ReflectiveOperationException {
    MethodHandle make =
        MethodHandles.insertArguments(
            MethodHandles.publicLookup()
                .findConstructor(
                    JMXServiceURL.class, MethodType.methodType(void.class, String.class)),
            0,
            "service:jmx:rmi://");
    Callable<?> callable =
        MethodHandleProxies.asInterfaceInstance(
            Callable.class, make.asType(MethodType.methodType(Object.class)));
    FutureTask<?> task = new FutureTask<>(callable);
    AgentThreads.make("jmx-address", task).start();
    try {
      return (JMXServiceURL) task.get(LONGEST_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }
}
