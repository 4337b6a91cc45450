package dev.slipstream.attach;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * The command line of the agent's jar: {@code attach}, {@code detach}, {@code list}, {@code help}.
 *
 * <p>A function from the arguments to the exit code, because its caller is in another class loader:
 * 0 if it is done, 1 if it could not be done, 2 if it was not understood.
 */
public final class CommandLine implements ToIntFunction<String[]> {
  private static final int DONE = 0;
  private static final int FAILED = 1;
  private static final int NOT_UNDERSTOOD = 2;

  private static final String HELP =
      """

        java -javaagent:slipstream-agent.jar[=OPTIONS] ...    starts a gateway with the agent
        java -jar slipstream-agent.jar attach PID [OPTIONS]   puts the agent into a running gateway
        java -jar slipstream-agent.jar detach PID             takes it out again
        java -jar slipstream-agent.jar list                   shows your JVMs, and the agent in them
        java -jar slipstream-agent.jar help                   shows this

      OPTIONS are settings: key=value,key=value. Paths in them are the gateway's, not this shell's.
      Exit codes: 0 done; 1 not done, and why is on standard error; 2 the command is wrong.
      """;

  private final PrintStream out = stream(FileDescriptor.out);
  private final PrintStream err = stream(FileDescriptor.err);

  /** Made by the agent's main method. */
  public CommandLine() {}

  private static PrintStream stream(FileDescriptor descriptor) {
    return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
  }

  @Override
  public int applyAsInt(String[] given) {
    List<String> arguments = List.of(given);
    String command = arguments.isEmpty() ? "" : arguments.get(0);
    int count = arguments.size();
    try {
      switch (command) {
        case "help", "--help", "-h" -> out.print(help());
        case "list" -> {
          if (count != 1) {
            return notUnderstood("list takes no arguments");
          }
          requireModule();
          out.print(new Listing().text());
        }
        case "attach" -> {
          if (count < 2 || count > 3) {
            return notUnderstood("attach takes a process id, and options as one argument");
          }
          return onProcess(arguments.get(1), pid -> attach(pid, count == 3 ? given[2] : ""));
        }
        case "detach" -> {
          if (count != 2) {
            return notUnderstood("detach takes a process id");
          }
          return onProcess(arguments.get(1), this::detach);
        }
        case "" -> {
          return notUnderstood("a command is missing");
        }
        default -> {
          return notUnderstood("there is no command \"" + command + "\"");
        }
      }
      return DONE;
    } catch (AttachException e) {
      return failed(e);
    }
  }

  /** Asked here, in a class that names nothing of the module. */
  private static void requireModule() throws AttachException {
    if (ModuleLayer.boot().findModule("jdk.attach").isEmpty()) {
      throw new AttachException(
          "the Java runtime "
              + System.getProperty("java.home")
              + " lacks the module jdk.attach: run this with the java of a JDK");
    }
  }

  private interface OnProcess {
    String run(long pid) throws AttachException;
  }

  private int onProcess(String text, OnProcess action) {
    long pid;
    try {
      pid = Long.parseUnsignedLong(text);
    } catch (NumberFormatException e) {
      return notUnderstood("\"" + text + "\" is no process id: a number is, as list shows them");
    }
    try {
      requireModule();
      out.println(action.run(pid));
      return DONE;
    } catch (AttachException e) {
      return failed(e);
    }
  }

  private String attach(long pid, String options) throws AttachException {
    return Attachment.within(pid, attachment -> attachment.attach(options));
  }

  private String detach(long pid) throws AttachException {
    return Attachment.within(pid, Attachment::detach);
  }

  private static String help() {
    return "Slipstream " + OwnJar.version() + ", a caching agent for Java API gateways\n" + HELP;
  }

  private int failed(AttachException why) {
    err.println("slipstream: " + why.getMessage());
    return FAILED;
  }

  private int notUnderstood(String why) {
    err.println("slipstream: " + why + " (help shows the commands)");
    return NOT_UNDERSTOOD;
  }
}
