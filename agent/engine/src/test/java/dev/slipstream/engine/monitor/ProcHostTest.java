package dev.slipstream.engine.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcHostTest {
  @TempDir private Path root;
  private ProcHost host;

  @BeforeEach
  void makeHost() throws IOException {
    write("proc/stat", "cpu  100 0 50 800 50 0 0 0 40 0\ncpu0 1 1 1 1 1 1 1 1 1 1\n");
    write(
        "proc/meminfo",
        "MemTotal:        1000 kB\nMemFree:          100 kB\nMemAvailable:     600 kB\n");
    write("proc/net/dev", network("eth0: 1000 1 0 0 0 0 0 0 500 1 0 0 0 0 0 0"));
    host = new ProcHost(root);
  }

  @Test
  void cpu_atFirst_isUnknown() {
    assertThat(host.read().cpuPercent()).isNull();
  }

  @Test
  void cpu_isWhatWasNeitherIdleNorWaitingForADisk_withWhatOthersGot() throws IOException {
    host.read();
    write("proc/stat", "cpu  110 5 55 880 70 5 5 10 40 0\n"); // 40 busy, 100 not

    assertThat(host.read().cpuPercent()).isCloseTo(100 * 40 / 140.0, within(1e-9));
  }

  @Test
  void cpu_whoseCountersStoodStill_isUnknown() {
    host.read();

    assertThat(host.read().cpuPercent()).isNull();
  }

  @Test
  void memory_isWhatIsNotAvailable() {
    assertThat(host.read().memoryUsedBytes()).isEqualTo(400 * 1024);
    assertThat(host.read().memoryTotalBytes()).isEqualTo(1000 * 1024);
  }

  @Test
  void network_leavesLoopbackOutAndWhatBelongsToAnotherInterface() throws IOException {
    Files.createDirectories(root.resolve("sys/class/net/eth1/master"));
    write(
        "proc/net/dev",
        network(
            "    lo: 7 1 0 0 0 0 0 0 7 1 0 0 0 0 0 0",
            "  eth0:1000 1 0 0 0 0 0 0 500 1 0 0 0 0 0 0",
            "  eth1: 2000 1 0 0 0 0 0 0 600 1 0 0 0 0 0 0",
            " bond0: 2000 1 0 0 0 0 0 0 600 1 0 0 0 0 0 0"));

    assertThat(host.read().receivedBytes()).isEqualTo(3000);
    assertThat(host.read().sentBytes()).isEqualTo(1100);
  }

  @Test
  void read_whereNothingCanBeRead_knowsNothing() {
    ProcHost nowhere = new ProcHost(root.resolve("nowhere"));

    assertThat(nowhere.isThere()).isFalse();
    assertThat(nowhere.read()).isEqualTo(new Host.Reading(null, null, null, null, null));
  }

  @Test
  void isThere_whereTheKernelTells() {
    assertThat(host.isThere()).isTrue();
  }

  private static String network(String... lines) {
    return "Inter-|   Receive  |  Transmit\n face |bytes packets |bytes packets\n"
        + String.join("\n", lines)
        + "\n";
  }

  private void write(String name, String text) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
