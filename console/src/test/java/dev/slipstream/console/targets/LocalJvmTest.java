package dev.slipstream.console.targets;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LocalJvmTest {

  @ParameterizedTest
  @CsvSource({
    "/opt/app/gateway.jar --password secret, gateway",
    "gateway-1.2.jar, gateway-1.2",
    "com.example.Main --x, Main",
    "C:\\apps\\gateway.jar, gateway",
    "my app/ü<script>, my",
    "mod.ule/com.example.Main, Main",
    "'', jvm",
    "aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeee, aaaaaaaaaabbbbbbbbbbccccccccccdddddddddd",
  })
  void name_isTheProgramsWithoutItsArguments(String commandLine, String program) {
    LocalJvm jvm = new LocalJvm(ProcessHandle.current(), commandLine);
    assertThat(jvm.name()).isEqualTo(program + "-" + ProcessHandle.current().pid());
  }
}
