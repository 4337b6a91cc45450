package dev.slipstream.attach;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import com.sun.tools.attach.VirtualMachineDescriptor;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.FutureTask;

/** The JVMs that can be seen, and the agent in them. */
final class Listing {
  private static final Duration LONGEST = Duration.ofSeconds(3);
  private static final String NOTHING = "-";

  private record Row(String pid, String mainClass, FutureTask<String> state) {}

  /** A table: the JVMs are asked all at once, since each may hang. */
  String text() {
    List<Row> rows = new ArrayList<>();
    String own = Long.toString(ProcessHandle.current().pid());
    for (VirtualMachineDescriptor descriptor : VirtualMachine.list()) {
      if (!descriptor.id().equals(own)) {
        rows.add(
            new Row(
                descriptor.id(),
                mainClass(descriptor.displayName()),
                deadline(descriptor.id()).begin(() -> state(descriptor))));
      }
    }
    rows.sort(Comparator.comparingLong(row -> Long.parseLong(row.pid)));
    StringBuilder text = new StringBuilder(line("PID", "SLIPSTREAM", "MAIN CLASS"));
    for (Row row : rows) {
      text.append(line(row.pid, answer(row), row.mainClass));
    }
    return text.toString();
  }

  private static Deadline deadline(String pid) {
    return Deadline.of(LONGEST, "process " + pid);
  }

  private static String line(String pid, String state, String mainClass) {
    return String.format(Locale.ROOT, "%8s  %-24s  %s%n", pid, state, mainClass);
  }

  private static String answer(Row row) {
    try {
      return deadline(row.pid).await(row.state);
    } catch (AttachException e) {
      return "? (cannot be asked)";
    }
  }

  private static String state(VirtualMachineDescriptor descriptor) throws AttachException {
    TargetProcess.of(Long.parseLong(descriptor.id()));
    try {
      VirtualMachine machine = VirtualMachine.attach(descriptor);
      try {
        String state = Attachment.state(machine);
        return state == null ? NOTHING : state;
      } finally {
        machine.detach();
      }
    } catch (AttachNotSupportedException | IOException e) {
      throw new AttachException(e.toString());
    }
  }

  /** Without arguments, which may be secrets; of a jar its name alone. */
  static String mainClass(String displayName) {
    String first = displayName.strip().split("\\s", 2)[0];
    if (first.isEmpty()) {
      return "unknown";
    }
    return first.endsWith(".jar") ? String.valueOf(Path.of(first).getFileName()) : first;
  }
}
