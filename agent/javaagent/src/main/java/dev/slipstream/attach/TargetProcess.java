package dev.slipstream.attach;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** What the operating system says of a process that is to be attached to. */
record TargetProcess(long pid, ProcessHandle handle) {
  private static final String CAUGHT_SIGNALS = "SigCgt:";
  private static final long SIGQUIT = 1 << 2;

  /**
   * The process, if there is one that can be asked at all.
   *
   * @throws AttachException if there is none, or if the attempt would end it or disturb it: a JVM
   *     is asked by SIGQUIT, which ends what does not expect it
   */
  static TargetProcess of(long pid) throws AttachException {
    ProcessHandle handle =
        ProcessHandle.of(pid)
            .orElseThrow(() -> new AttachException("there is no process " + pid + " (see list)"));
    TargetProcess process = new TargetProcess(pid, handle);
    if (process.commandLine().contains("-XX:+DisableAttachMechanism")) {
      throw new AttachException(
          process + " was started with -XX:+DisableAttachMechanism: nothing can be attached to it");
    }
    if (!process.catchesQuit()) {
      throw new AttachException(
          process + " is no JVM, or one that takes no attachments (-Xrs, or just starting)");
    }
    return process;
  }

  private String commandLine() {
    return handle.info().arguments().map(all -> String.join(" ", all)).orElse("");
  }

  /** On Linux; elsewhere nobody says, and it is taken for granted. */
  private boolean catchesQuit() {
    try {
      return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
          .filter(line -> line.startsWith(CAUGHT_SIGNALS))
          .map(line -> line.substring(CAUGHT_SIGNALS.length()).strip())
          .allMatch(mask -> (Long.parseUnsignedLong(mask, 16) & SIGQUIT) != 0);
    } catch (IOException | RuntimeException e) {
      return true;
    }
  }

  /** Whose process it is, where that is not who asks. */
  Optional<String> otherUser() {
    Optional<String> own = ProcessHandle.current().info().user();
    return handle.info().user().filter(user -> own.isPresent() && !own.get().equals(user));
  }

  @Override
  public String toString() {
    return "process "
        + pid
        + handle.info().command().map(path -> " (" + Path.of(path).getFileName() + ")").orElse("");
  }
}
