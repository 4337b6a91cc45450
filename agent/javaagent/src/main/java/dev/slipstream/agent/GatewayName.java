package dev.slipstream.agent;

import org.jspecify.annotations.Nullable;

/** What a process is called by people: the main class or jar, and the process id. */
final class GatewayName {
  private GatewayName() {}

  /**
   * The name.
   *
   * @param command how the JVM was started: the main class or jar, and arguments, which may be
   *     secret
   */
  static String of(@Nullable String command, long pid) {
    String main = command == null ? "" : command.strip().split(" ", 2)[0];
    int module = main.indexOf('/');
    boolean jar = main.endsWith(".jar");
    String name =
        jar
            ? main.substring(main.replace('\\', '/').lastIndexOf('/') + 1)
            : main.substring(Math.max(module + 1, main.lastIndexOf('.') + 1));
    return (name.isEmpty() ? "java" : name) + " (" + pid + ")";
  }
}
