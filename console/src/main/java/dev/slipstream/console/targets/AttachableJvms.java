package dev.slipstream.console.targets;

import com.sun.tools.attach.VirtualMachine;
import com.sun.tools.attach.VirtualMachineDescriptor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The JVMs of this user, but for the console's own.
 *
 * <p>To attach is to send SIGQUIT, which ends a JVM that does not handle it yet or never will.
 * Where the system says which signals a process handles (Linux) only JVMs that handle it are
 * listed, elsewhere only those that are a few seconds old.
 */
final class AttachableJvms implements JvmList {
  private static final Duration YOUNG = Duration.ofSeconds(5);
  private static final String HANDLED_SIGNALS = "SigCgt:";
  private static final long SIGQUIT = 1L << 2;
  private static final int HEXADECIMAL = 16;

  private final InstantSource clock;
  private final ProcessHandle self = ProcessHandle.current();

  AttachableJvms(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public List<LocalJvm> list() {
    return VirtualMachine.list().stream().flatMap(this::attachable).toList();
  }

  private Stream<LocalJvm> attachable(VirtualMachineDescriptor descriptor) {
    Optional<ProcessHandle> process;
    try {
      process = ProcessHandle.of(Long.parseLong(descriptor.id()));
    } catch (NumberFormatException e) {
      return Stream.empty();
    }
    return process
        .filter(found -> !found.equals(self))
        .filter(found -> found.info().user().equals(self.info().user()))
        .filter(this::survivesAttaching)
        .filter(found -> isNamed(descriptor) || olderThan(YOUNG, found))
        .map(found -> new LocalJvm(found, descriptor.displayName()))
        .stream();
  }

  /** A JVM that is just starting has no name yet, and would never get another than "Unknown". */
  private static boolean isNamed(VirtualMachineDescriptor descriptor) {
    return !descriptor.displayName().isBlank() && !descriptor.displayName().equals("Unknown");
  }

  private boolean survivesAttaching(ProcessHandle process) {
    Path status = Path.of("/proc", Long.toString(process.pid()), "status");
    try (Stream<String> lines = Files.lines(status)) {
      return lines
          .filter(line -> line.startsWith(HANDLED_SIGNALS))
          .map(line -> line.substring(HANDLED_SIGNALS.length()).strip())
          .anyMatch(mask -> (Long.parseUnsignedLong(mask, HEXADECIMAL) & SIGQUIT) != 0);
    } catch (IOException | RuntimeException e) {
      return olderThan(YOUNG, process);
    }
  }

  private boolean olderThan(Duration age, ProcessHandle process) {
    Instant latest = clock.instant().minus(age);
    return process.info().startInstant().filter(start -> start.isBefore(latest)).isPresent();
  }
}
