package dev.slipstream.it.page;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipstream.it.page.MarkdownPage.Block;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * The commands of a page in one shell, one block after the other. A block without a language shows
 * what the one before it says.
 */
final class PageCommands {
  private static final String MARK = "-- block %d says";
  private static final int PATIENCE_SECONDS = 120;

  private final List<Block> blocks;
  private final String said;

  private PageCommands(List<Block> blocks, String said) {
    this.blocks = blocks;
    this.said = said;
  }

  /**
   * Runs them in a folder, which is also their home.
   *
   * @param afterFirst what comes between the first block and the second
   * @param elsewhere changes the script: other ports, for many builds may share a machine
   */
  static PageCommands run(
      Path folder,
      List<Block> blocks,
      String afterFirst,
      UnaryOperator<String> elsewhere,
      Map<String, String> environment)
      throws IOException, InterruptedException {
    StringBuilder script = new StringBuilder("set -e\n");
    for (int i = 0; i < blocks.size(); i++) {
      if (blocks.get(i).language().equals("sh")) {
        script.append(String.format(Locale.ROOT, "echo '" + MARK + "'\n", i));
        script.append(blocks.get(i).text());
      }
      if (i == 0) {
        script.append(afterFirst).append('\n');
      }
    }
    return new PageCommands(blocks, shell(folder, elsewhere.apply(script.toString()), environment));
  }

  private static String shell(Path folder, String script, Map<String, String> environment)
      throws IOException, InterruptedException {
    Path output = folder.resolve("output");
    ProcessBuilder bash =
        new ProcessBuilder("bash", "-c", script)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    bash.environment().put("HOME", folder.toString());
    bash.environment().putAll(environment);
    Process process = bash.start();
    boolean ended = process.waitFor(PATIENCE_SECONDS, SECONDS);
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    String text = Files.readString(output);
    assertThat(ended && process.exitValue() == 0).as(text).isTrue();
    return text;
  }

  static String freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return Integer.toString(socket.getLocalPort());
    }
  }

  /** All that they have said. */
  String said() {
    return said;
  }

  /** Finds what the page shows in what the commands said. Returns how many blocks that were. */
  int checkShown() {
    List<String> notShown = new ArrayList<>();
    int shown = 0;
    for (int i = 1; i < blocks.size(); i++) {
      if (blocks.get(i).language().isEmpty() && blocks.get(i - 1).language().equals("sh")) {
        notShown.addAll(ShownOutput.missing(blocks.get(i).lines(), answerOf(i - 1)));
        shown++;
      }
    }
    assertThat(notShown).isEmpty();
    return shown;
  }

  private String answerOf(int block) {
    String from = said.substring(said.indexOf(String.format(Locale.ROOT, MARK, block)));
    return from.split("(?m)^-- block \\d+ says$", 3)[1];
  }
}
