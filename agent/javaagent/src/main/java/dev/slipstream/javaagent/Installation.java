package dev.slipstream.javaagent;

import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.nio.file.Path;
import java.security.AccessController;
import java.security.PrivilegedExceptionAction;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The agent in this process: its class loader, and what it is asked by further attachments.
 *
 * <p>A JVM keeps the first version of this class that it loads, also where a newer jar is attached
 * later: it starts the code of that jar. What it knows of the code is therefore to stay: that
 * {@value #INSTALLER} takes the options and the JVM's instrumentation, and answers with what is
 * asked at each further attachment whether the agent is to stay.
 *
 * <p>Public, since under a security manager this class and the loader are in the boot loader, apart
 * from {@link SlipstreamAgent}, whose lack of permissions ends here.
 */
public final class Installation implements PrivilegedExceptionAction<@Nullable Void> {
  private static final String INSTALLER = "dev.slipstream.agent.Installer";

  // Both null while the agent is not in this process; under the class's lock.
  private static @Nullable AgentClassLoader loader;
  private static @Nullable Predicate<String> agent;

  private final @Nullable Path jar;
  private final String arguments;
  private final @Nullable Instrumentation instrumentation;

  private Installation(
      @Nullable Path jar, String arguments, @Nullable Instrumentation instrumentation) {
    this.jar = jar;
    this.arguments = arguments;
    this.instrumentation = instrumentation;
  }

  /** Whether the agent is in this process. */
  public static synchronized boolean isThere() {
    return agent != null;
  }

  /** Starts the agent that is in a jar. */
  public static synchronized void start(Path jar, String options, Instrumentation instrumentation)
      throws Exception {
    privileged(new Installation(jar, options, instrumentation));
  }

  /** Asks the agent that is there something; it may go then. */
  public static synchronized void ask(String command) throws Exception {
    privileged(new Installation(null, command, null));
  }

  @SuppressWarnings("removal")
  @SuppressForbidden("a security manager is there until JDK 24; then this just runs the action")
  private static void privileged(Installation action) throws Exception {
    AccessController.doPrivileged(action);
  }

  @Override
  public @Nullable Void run() throws Exception {
    if (jar != null && instrumentation != null) {
      install(jar, instrumentation);
    } else if (agent != null && !agent.test(arguments)) {
      leave();
    }
    return null;
  }

  @SuppressWarnings("unchecked") // the installer is in another class loader, so JDK types only
  private void install(Path from, Instrumentation with) throws Exception {
    AgentClassLoader next = new AgentClassLoader(from, ClassLoader.getPlatformClassLoader());
    try {
      agent =
          ((BiFunction<String, Instrumentation, Predicate<String>>)
                  next.loadClass(INSTALLER).getDeclaredConstructor().newInstance())
              .apply(arguments, with);
      loader = next;
    } finally {
      if (agent == null) {
        next.close();
      }
    }
  }

  private static void leave() throws IOException {
    agent = null;
    AgentClassLoader gone = loader;
    loader = null;
    if (gone != null) {
      gone.close();
    }
  }
}
