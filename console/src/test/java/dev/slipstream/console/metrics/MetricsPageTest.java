package dev.slipstream.console.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * docs/monitoring.md says which metrics there are, with their labels. {@code
 * -Dmetrics.doc.write=true} writes that part of it anew.
 */
class MetricsPageTest {
  private static final Path PAGE = Path.of("..", "docs", "monitoring.md");
  private static final String BEGIN = "<!-- Made from /metrics by MetricsPageTest. -->\n";
  private static final String END = "<!-- The end of what is made from it. -->\n";
  private static final Pattern SAMPLE = Pattern.compile("(?<name>\\w+)\\{(?<labels>.*)} \\S+");
  private static final Pattern LABEL = Pattern.compile("(\\w+)=\"(?:[^\"\\\\]|\\\\.)*\"");

  @Test
  void page_isMadeFromTheMetrics() throws Exception {
    String table = table(new KnownBeans().lines());
    String page = Files.readString(PAGE);
    int begin = page.indexOf(BEGIN) + BEGIN.length();
    int end = page.indexOf(END);
    assertThat(end).isGreaterThanOrEqualTo(begin);
    if (Boolean.getBoolean("metrics.doc.write")) {
      Files.writeString(PAGE, page.substring(0, begin) + '\n' + table + '\n' + page.substring(end));
    }

    assertThat(Files.readString(PAGE)).contains(BEGIN + '\n' + table + '\n' + END);
  }

  private static String table(List<String> lines) {
    Map<String, String> helps = new TreeMap<>();
    Map<String, String> types = new TreeMap<>();
    Map<String, Set<String>> labels = new TreeMap<>();
    for (String line : lines) {
      String[] words = line.split(" ", 4);
      if (line.startsWith("# HELP ")) {
        helps.put(words[2], words[3]);
      } else if (line.startsWith("# TYPE ")) {
        types.put(words[2], words[3]);
      } else {
        Matcher sample = SAMPLE.matcher(line);
        assertThat(sample.matches()).as(line).isTrue();
        Set<String> named =
            labels.computeIfAbsent(sample.group("name"), ignored -> new TreeSet<>());
        LABEL.matcher(sample.group("labels")).results().forEach(one -> named.add(one.group(1)));
        named.remove("target");
      }
    }
    StringBuilder table = new StringBuilder("| metric | type | labels | what it is |\n");
    table.append("| --- | --- | --- | --- |\n");
    types.forEach(
        (name, type) ->
            table
                .append("| `")
                .append(name)
                .append("` | ")
                .append(type)
                .append(" | ")
                .append(String.join(", ", labels.getOrDefault(name, Set.of())))
                .append(" | ")
                .append(helps.get(name))
                .append(" |\n"));
    return table.toString();
  }
}
