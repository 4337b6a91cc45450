package dev.slipstream.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipstream.console.targets.TargetAddress;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OptionsTest {

  @Test
  void parse_ofNothing_listensOnLoopbackAndLooksForGateways() {
    assertThat(Options.parse())
        .isEqualTo(new Options("127.0.0.1", 8000, List.of(), null, SecurityOptions.usual(), false));
  }

  @Test
  void parse_ofEverything() {
    assertThat(
            Options.parse(
                "--port", "0", "--host=::1", "--target", "a=h:1", "--target=b.2=[::1]:65535"))
        .isEqualTo(
            new Options(
                "::1",
                0,
                List.of(new TargetAddress("a", "h", 1), new TargetAddress("b.2", "::1", 65_535)),
                null,
                SecurityOptions.usual(),
                false));
    assertThat(Options.parse("--help").help()).isTrue();
    assertThat(
            Options.parse(
                    "--config=c",
                    "--token-file=t",
                    "--tokens-file=ts",
                    "--tls-keystore=k",
                    "--tls-password-file=p",
                    "--insecure-plaintext",
                    "--allowed-host=a.example",
                    "--allowed-host",
                    "b.example",
                    "--audit-file=au",
                    "--access-log=ac",
                    "--rate-limit=7")
                .security())
        .isEqualTo(
            new SecurityOptions(
                Path.of("t"),
                Path.of("ts"),
                Path.of("k"),
                Path.of("p"),
                true,
                List.of("a.example", "b.example"),
                Path.of("au"),
                Path.of("ac"),
                7));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "--prot 1                        | unknown option \"--prot\"",
        "x                               | unknown option \"x\"",
        "-p 1                            | unknown option \"-p\"",
        "--help=yes                      | unknown option \"--help=yes\"",
        "--port                          | option --port has no value",
        "--port=                         | option --port has no value",
        "--port --host                   | option --port has no value",
        "--host                          | option --host has no value",
        "--tls-keystore k                | --tls-keystore and --tls-password-file go together",
        "--tls-password-file p           | --tls-keystore and --tls-password-file go together",
        "--rate-limit 0                  | rate \"0\" is not in 1..1000000",
        "--token-file                    | option --token-file has no value",
        "token a viewer                  | unknown option \"token\"",
        "--target                        | option --target has no value",
        "--port x                        | port \"x\" is not in 0..65535",
        "--port -1                       | port \"-1\" is not in 0..65535",
        "--port 65536                    | port \"65536\" is not in 0..65535",
        "--port 99999999999              | port \"99999999999\" is not in 0..65535",
        "--target a                      | \"a\" is no target: name=host:port is",
        "--target a=b                    | \"a=b\" is no target: name=host:port is",
        "--target a=b:c                  | \"a=b:c\" is no target: name=host:port is",
        "--target a=:1                   | \"a=:1\" is no target: name=host:port is",
        "--target a=::1:1                | \"a=::1:1\" is no target: name=host:port is",
        "--target a=b:0                  | port 0 of target a is not in 1..65535",
        "--target a=b:70000              | port 70000 of target a is not in 1..65535",
        "--target =b:1                   | \"\" is no name of a target",
        "--target a/b=c:1                | \"a/b\" is no name of a target",
      })
  void parse_ofWhatIsNotUnderstood_saysWhyInOneLine(String arguments, String message) {
    assertThatThrownBy(() -> Options.parse(arguments.strip().split(" +")))
        .isInstanceOf(IllegalArgumentException.class)
        .message()
        .startsWith(message)
        .hasLineCount(1);
  }
}
