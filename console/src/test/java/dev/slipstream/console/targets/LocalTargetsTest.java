package dev.slipstream.console.targets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipstream.console.cache.Caches;
import dev.slipstream.console.fake.FakeConsole;
import dev.slipstream.console.fake.FakeGatewayMain;
import dev.slipstream.console.fake.JavaProcess;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Attaches to JVMs that the test started, and to no others of the machine. */
class LocalTargetsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @Test
  void gateway_isFoundByAttaching_andAJvmWithoutAgentIsNone() throws Exception {
    try (JavaProcess gateway = JavaProcess.start(FakeGatewayMain.class, "local");
        JavaProcess other = JavaProcess.start(FakeGatewayMain.class, "without-agent");
        FakeConsole console = consoleOf(gateway, other)) {
      String name = "FakeGatewayMain-" + gateway.handle().pid();
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(console.api().get("/api/v1/cache/stats").body())
                      .contains(
                          "\"entries\":7,",
                          "\"targets\":[{\"name\":\"" + name + "\",\"status\":\"up\"}]"));
      assertThat(console.api().get("/api/v1/health").json().path("status").textValue())
          .isEqualTo("up");
      assertThat(console.api().get("/api/v1/health/ready").status()).isEqualTo(200);
    }
  }

  @Test
  void gateway_thatHasEnded_isGone_andStaysKnown() throws Exception {
    try (JavaProcess gateway = JavaProcess.start(FakeGatewayMain.class, "local");
        FakeConsole console = consoleOf(gateway)) {
      await()
          .atMost(PATIENCE)
          .until(() -> console.api().get("/api/v1/cache/stats").status() == 200);
      gateway.kill();
      assertThat(console.api().get("/api/v1/cache/stats").problem(502, type("gateway-gone")))
          .startsWith("FakeGatewayMain-" + gateway.handle().pid());
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(
                          console
                              .api()
                              .delete("/api/v1/cache/flush")
                              .problem(502, type("gateway-gone")))
                      .endsWith("has ended"));
      assertThat(console.api().get("/api/v1/health/ready").status()).isEqualTo(503);
    }
  }

  @Test
  @DisabledOnOs(OS.WINDOWS) // has no SIGSTOP
  void gateway_thatIsStopped_hangs_untilItContinues() throws Exception {
    try (JavaProcess gateway = JavaProcess.start(FakeGatewayMain.class, "local");
        FakeConsole console = consoleOf(gateway)) {
      await()
          .atMost(PATIENCE)
          .until(() -> console.api().get("/api/v1/cache/stats").status() == 200);
      gateway.signal("STOP");
      long start = System.nanoTime();
      console.api().get("/api/v1/cache/stats").problem(504, type("gateway-hanging"));
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(4));
      start = System.nanoTime();
      console.api().delete("/api/v1/cache/flush").problem(504, type("gateway-hanging"));
      assertThat(Duration.ofNanos(System.nanoTime() - start))
          .as("that it hangs is known by now")
          .isLessThan(Duration.ofSeconds(1));
      gateway.signal("CONT");
      await()
          .atMost(PATIENCE)
          .until(() -> console.api().get("/api/v1/cache/stats").status() == 200);
    }
  }

  @Test
  void noJvms_isNoGateway() throws Exception {
    Targets none = new LocalTargets(List::of, Caches.LOOK, InstantSource.system());
    try (FakeConsole console = FakeConsole.reading(none)) {
      console.api().get("/api/v1/cache/stats").problem(503, type("no-gateway"));
      console.api().delete("/api/v1/cache/flush").problem(503, type("no-gateway"));
      assertThat(console.api().get("/api/v1/health").body())
          .isEqualTo("{\"status\":\"down\",\"targets\":[]}");
      assertThat(console.api().get("/api/v1/health/ready").status()).isEqualTo(503);
    }
  }

  @Test
  void listThatFails_isAProblemThatIsShown() throws Exception {
    JvmList failing =
        () -> {
          throw new NoClassDefFoundError("com/sun/tools/attach/VirtualMachine");
        };
    Targets targets = new LocalTargets(failing, Caches.LOOK, InstantSource.system());
    try (FakeConsole console = FakeConsole.reading(targets)) {
      await()
          .untilAsserted(
              () ->
                  assertThat(
                          console.api().get("/api/v1/cache/stats").problem(503, type("no-gateway")))
                      .contains("no Attach API"));
      assertThat(console.api().get("/api/v1/health").body()).contains("no Attach API");
    }
  }

  @Test
  void attachableJvms_areOfThisUser_andNotOurselves() {
    List<LocalJvm> jvms = new AttachableJvms(InstantSource.system()).list();
    assertThat(jvms).extracting(LocalJvm::process).doesNotContain(ProcessHandle.current());
    assertThat(jvms)
        .extracting(jvm -> jvm.process().info().user())
        .allMatch(user -> user.equals(ProcessHandle.current().info().user()) || user.isEmpty());
  }

  private static FakeConsole consoleOf(JavaProcess... processes) {
    List<LocalJvm> jvms =
        Stream.of(processes)
            .map(
                process -> {
                  process.announced("ready");
                  return new LocalJvm(process.handle(), FakeGatewayMain.class.getName());
                })
            .toList();
    return FakeConsole.reading(new LocalTargets(() -> jvms, Caches.LOOK, InstantSource.system()));
  }

  private static String type(String name) {
    return "urn:slipstream:problem:" + name;
  }
}
