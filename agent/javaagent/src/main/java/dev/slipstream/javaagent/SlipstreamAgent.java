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
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The agent's entry points. They make the agent's class loader and hand over; whatever goes wrong
 * is said in one line, and the application runs on without the agent.
 *
 * <p>A JVM keeps the first version of this class that it loads, also where a newer jar is attached
 * later: it starts the code of that jar. What it knows of the code is therefore to stay: that
 * {@value #INSTALLER} takes the options and the JVM's instrumentation, and answers with what is
 * asked at each further attachment whether the agent is to stay; and the form of {@linkplain
 * #agentmain commands}.
 */
public final class SlipstreamAgent {
  private static final String INSTALLER = "dev.slipstream.agent.Installer";
  private static final String INSTALLER_FILE = "inst/dev/slipstream/agent/Installer.classdata";
  private static final String COMMAND_LINE = "dev.slipstream.attach.CommandLine";
  private static final String ATTACH = "@attach ";
  private static final String DETACH = "@detach";
  private static final Object LOCK = new Object();

  // Both null while the agent is not in this process; under the lock.
  private static @Nullable AgentClassLoader loader;
  private static @Nullable Predicate<String> agent;

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
    synchronized (LOCK) {
      if (agent != null) {
        ask(agent, arguments);
        return;
      }
      if (arguments.startsWith(DETACH)) {
        say("the agent is not in this process");
        return;
      }
      try {
        install(arguments, instrumentation, attached);
      } catch (Throwable t) {
        say("the agent could not start (" + t + "); the application runs without it");
      }
    }
  }

  private static void ask(Predicate<String> asked, String arguments) {
    try {
      if (!asked.test(arguments)) {
        agent = null;
        if (loader != null) {
          loader.close();
        }
        loader = null;
      }
    } catch (Throwable t) {
      say("what was asked of the agent failed (" + t + ")");
    }
  }

  @SuppressWarnings("unchecked") // the installer is in another class loader, so JDK types only
  private static void install(String arguments, Instrumentation instrumentation, boolean attached)
      throws Exception {
    Path jar = attached ? newestJar() : ownJar();
    String options = arguments;
    if (arguments.startsWith(ATTACH)) {
      String[] lines = arguments.substring(ATTACH.length()).split("\n", 2);
      jar = Path.of(lines[0]);
      options = lines.length > 1 ? lines[1] : "";
    }
    AgentClassLoader next = new AgentClassLoader(jar, ClassLoader.getPlatformClassLoader());
    try {
      agent =
          ((BiFunction<String, Instrumentation, Predicate<String>>)
                  next.loadClass(INSTALLER).getDeclaredConstructor().newInstance())
              .apply(options, instrumentation);
      loader = next;
    } finally {
      if (agent == null) {
        next.close();
      }
    }
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
    } catch (IOException e) {
      return; // nobody is listening
    }
  }
}
