package dev.slipstream.console.targets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TargetsFileTest {
  @TempDir Path folder;

  @Test
  void read_ofEverything_withPathsBesideTheFile() throws IOException {
    Path password = secret("password", "rw-------");
    TargetsFile file =
        read(
            """
            targets:
              - {name: a, host: h, port: 1}
              - name: b
                host: "::1"
                port: 2
                user: u
                password_file: password
                tls: true
                registry_tls: false
            discover:
              dns: gateways.default.svc
              port: 9010
            """);
    assertThat(file.targets())
        .containsExactly(
            new ConfiguredTarget(new TargetAddress("a", "h", 1), JmxAccess.OPEN),
            new ConfiguredTarget(
                new TargetAddress("b", "::1", 2),
                new JmxAccess("u", password, true, false, null, null)));
    assertThat(file.discoveries())
        .containsExactly(new Discovery("gateways", "gateways.default.svc", 9010, JmxAccess.OPEN));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{}                                                    | has neither targets nor discover",
        "targets: []                                           | has neither targets nor discover",
        "target: []                                            | 1:1: unknown key; accepted: [discover, targets]",
        "targets: [7]                                          | 1:11: no map",
        "targets: [{name: a, host: h}]                         | 1:11: port is missing",
        "targets: [{name: a, port: 1}]                         | 1:11: host is missing",
        "targets: [{name: a, host: h, port: x}]                | 1:11: port is no number",
        "targets: [{name: a, host: h, port: 0}]                | 1:11: port 0 of target a is not",
        "targets: [{name: a/b, host: h, port: 1}]              | 1:11: \"a/b\" is no name",
        "targets: [{name: a, name: b, host: h, port: 1}]       | 1:21: name is given twice",
        "targets: [{name: a, host: h, port: 1, pass: x}]       | 1:39: unknown key",
        "targets: [{name: a, host: h, port: 1, tls: yes}]      | 1:11: tls is neither true nor false",
        "targets: [{name: a, host: h, port: 1, user: u}]       | 1:11: user and password_file go together",
        "targets: [{name: a, host: h, port: 1, trust_store: t}]| 1:11: registry_tls and trust_store need tls",
        "targets: [{name: a, host: h, port: 1, tls: true, trust_store: t}] | 1:11: FOLDER/t cannot be read",
        "targets: [{name: a, host: h, port: 1, user: u, password_file: p}] | 1:11: FOLDER/p does not exist",
        "targets: [{name: a, host: h, port: 1, user: u, password_file: open}] | 1:11: FOLDER/open can be read or changed",
        "discover: {port: 1}                                   | 1:11: dns is missing",
        "discover: {dns: '*', port: 1}                         | 1:11: \"*\" is no name",
        "targets: [                                            | 1:11: YAML syntax",
      })
  void read_ofWhatIsNotUnderstood_saysWhereAndWhy(String yaml, String message) throws IOException {
    secret("open", "rw-r--r--");
    assertThatThrownBy(() -> read(yaml))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(message.replace("FOLDER", folder.toString()));
  }

  private TargetsFile read(String yaml) throws IOException {
    return TargetsFile.read(Files.writeString(folder.resolve("console.yaml"), yaml));
  }

  private Path secret(String name, String mode) throws IOException {
    Path file = Files.writeString(folder.resolve(name), "secret");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    return file;
  }
}
