package dev.slipstream.console.targets;

/** A JVM answers and has none of the agent's MBeans. */
final class NoAgentException extends Exception {
  private static final long serialVersionUID = 1L;

  NoAgentException() {
    super("no agent", null, false, false);
  }
}
