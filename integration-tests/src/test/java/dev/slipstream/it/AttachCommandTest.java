package dev.slipstream.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the agent's command line says, and exits with. */
final class AttachCommandTest {
  private static final int FAILED = 1;
  private static final int NOT_UNDERSTOOD = 2;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                | a command is missing",
        "attatch 1         | there is no command \"attatch\"",
        "attach            | attach takes a process id",
        "attach 12 a=1 b=2 | attach takes a process id, and options as one argument",
        "attach 12x        | \"12x\" is no process id",
        "attach -5         | \"-5\" is no process id",
        "attach 1e3        | \"1e3\" is no process id",
        "detach            | detach takes a process id",
        "detach tomcat     | \"tomcat\" is no process id",
        "list all          | list takes no arguments"
      })
  void wrongCommand_isExplained(String command, String said) throws Exception {
    assertRefused(AttachCommand.run(command.split(" ")), NOT_UNDERSTOOD, said);
  }

  @Test
  void help_saysWhatThereIs() throws Exception {
    assertThat(AttachCommand.run("help").succeeded().output())
        .contains("attach PID", "detach PID", "list", "Exit codes");
  }

  @Test
  void processThatIsNotThere_isSaid() throws Exception {
    Process ended = new ProcessBuilder("java", "-version").redirectErrorStream(true).start();
    ended.getInputStream().readAllBytes();
    assertThat(ended.waitFor(30, TimeUnit.SECONDS)).isTrue();
    String pid = Long.toString(ended.pid());

    for (String command : List.of("attach", "detach")) {
      assertRefused(AttachCommand.run(command, pid), FAILED, "there is no process " + pid);
    }
  }

  /** A JVM is asked by a signal that ends any other process. */
  @Test
  void processThatIsNoJvm_isSaidAndUnharmed() throws Exception {
    Process cat = new ProcessBuilder("cat").start();
    try {
      String pid = Long.toString(cat.pid());
      assertRefused(
          AttachCommand.run("attach", pid), FAILED, "process " + pid + " (cat) is no JVM");
      assertThat(cat.isAlive()).isTrue();
    } finally {
      cat.destroyForcibly();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "-XX:+DisableAttachMechanism,-XX:+DisableAttachMechanism",
    "-XX:-EnableDynamicAgentLoading,-XX:+EnableDynamicAgentLoading"
  })
  void processThatTakesNoAgents_isSaid(String option, String said) throws Exception {
    try (GatewayProcess gateway = Forked.probe().jvmOption(option).start()) {
      gateway.port();

      assertRefused(AttachCommand.attach(gateway), FAILED, said);

      assertThat(Forked.body(gateway, "/unsaid")).isEqualTo("run 1");
      assertThat(gateway.standardOutput()).as("no dump of its threads").hasSize(1);
    }
  }

  @Test
  void runtimeThatCannotAttach_isSaid() throws Exception {
    AttachCommand.Outcome outcome =
        AttachCommand.run(
            List.of("--limit-modules", "java.base,java.instrument"),
            AgentJar.path(),
            "attach",
            Long.toString(ProcessHandle.current().pid()));

    assertRefused(outcome, FAILED, "lacks the module jdk.attach: run this with the java of a JDK");
  }

  @Test
  void agentThatIsThereOrIsNot_isSaidAndLeftAsItIs() throws Exception {
    try (GatewayProcess gateway =
            Forked.probe().jvmOption("-XX:+EnableDynamicAgentLoading").start();
        HttpConnection connection = new HttpConnection(gateway.port())) {
      assertThat(AttachCommand.listed(gateway)).matches(".* -  +" + Applications.PROBES + ".*");
      assertRefused(AttachCommand.detach(gateway), FAILED, "Slipstream is not in process");

      AttachCommand.attach(gateway, "cache_max_memory_mb=7").succeeded();
      Forked.awaitHit(connection, "/fresh");
      assertThat(AttachCommand.listed(gateway)).contains(" on ", Applications.PROBES);
      assertRefused(AttachCommand.attach(gateway, "cache_max_memory_mb=8"), FAILED, "already");

      try (ManagementClient management = ManagementClient.of(gateway)) {
        assertThat(management.everything()).contains("cache_max_memory_mb=7");
        management.set("type=Agent", "Enabled", false);
        assertThat(AttachCommand.listed(gateway)).contains(" off (turned off by JMX)");
      }
      assertThat(AttachCommand.detach(gateway).succeeded().output())
          .contains("is detached", "java.lang.SlipstreamGate");
    }
  }

  /** An argument of the JVM's attach protocol has 1,024 bytes, on older ones without a word. */
  @Test
  void optionsThatAreTooLong_areSaidOrHonoured() throws Exception {
    try (GatewayProcess gateway =
        Forked.probe().jvmOption("-XX:+EnableDynamicAgentLoading").start()) {
      gateway.port();
      String path = File.separator + "x".repeat(2000);

      AttachCommand.Outcome outcome = AttachCommand.attach(gateway, "log_file=" + path);

      String listed = AttachCommand.listed(gateway);
      if (outcome.status() == 0) {
        assertThat(listed).contains(" on ");
        assertThat(gateway.standardError()).anyMatch(line -> line.contains("log_file " + path));
      } else {
        assertRefused(outcome, FAILED, "takes no more than 1024");
        assertThat(listed).contains(" -  ");
      }
    }
  }

  /** It would be waited for without end. */
  @Test
  void processThatIsStopped_isListedAsSuch() throws Exception {
    try (GatewayProcess gateway = Forked.probe("IdleMain").start()) {
      gateway.port();
      signal("-STOP", gateway);
      try {
        assertThat(AttachCommand.listed(gateway)).contains(" ? (cannot be asked) ");
      } finally {
        signal("-CONT", gateway);
      }
    }
  }

  private static void signal(String name, GatewayProcess gateway) throws Exception {
    Process kill = new ProcessBuilder("kill", name, AttachCommand.pid(gateway)).start();
    assertThat(kill.waitFor(10, TimeUnit.SECONDS)).isTrue();
  }

  private static void assertRefused(AttachCommand.Outcome outcome, int status, String said) {
    assertThat(outcome.status()).as(outcome.toString()).isEqualTo(status);
    assertThat(outcome.output()).isEmpty();
    assertThat(outcome.errors()).startsWith("slipstream: ").contains(said).hasLineCount(1);
  }
}
