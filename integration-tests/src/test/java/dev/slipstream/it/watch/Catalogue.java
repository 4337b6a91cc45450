package dev.slipstream.it.watch;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What there is to be asked for: what a real console exported, and what it does at times alone. */
final class Catalogue {
  /** What Prometheus itself has. */
  private static final Set<String> OF_PROMETHEUS = Set.of("up", "ALERTS");

  /** What is only there in trouble, in containers, or with some collectors: see the reference. */
  static final Set<String> AT_TIMES =
      Set.of(
          "slipstream_gc_concurrent_ratio",
          "slipstream_container_memory_used_bytes",
          "slipstream_container_memory_limit_bytes",
          "slipstream_endpoint_throttle_limit",
          "slipstream_endpoint_breaker_open",
          "slipstream_endpoint_breaker_openings_total",
          "slipstream_endpoint_refused_total");

  private static final Pattern SHOWN = Pattern.compile("\\{\\{ *(?:\\$labels\\.)?(\\w+) *}}");

  private final Exported exported;
  private final Reference reference;

  Catalogue(Exported exported, Reference reference) {
    this.exported = exported;
    this.reference = reference;
  }

  /** What an expression asks for and will not get: metrics, labels, values of labels. */
  List<String> missing(Expression expression) {
    List<String> missing = new ArrayList<>();
    PromQl read = expression.read();
    for (Selector selector : read.selectors()) {
      if (!has(selector)) {
        missing.add(expression + ": no series for " + selector);
      }
      for (Selector.Matcher matcher : selector.matchers()) {
        if (!labels(selector).contains(matcher.label())) {
          missing.add(expression + ": no label for " + matcher);
        }
      }
    }
    for (PromQl.Needed needed : read.needed()) {
      Set<String> there = union(needed.of());
      if (needed.ofEach()) {
        needed.of().forEach(selector -> there.retainAll(labels(selector)));
      }
      if (!there.contains(needed.label())) {
        missing.add(expression + ": no label " + needed.label() + " of " + needed.of());
      }
    }
    Set<String> ofResult = read.labelsOfResult();
    Set<String> shown = ofResult == null ? union(read.selectors()) : ofResult;
    Matcher label = SHOWN.matcher(expression.shown());
    while (label.find()) {
      if (!shown.contains(label.group(1))) {
        missing.add(expression + ": nothing to be shown as " + label.group());
      }
    }
    return missing;
  }

  private boolean has(Selector selector) {
    return OF_PROMETHEUS.contains(selector.metric())
        || (AT_TIMES.contains(selector.metric())
            ? reference.metrics().contains(selector.metric())
            : exported.has(selector));
  }

  private Set<String> union(List<Selector> selectors) {
    Set<String> labels = new TreeSet<>();
    selectors.forEach(selector -> labels.addAll(labels(selector)));
    return labels;
  }

  private Set<String> labels(Selector selector) {
    String metric = selector.metric();
    Set<String> labels = new TreeSet<>(Set.of("job", "instance")); // which Prometheus adds
    if (metric.equals("ALERTS")) {
      labels.addAll(Set.of("alertname", "alertstate"));
    }
    labels.addAll(AT_TIMES.contains(metric) ? reference.labels(metric) : exported.labels(metric));
    return labels;
  }
}
