package dev.slipstream.engine.monitor;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The host as Linux tells it in {@code /proc} (proc(5)).
 *
 * <p>Its processors are busy when neither idle nor waiting for a disk; what a hypervisor gave to
 * others counts as busy, since nobody here could have it. The network is that of the process's
 * namespace. An interface that belongs to another one, as to a bond or a bridge, is left out: what
 * it carries is counted there.
 */
final class ProcHost implements Host {
  private static final int IDLE = 3;
  private static final int IO_WAIT = 4;
  private static final int STEAL = 7; // what follows is part of the first two
  private static final int RECEIVED = 0;
  private static final int SENT = 8;

  private final Path stat;
  private final Path memory;
  private final Path network;
  private final Path interfaces;
  private @Nullable Ticks before;

  private record Ticks(long busy, long all) {}

  /**
   * Makes one.
   *
   * @param root under which there are {@code proc} and {@code sys}
   */
  ProcHost(Path root) {
    this.stat = root.resolve("proc/stat");
    this.memory = root.resolve("proc/meminfo");
    this.network = root.resolve("proc/net/dev");
    this.interfaces = root.resolve("sys/class/net");
  }

  /** Whether there is a {@code /proc} to read. */
  boolean isThere() {
    return ticks() != null;
  }

  @Override
  public Reading read() {
    List<String> lines = KernelFile.lines(memory);
    Long total = kilobytes(lines, "MemTotal:");
    Long available = kilobytes(lines, "MemAvailable:");
    Long received = null;
    Long sent = null;
    for (String line : KernelFile.lines(network)) {
      int colon = line.indexOf(':');
      if (colon > 0 && counts(line.substring(0, colon).strip())) {
        String[] fields = line.substring(colon + 1).strip().split("\\s+", -1);
        received = sum(received, fields, RECEIVED);
        sent = sum(sent, fields, SENT);
      }
    }
    return new Reading(
        cpuPercent(),
        total == null || available == null ? null : (Long) (total - available),
        total,
        received,
        sent);
  }

  private @Nullable Double cpuPercent() {
    Ticks was = before;
    Ticks is = ticks();
    before = is;
    if (was == null || is == null || is.all <= was.all) {
      return null;
    }
    double share = (double) (is.busy - was.busy) / (is.all - was.all);
    return 100 * Math.max(0, Math.min(1, share)); // the count of waiting may go back
  }

  /** {@code cpu user nice system idle iowait irq softirq steal guest guest_nice}. */
  private @Nullable Ticks ticks() {
    String[] fields = KernelFile.firstLine(stat).split("\\s+", -1);
    if (!fields[0].equals("cpu") || fields.length <= 1 + IDLE) {
      return null;
    }
    long all = 0;
    long busy = 0;
    for (int i = 0; i <= STEAL && i + 1 < fields.length; i++) {
      Long ticks = KernelFile.number(fields[i + 1]);
      if (ticks == null) {
        return null;
      }
      all += ticks;
      busy += i == IDLE || i == IO_WAIT ? 0 : ticks;
    }
    return new Ticks(busy, all);
  }

  private boolean counts(String name) {
    return !name.equals("lo") && !Files.exists(interfaces.resolve(name).resolve("master"));
  }

  private static @Nullable Long sum(@Nullable Long sum, String[] fields, int index) {
    Long value = index < fields.length ? KernelFile.number(fields[index]) : null;
    return value == null ? sum : (Long) (value + (sum == null ? 0 : sum));
  }

  private static @Nullable Long kilobytes(List<String> lines, String name) {
    Long value = KernelFile.field(lines, name);
    return value == null ? null : value * 1024;
  }
}
