package dev.slipstream.it.watch;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a console exported: series by metric, each with its labels. */
final class Exported {
  private static final Pattern SERIES =
      Pattern.compile("(?<name>[a-z0-9_]+)\\{(?<labels>.*)} (?<value>\\S+)");

  private static final Pattern LABEL =
      Pattern.compile("(?<name>\\w+)=\"(?<value>(?:[^\"\\\\]|\\\\.)*)\"");

  private final Map<String, List<Map<String, String>>> series = new TreeMap<>();

  static Exported of(String text) {
    Exported exported = new Exported();
    text.lines().filter(line -> !line.startsWith("#")).forEach(exported::add);
    return exported;
  }

  private void add(String line) {
    Matcher matcher = SERIES.matcher(line);
    if (!matcher.matches()) {
      throw new AssertionError("not a series: " + line);
    }
    Map<String, String> labels = new HashMap<>();
    Matcher label = LABEL.matcher(matcher.group("labels"));
    while (label.find()) {
      labels.put(label.group("name"), label.group("value"));
    }
    series.computeIfAbsent(matcher.group("name"), made -> new ArrayList<>()).add(labels);
  }

  Set<String> metrics() {
    return series.keySet();
  }

  /** Whether there is a series that a selector takes; labels that Prometheus adds take any. */
  boolean has(Selector selector) {
    return series.getOrDefault(selector.metric(), List.of()).stream().anyMatch(selector::matches);
  }

  /** The labels that all series of a metric have. */
  Set<String> labels(String metric) {
    Set<String> labels = new TreeSet<>();
    series.getOrDefault(metric, List.of()).forEach(one -> labels.addAll(one.keySet()));
    return labels;
  }
}
