package dev.slipstream.javaagent;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The agent's entry points. They make the agent's class loader and hand over; whatever goes wrong
 * is said in one line, and the application runs on without the agent.
 */
public final class SlipstreamAgent {
  private static final String INSTALLER = "dev.slipstream.agent.Installer";
  private static final AtomicBoolean STARTED = new AtomicBoolean();

  private SlipstreamAgent() {}

  /** Called by the JVM before the application's main method ({@code -javaagent}). */
  public static void premain(@Nullable String arguments, Instrumentation instrumentation) {
    start(arguments, instrumentation);
  }

  /** Called by the JVM when the agent is attached to a running process. */
  public static void agentmain(@Nullable String arguments, Instrumentation instrumentation) {
    start(arguments, instrumentation);
  }

  private static void start(@Nullable String arguments, Instrumentation instrumentation) {
    if (!STARTED.compareAndSet(false, true)) {
      say("the agent is in this process already; this second attachment changes nothing");
      return;
    }
    try {
      install(arguments == null ? "" : arguments, instrumentation);
    } catch (Throwable t) {
      say("the agent could not start (" + t + "); the application runs without it");
    }
  }

  @SuppressWarnings("unchecked") // the installer is in another class loader, so JDK types only
  private static void install(String arguments, Instrumentation instrumentation) throws Exception {
    Path jar =
        Path.of(SlipstreamAgent.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    AgentClassLoader loader = new AgentClassLoader(jar);
    ((BiConsumer<String, Instrumentation>)
            loader.loadClass(INSTALLER).getDeclaredConstructor().newInstance())
        .accept(arguments, instrumentation);
  }

  /** Writes to the descriptor: there is no log yet, and System.err may be the application's. */
  private static void say(String message) {
    byte[] line =
        ("[slipstream] " + message + System.lineSeparator()).getBytes(StandardCharsets.UTF_8);
    try {
      // Never closed: that would close the whole process's standard error.
      new FileOutputStream(FileDescriptor.err).write(line);
    } catch (IOException e) {
      return; // nobody is listening
    }
  }
}
