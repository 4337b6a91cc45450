package dev.slipstream.config.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipstream.config.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RulesSourceTest {

  private static final String REJECTED =
      "; accepted: a readable YAML file; the whole file is rejected and the rules in force stay";

  @TempDir Path directory;
  private Path file;
  private long written;

  @BeforeEach
  void nameFile() {
    file = directory.resolve("rules.yaml");
  }

  @Test
  void poll_returnsWhatChanged() throws Exception {
    RulesSource source = new RulesSource(file, true);
    write("rules: [{name: a, pattern: /a}]");
    assertThat(source.poll()).satisfies(parsed -> assertThat(nameOf(parsed)).isEqualTo("a"));
    assertThat(source.poll()).isNull();

    write("rules: [{name: b, pattern: /a}]");
    assertThat(source.poll()).satisfies(parsed -> assertThat(nameOf(parsed)).isEqualTo("b"));
    assertThat(source.poll()).isNull();
  }

  @Test
  void poll_ofAFileTouchedOnly() throws Exception {
    RulesSource source = new RulesSource(file, true);
    write("rules: []");
    assertThat(source.poll()).isNotNull();

    write("rules: []");

    assertThat(source.poll()).isNull();
  }

  @Test
  void poll_ofABrokenEdit_reportsItOnceAndRecovers() throws Exception {
    RulesSource source = new RulesSource(file, true);
    write("rules: [{name: a, pattern: /a}]");
    source.poll();

    write("rules: [{name: a, pattern: a}]");
    assertThat(source.poll()).satisfies(parsed -> assertThat(parsed.isRejected()).isTrue());
    assertThat(source.poll()).isNull();

    write("rules: [{name: a, pattern: /a}]");
    assertThat(source.poll()).satisfies(parsed -> assertThat(parsed.isRejected()).isFalse());
  }

  @Test
  void poll_ofAnUnreadableEdit_reportsItOnceAndRecovers() throws Exception {
    RulesSource source = new RulesSource(file, true);
    write("rules: []");
    source.poll();

    Files.write(file, new byte[] {(byte) 0xff});
    assertThat(source.poll()).satisfies(parsed -> assertThat(parsed.isRejected()).isTrue());
    assertThat(source.poll()).isNull();

    write("rules: []");
    assertThat(source.poll()).satisfies(parsed -> assertThat(parsed.isRejected()).isFalse());
  }

  @Test
  void poll_ofAFileThatVanishes_reportsItOnceAndRecovers() throws Exception {
    RulesSource source = new RulesSource(file, false);
    write("rules: []");
    source.poll();

    Files.delete(file);
    assertThat(source.poll()).satisfies(this::saysThatItDoesNotExist);
    assertThat(source.poll()).isNull();

    write("rules: []");
    assertThat(source.poll()).satisfies(parsed -> assertThat(parsed.isRejected()).isFalse());
  }

  @Test
  void poll_ofAFileThatNeverWas() {
    assertThat(new RulesSource(file, false).poll()).isNull();
    assertThat(new RulesSource(file, true).poll()).satisfies(this::saysThatItDoesNotExist);
  }

  @Test
  void poll_ofADirectory() throws Exception {
    Files.createDirectory(file);

    assertThat(new RulesSource(file, true).poll())
        .satisfies(parsed -> assertThat(parsed.isRejected()).isTrue());
  }

  private void saysThatItDoesNotExist(ParsedRules parsed) {
    assertThat(parsed.problems().stream().map(Problem::message))
        .containsExactly(file + ": the file does not exist" + REJECTED);
  }

  /** Each write is a second later, for file systems that do not keep fractions. */
  private void write(String text) throws Exception {
    Files.writeString(file, text);
    Files.setLastModifiedTime(file, FileTime.fromMillis(++written * 1_000));
  }

  private static String nameOf(ParsedRules parsed) {
    return parsed.rules().rules().get(0).name();
  }
}
