package dev.slipstream.console.targets;

import java.util.regex.Pattern;

/**
 * A JVM of this machine that may be attached to.
 *
 * @param process the process; equal only to itself, even if its id is used again
 * @param commandLine main class or jar, and arguments
 */
record LocalJvm(ProcessHandle process, String commandLine) {
  private static final int LONGEST_NAME = 40;
  private static final Pattern FIRST_WORD = Pattern.compile("\\s.*", Pattern.DOTALL);
  private static final Pattern DIRECTORY = Pattern.compile(".*[/\\\\]");
  private static final Pattern NOT_IN_A_NAME = Pattern.compile("[^A-Za-z0-9._-]+");

  /** A name for the API: that of the jar or the main class, and the process id. No arguments. */
  String name() {
    String path = FIRST_WORD.matcher(commandLine.strip()).replaceFirst("");
    String file = DIRECTORY.matcher(path).replaceFirst("");
    String program =
        file.endsWith(".jar")
            ? file.substring(0, file.length() - ".jar".length())
            : file.substring(file.lastIndexOf('.') + 1);
    program = NOT_IN_A_NAME.matcher(program).replaceAll("-");
    program = program.substring(0, Math.min(program.length(), LONGEST_NAME));
    return (program.isEmpty() ? "jvm" : program) + "-" + process.pid();
  }
}
