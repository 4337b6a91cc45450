package dev.slipstream.javaagent;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.jar.JarFile;
import org.jspecify.annotations.Nullable;

/**
 * The agent's entry points. They make the agent's class loader and hand over; whatever goes wrong
 * is said in one line, and the application runs on without the agent.
 */
public final class SlipstreamAgent {
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

  private static void install(String arguments, Instrumentation instrumentation) throws Exception {
    if (!hasSecurityManager()) {
      URL location = SlipstreamAgent.class.getProtectionDomain().getCodeSource().getLocation();
      Installation.run(Path.of(location.toURI()), arguments, instrumentation);
      return;
    }
    // What the application's loader defines has the permissions that the policy gives it, and the
    // policy knows nothing of us. The boot loader's classes have all, and the instrumentation is
    // what entitles us: from here on our classes are found there first.
    Path jar = ownJar();
    instrumentation.appendToBootstrapClassLoaderSearch(new JarFile(jar.toFile()));
    Installation.run(jar, arguments, instrumentation);
  }

  @SuppressWarnings("removal")
  @SuppressForbidden("it is there until JDK 24, and gateways use it")
  private static boolean hasSecurityManager() {
    return System.getSecurityManager() != null;
  }

  /** The jar that this class is from, told without a permission. */
  private static Path ownJar() throws URISyntaxException {
    String file = SlipstreamAgent.class.getName().replace('.', '/') + ".class";
    String url = String.valueOf(ClassLoader.getSystemResource(file));
    return Path.of(new URI(url.substring("jar:".length(), url.indexOf("!/"))));
  }

  /** Writes to the descriptor: there is no log yet, and System.err may be the application's. */
  private static void say(String message) {
    byte[] line =
        ("[slipstream] " + message + System.lineSeparator()).getBytes(StandardCharsets.UTF_8);
    try {
      // Never closed: that would close the whole process's standard error.
      new FileOutputStream(FileDescriptor.err).write(line);
    } catch (IOException | RuntimeException e) {
      return; // nobody is listening, or a security manager forbids it
    }
  }
}
