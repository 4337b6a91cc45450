package dev.slipstream.engine.monitor;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The control group of Linux that this process is in: what its container may use, and does.
 *
 * <p>Both versions of the interface (the kernel's {@code admin-guide/cgroup-v2.rst} and {@code
 * cgroup-v1}). A limit of a group is one of all beneath it: of all of them the lowest counts. In a
 * container the group's own folder is often mounted as the root, under which its name, as {@code
 * /proc/self/cgroup} has it, is no path; then the root is the group. The JDK knows most of this as
 * well, but counts file cache as used, and rounds the quota up to whole processors.
 */
final class ControlGroup {
  private static final long NO_LIMIT = 1L << 60; // version 1 says a number near 2^63

  private final @Nullable Path memory;
  private final @Nullable Path cpu;
  private final @Nullable Path cpuUse;
  private final boolean unified;

  private ControlGroup(
      @Nullable Path memory, @Nullable Path cpu, @Nullable Path cpuUse, boolean unified) {
    this.memory = memory;
    this.cpu = cpu;
    this.cpuUse = cpuUse;
    this.unified = unified;
  }

  /** This process's; one that knows nothing where there is none. */
  static ControlGroup own() {
    return of(Path.of("/"));
  }

  /**
   * The one that a file system says.
   *
   * @param root under which there are {@code proc} and {@code sys}
   */
  static ControlGroup of(Path root) {
    List<String> lines = KernelFile.lines(root.resolve("proc/self/cgroup"));
    Path mounted = root.resolve("sys/fs/cgroup");
    boolean unified = Files.exists(mounted.resolve("cgroup.controllers"));
    if (unified) {
      Path group = group(mounted, name(lines, ""));
      return new ControlGroup(group, group, group, true);
    }
    return new ControlGroup(
        controller(mounted, lines, "memory"),
        controller(mounted, lines, "cpu"),
        controller(mounted, lines, "cpuacct"),
        false);
  }

  private static @Nullable Path controller(Path mounted, List<String> lines, String controller) {
    Path root = mounted.resolve(controller);
    return Files.isDirectory(root) ? group(root, name(lines, controller)) : null;
  }

  private static Path group(Path root, String name) {
    Path group = root.resolve(name.substring(1)).normalize();
    return group.startsWith(root) && Files.isDirectory(group) ? group : root;
  }

  /** The third part of the line {@code 4:cpu,cpuacct:/name}. */
  private static String name(List<String> lines, String controller) {
    for (String line : lines) {
      String[] parts = line.split(":", 3);
      if (parts.length == 3
          && List.of(parts[1].split(",", -1)).contains(controller)
          && parts[2].startsWith("/")) {
        return parts[2];
      }
    }
    return "/";
  }

  /** What it may use of the processors, as 0.5 for half of one; null where all. */
  @Nullable Double cpuQuota() {
    Double lowest = null;
    for (Path group : upwards(cpu)) {
      Double quota = unified ? quotaOfMax(group) : quotaOfFiles(group);
      if (quota != null && (lowest == null || quota < lowest)) {
        lowest = quota;
      }
    }
    return lowest;
  }

  private static @Nullable Double quotaOfMax(Path group) {
    String[] parts = KernelFile.firstLine(group.resolve("cpu.max")).split(" ", -1);
    return parts.length == 2
        ? quotient(KernelFile.number(parts[0]), KernelFile.number(parts[1]))
        : null;
  }

  private static @Nullable Double quotaOfFiles(Path group) {
    return quotient(
        KernelFile.number(group.resolve("cpu.cfs_quota_us")),
        KernelFile.number(group.resolve("cpu.cfs_period_us")));
  }

  private static @Nullable Double quotient(@Nullable Long quota, @Nullable Long period) {
    return quota == null || period == null || quota <= 0 || period <= 0
        ? null
        : (Double) ((double) quota / period);
  }

  /** Processor time that all in it have used, in nanoseconds. */
  @Nullable Long cpuNanos() {
    if (cpuUse == null) {
      return null;
    }
    if (!unified) {
      return KernelFile.number(cpuUse.resolve("cpuacct.usage"));
    }
    Long micros = KernelFile.field(cpuUse.resolve("cpu.stat"), "usage_usec");
    return micros == null ? null : micros * 1_000;
  }

  /** What it may use of the memory; null where all. */
  @Nullable Long memoryLimitBytes() {
    Long lowest = null;
    for (Path group : upwards(memory)) {
      Long limit =
          KernelFile.number(group.resolve(unified ? "memory.max" : "memory.limit_in_bytes"));
      if (limit != null && limit < NO_LIMIT && (lowest == null || limit < lowest)) {
        lowest = limit;
      }
    }
    return lowest;
  }

  /** What all in it hold, without file cache that has not been used for a while. */
  @Nullable Long memoryUsedBytes() {
    if (memory == null) {
      return null;
    }
    Long used =
        KernelFile.number(memory.resolve(unified ? "memory.current" : "memory.usage_in_bytes"));
    Long cache =
        KernelFile.field(
            memory.resolve("memory.stat"), unified ? "inactive_file" : "total_inactive_file");
    return used == null ? null : (Long) Math.max(0, used - (cache == null ? 0 : cache));
  }

  private static List<Path> upwards(@Nullable Path group) {
    List<Path> groups = new ArrayList<>();
    for (Path at = group; at != null && !at.endsWith("sys/fs"); at = at.getParent()) {
      groups.add(at);
    }
    return groups;
  }
}
