package dev.slipstream.console.targets;

import java.util.Comparator;
import java.util.List;

/** Gateways of several sources. */
public final class CombinedTargets implements Targets {
  private final List<Targets> sources;

  /** Those of the sources. */
  public CombinedTargets(List<Targets> sources) {
    this.sources = List.copyOf(sources);
  }

  @Override
  public List<Gateway> all() {
    return sources.stream()
        .flatMap(source -> source.all().stream())
        .sorted(Comparator.comparing(Gateway::name))
        .toList();
  }

  @Override
  public List<String> problems() {
    return sources.stream().flatMap(source -> source.problems().stream()).toList();
  }

  @Override
  public void refresh() {
    sources.forEach(Targets::refresh);
  }
}
