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
import java.util.Collections;
import java.util.List;
import java.util.function.ToIntFunction;
import java.util.jar.JarFile;
import org.jspecify.annotations.Nullable;

/**
 * The agent's entry points. They make the agent's class loader and hand over; whatever goes wrong
 * is said in one line, and the application runs on without the agent.
 *
 * <p>The form of {@linkplain #agentmain commands} is to stay: see {@link Installation}.
 */
public final class SlipstreamAgent {
  private static final String INSTALLER_FILE = "inst/dev/slipstream/agent/Installer.classdata";
  private static final String COMMAND_LINE = "dev.slipstream.attach.CommandLine";
  private static final String ATTACH = "@attach ";
  private static final String DETACH = "@detach";

  private SlipstreamAgent() {}

  /** Called by the JVM before the application's main method ({@code -javaagent}). */
  public static void premain(@Nullable String arguments, Instrumentation instrumentation) {
    start(arguments == null ? "" : arguments, instrumentation, false);
  }

  /**
   * Called by the JVM when the agent is attached to a running process.
   *
   * @param arguments the options; or, as the agent's own command line has it, {@code @attach} with
   *     the path of the jar whose code is to run, and the options on lines of their own; or
   *     {@code @detach}
   */
  public static void agentmain(@Nullable String arguments, Instrumentation instrumentation) {
    start(arguments == null ? "" : arguments, instrumentation, true);
  }

  /** The agent's command line, which attaches it to other processes. */
  public static void main(String[] arguments) throws Exception {
    AgentClassLoader all = new AgentClassLoader(ownJar(), ClassLoader.getSystemClassLoader());
    @SuppressWarnings("unchecked") // in another class loader, so JDK types only
    ToIntFunction<String[]> commandLine =
        (ToIntFunction<String[]>)
            all.loadClass(COMMAND_LINE).getDeclaredConstructor().newInstance();
    System.exit(commandLine.applyAsInt(arguments));
  }

  private static void start(String arguments, Instrumentation instrumentation, boolean attached) {
    try {
      Path own = hasSecurityManager() ? withAllPermissions(instrumentation) : null;
      if (Installation.isThere()) {
        Installation.ask(arguments);
      } else if (arguments.startsWith(DETACH)) {
        say("the agent is not in this process");
      } else {
        install(own, arguments, instrumentation, attached);
      }
    } catch (Throwable t) {
      say("what was asked of the agent failed (" + t + "); the application runs as before");
    }
  }

  private static void install(
      @Nullable Path own, String arguments, Instrumentation instrumentation, boolean attached)
      throws Exception {
    if (arguments.startsWith(ATTACH)) {
      String[] lines = arguments.substring(ATTACH.length()).split("\n", 2);
      Installation.start(Path.of(lines[0]), lines.length > 1 ? lines[1] : "", instrumentation);
      return;
    }
    Path jar = own != null ? own : attached ? newestJar() : ownJar();
    Installation.start(jar, arguments, instrumentation);
  }

  /**
   * What the application's loader defines has the permissions that the policy gives it, and the
   * policy knows nothing of us. The boot loader's classes have all, and the instrumentation is what
   * entitles us: from here on our classes are found there first. Returns our jar.
   */
  private static Path withAllPermissions(Instrumentation instrumentation)
      throws IOException, URISyntaxException {
    // Told without a permission.
    String file = SlipstreamAgent.class.getName().replace('.', '/') + ".class";
    String url = String.valueOf(ClassLoader.getSystemResource(file));
    Path jar = Path.of(new URI(url.substring("jar:".length(), url.indexOf("!/"))));
    instrumentation.appendToBootstrapClassLoaderSearch(new JarFile(jar.toFile()));
    return jar;
  }

  @SuppressWarnings("removal")
  @SuppressForbidden("it is there until JDK 24, and gateways use it")
  private static boolean hasSecurityManager() {
    return System.getSecurityManager() != null;
  }

  private static Path ownJar() throws URISyntaxException {
    return Path.of(
        SlipstreamAgent.class.getProtectionDomain().getCodeSource().getLocation().toURI());
  }

  /** The last of our jars that was attached: the JVM puts each at the end of the class path. */
  private static Path newestJar() throws IOException, URISyntaxException {
    List<URL> jars = Collections.list(ClassLoader.getSystemResources(INSTALLER_FILE));
    if (jars.isEmpty()) {
      return ownJar();
    }
    String entry = jars.get(jars.size() - 1).getPath(); // of a jar: URL, file:/path!/entry
    return Path.of(new URI(entry.substring(0, entry.length() - INSTALLER_FILE.length() - 2)));
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
