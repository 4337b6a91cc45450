package dev.slipstream.attach;

import com.sun.tools.attach.AgentInitializationException;
import com.sun.tools.attach.AgentLoadException;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * A JVM that this one is attached to.
 *
 * <p>What the agent says of itself is in the JVM's agent properties: {@value #STATE} is its version
 * and how it is, and is not there where the agent is not.
 */
final class Attachment implements AutoCloseable {
  private static final String STATE = "dev.slipstream.agent";
  private static final String JAR = "dev.slipstream.jar";
  private static final String STARTING = " starting";
  private static final Duration LONGEST = Duration.ofSeconds(60);
  private static final int STATE_QUERIES = 50;
  private static final Duration STATE_QUERY_PAUSE = Duration.ofMillis(100);
  private static final int LEAST_JAVA = 17;
  private static final int MOST_BYTES = 1024;

  private final TargetProcess process;
  private final VirtualMachine machine;

  private Attachment(TargetProcess process, VirtualMachine machine) {
    this.process = process;
    this.machine = machine;
  }

  /** Something done to the JVM. */
  interface Action {
    String run(Attachment attachment)
        throws AttachException, AgentLoadException, AgentInitializationException, IOException;
  }

  /** Attaches to a process and does something. Returns what is to be said of it. */
  static String within(long pid, Action action) throws AttachException {
    return Deadline.of(LONGEST, "process " + pid).run(() -> attached(pid, action));
  }

  private static String attached(long pid, Action action) throws AttachException {
    TargetProcess process = TargetProcess.of(pid);
    try (Attachment attachment = new Attachment(process, machine(pid))) {
      return action.run(attachment);
    } catch (AttachNotSupportedException
        | AgentLoadException
        | AgentInitializationException
        | IOException e) {
      throw new AttachException(Reason.of(process.toString(), process.otherUser(), e));
    }
  }

  private static VirtualMachine machine(long pid) throws AttachNotSupportedException, IOException {
    return VirtualMachine.attach(Long.toString(pid));
  }

  /** The agent's version and how it is; null where it is not in the JVM. */
  static @Nullable String state(VirtualMachine machine) throws IOException {
    return machine.getAgentProperties().getProperty(STATE);
  }

  /** Puts the agent of this jar into the JVM. */
  String attach(String options)
      throws AttachException, AgentLoadException, AgentInitializationException, IOException {
    String already = state(machine);
    if (already != null) {
      throw new AttachException(
          "Slipstream "
              + already
              + " is in "
              + process
              + " already, and nothing was changed: detach it first for other options, or another"
              + " version");
    }
    requireJava(machine.getSystemProperties());
    load(OwnJar.path(), "@attach " + OwnJar.path() + "\n" + options);
    String state = awaitStarted();
    if (state == null) {
      throw new AttachException(
          "the agent could not start in " + process + ", whose standard error says why");
    }
    return "Slipstream " + state + " in " + process;
  }

  /** Starting takes the agent part of a second; a gateway that is busy may take longer. */
  private @Nullable String awaitStarted() throws IOException {
    String state = state(machine);
    for (int i = 0; i < STATE_QUERIES && state != null && state.endsWith(STARTING); i++) {
      Deadline.pause(STATE_QUERY_PAUSE);
      state = state(machine);
    }
    return state;
  }

  private void requireJava(Properties system) throws AttachException {
    String version = system.getProperty("java.specification.version", "");
    if (!isAtLeast(version, LEAST_JAVA)) {
      throw new AttachException(
          process + " runs Java " + version + ", and the agent needs " + LEAST_JAVA + " or newer");
    }
  }

  /** Whether a specification's version, such as 1.8 or 21, is at least another; if it is one. */
  static boolean isAtLeast(String version, int least) {
    String[] parts = version.split("\\.", -1);
    try {
      return Integer.parseInt(parts[0]) >= least;
    } catch (NumberFormatException e) {
      return true; // nobody knows; the JVM is going to say
    }
  }

  private void load(Path jar, String arguments)
      throws AttachException, AgentLoadException, AgentInitializationException, IOException {
    int bytes = (jar + "=" + arguments).getBytes(StandardCharsets.UTF_8).length;
    try {
      machine.loadAgent(jar.toString(), arguments);
    } catch (AgentLoadException | AgentInitializationException | IOException e) {
      if (bytes > MOST_BYTES) {
        throw new AttachException(
            "options and path of the jar are "
                + bytes
                + " bytes, and "
                + process
                + " takes no more than "
                + MOST_BYTES
                + ": put the options into a file, and name it with config=FILE");
      }
      throw e;
    }
  }

  /** Takes the agent out of the JVM. */
  String detach()
      throws AttachException, AgentLoadException, AgentInitializationException, IOException {
    Properties properties = machine.getAgentProperties();
    String state = properties.getProperty(STATE);
    if (state == null) {
      throw new AttachException("Slipstream is not in " + process);
    }
    // The jar that is on its class path already, so that no other is put there to leave it.
    Path jar = Path.of(properties.getProperty(JAR, ""));
    load(Files.isRegularFile(jar) ? jar : OwnJar.path(), "@detach");
    if (state(machine) != null) {
      throw new AttachException(
          "Slipstream " + state + " is in " + process + " still; its standard error says why");
    }
    return "Slipstream "
        + state.split(" ", 2)[0]
        + " is detached from "
        + process
        + ": every request passes through.\n"
        + "What stays until the process ends: the class java.lang.SlipstreamGate, which does"
        + " nothing now,\nand the entry points in dev.slipstream.javaagent.";
  }

  @Override
  public void close() throws IOException {
    machine.detach();
  }
}
