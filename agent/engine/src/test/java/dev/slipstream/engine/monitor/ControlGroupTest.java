package dev.slipstream.engine.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ControlGroupTest {
  private static final String ROOT = "sys/fs/cgroup/";

  @TempDir private Path root;

  @Test
  void version2_inAContainer_readsTheRoot() throws IOException {
    unified("0::/docker/of-the-host");
    write(ROOT + "cpu.max", "150000 100000\n");
    write(ROOT + "cpu.stat", "usage_usec 7000\nuser_usec 5000\n");
    write(ROOT + "memory.max", "1000000\n");
    write(ROOT + "memory.current", "700000\n");
    write(ROOT + "memory.stat", "anon 5\nactive_file 1\ninactive_file 200000\n");

    ControlGroup group = ControlGroup.of(root);

    assertThat(group.cpuQuota()).isEqualTo(1.5);
    assertThat(group.cpuNanos()).isEqualTo(7_000_000);
    assertThat(group.memoryLimitBytes()).isEqualTo(1_000_000);
    assertThat(group.memoryUsedBytes()).as("without idle file cache").isEqualTo(500_000);
  }

  @Test
  void version2_ofAService_takesTheLowestLimitOnTheWayUp() throws IOException {
    unified("0::/system.slice/gateway.service");
    write(ROOT + "system.slice/cpu.max", "50000 100000\n");
    write(ROOT + "system.slice/memory.max", "max\n");
    write(ROOT + "system.slice/gateway.service/cpu.max", "max 100000\n");
    write(ROOT + "system.slice/gateway.service/memory.max", "5000\n");
    write(ROOT + "system.slice/gateway.service/memory.current", "300\n");

    ControlGroup group = ControlGroup.of(root);

    assertThat(group.cpuQuota()).isEqualTo(0.5);
    assertThat(group.memoryLimitBytes()).isEqualTo(5_000);
    assertThat(group.memoryUsedBytes()).isEqualTo(300);
  }

  @Test
  void version1_readsEachControllerInItsOwnFolder() throws IOException {
    write("proc/self/cgroup", "4:memory:/pod\n2:cpu,cpuacct:/pod\n0::/\n");
    write(ROOT + "cpu/pod/cpu.cfs_quota_us", "200000\n");
    write(ROOT + "cpu/pod/cpu.cfs_period_us", "100000\n");
    write(ROOT + "cpuacct/pod/cpuacct.usage", "12345\n");
    write(ROOT + "memory/memory.limit_in_bytes", "9223372036854771712\n");
    write(ROOT + "memory/pod/memory.limit_in_bytes", "4000\n");
    write(ROOT + "memory/pod/memory.usage_in_bytes", "3000\n");
    write(ROOT + "memory/pod/memory.stat", "inactive_file 1\ntotal_inactive_file 1000\n");

    ControlGroup group = ControlGroup.of(root);

    assertThat(group.cpuQuota()).isEqualTo(2);
    assertThat(group.cpuNanos()).isEqualTo(12_345);
    assertThat(group.memoryLimitBytes()).isEqualTo(4_000);
    assertThat(group.memoryUsedBytes()).isEqualTo(2_000);
  }

  @Test
  void withoutLimits_thereAreNone() throws IOException {
    write("proc/self/cgroup", "4:memory:/\n2:cpu:/\n");
    write(ROOT + "cpu/cpu.cfs_quota_us", "-1\n");
    write(ROOT + "cpu/cpu.cfs_period_us", "100000\n");
    write(ROOT + "memory/memory.limit_in_bytes", "9223372036854771712\n");

    ControlGroup group = ControlGroup.of(root);

    assertThat(group.cpuQuota()).isNull();
    assertThat(group.memoryLimitBytes()).isNull();
  }

  @Test
  void withoutControlGroups_nothingIsKnown() {
    ControlGroup group = ControlGroup.of(root);

    assertThat(group.cpuQuota()).isNull();
    assertThat(group.cpuNanos()).isNull();
    assertThat(group.memoryLimitBytes()).isNull();
    assertThat(group.memoryUsedBytes()).isNull();
  }

  @Test
  void nameThatLeadsOutOfTheFolder_isTheRoot() throws IOException {
    unified("0::/../../other");
    write(ROOT + "memory.max", "1000\n");
    write("sys/other/memory.max", "5\n");

    assertThat(ControlGroup.of(root).memoryLimitBytes()).isEqualTo(1_000);
  }

  private void unified(String line) throws IOException {
    write("proc/self/cgroup", line + "\n");
    write(ROOT + "cgroup.controllers", "cpu memory\n");
  }

  private void write(String name, String text) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
