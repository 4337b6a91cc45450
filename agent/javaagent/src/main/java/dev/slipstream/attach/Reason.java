package dev.slipstream.attach;

import java.util.Locale;
import java.util.Optional;

/** Why an attempt failed, for the one who made it. */
final class Reason {
  private Reason() {}

  /**
   * One sentence.
   *
   * @param process what was attached to
   * @param otherUser whose it is, if not the asker's
   * @param failure what the JDK threw
   */
  static String of(String process, Optional<String> otherUser, Exception failure) {
    String said = String.valueOf(failure.getMessage());
    String lower = said.toLowerCase(Locale.ROOT);
    if (otherUser.isPresent()) {
      return process
          + " is of user "
          + otherUser.get()
          + ", who alone can attach to it: run this as "
          + otherUser.get();
    }
    if (lower.contains("dynamic agent loading is not enabled")) {
      return process
          + " was started with -XX:-EnableDynamicAgentLoading: start it with"
          + " -XX:+EnableDynamicAgentLoading, or with -javaagent:slipstream-agent.jar";
    }
    if (lower.contains("does not support the attach mechanism")) {
      return process
          + " was started with -XX:+DisableAttachMechanism: nothing can be attached to it";
    }
    return process + " cannot be attached to: " + said + " (" + failure.getClass().getName() + ")";
  }
}
