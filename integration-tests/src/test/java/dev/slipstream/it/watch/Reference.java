package dev.slipstream.it.watch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The table of metrics in docs/monitoring.md, which a test of the console holds to its code. */
final class Reference {
  private static final Pattern ROW =
      Pattern.compile(
          "\\| `(?<name>slipstream_\\w+)` \\| (?<type>\\w+) \\| (?<labels>[\\w, ]*) \\|.*");

  private final Map<String, Set<String>> labels = new TreeMap<>();
  private final Set<String> counters = new TreeSet<>();

  static Reference read() throws IOException {
    Reference reference = new Reference();
    for (String line : Files.readAllLines(Path.of("..", "docs", "monitoring.md"))) {
      Matcher row = ROW.matcher(line);
      if (row.matches()) {
        Set<String> of = new TreeSet<>(Set.of("target"));
        for (String label : row.group("labels").split("[, ]+", -1)) {
          if (!label.isEmpty()) {
            of.add(label);
          }
        }
        reference.labels.put(row.group("name"), of);
        if (row.group("type").equals("counter")) {
          reference.counters.add(row.group("name"));
        }
      }
    }
    return reference;
  }

  Set<String> metrics() {
    return labels.keySet();
  }

  Set<String> labels(String metric) {
    return labels.getOrDefault(metric, Set.of());
  }

  boolean isCounter(String metric) {
    return counters.contains(metric);
  }
}
