package dev.slipstream.javaagent;

import java.lang.instrument.Instrumentation;
import java.nio.file.Path;
import java.security.AccessController;
import java.security.PrivilegedExceptionAction;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Makes the agent's class loader and hands over to what it loads.
 *
 * <p>Public, since under a security manager this class and the loader are in the boot loader, apart
 * from {@link SlipstreamAgent}, whose lack of permissions ends here.
 */
public final class Installation {
  private static final String INSTALLER = "dev.slipstream.agent.Installer";

  private Installation() {}

  /** Starts the agent that is in a jar. */
  @SuppressWarnings("removal")
  @SuppressForbidden("a security manager is there until JDK 24; then this just runs the action")
  public static void run(Path jar, String arguments, Instrumentation instrumentation)
      throws Exception {
    AccessController.doPrivileged(
        new PrivilegedExceptionAction<@Nullable Void>() { // a lambda costs each process 10 ms
          @Override
          public @Nullable Void run() throws Exception {
            start(new AgentClassLoader(jar), arguments, instrumentation);
            return null;
          }
        });
  }

  @SuppressWarnings("unchecked") // the installer is in another class loader, so JDK types only
  private static void start(
      AgentClassLoader loader, String arguments, Instrumentation instrumentation)
      throws ReflectiveOperationException {
    ((BiConsumer<String, Instrumentation>)
            loader.loadClass(INSTALLER).getDeclaredConstructor().newInstance())
        .accept(arguments, instrumentation);
  }
}
