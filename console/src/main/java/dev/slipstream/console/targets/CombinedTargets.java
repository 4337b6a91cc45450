package dev.slipstream.console.targets;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Gateways of several sources. A name is one gateway's: of two that have it the first is taken, as
 * the sources are ordered, and the other told as a problem.
 */
public final class CombinedTargets implements Targets {
  private final List<Targets> sources;

  /** Those of the sources. */
  public CombinedTargets(List<Targets> sources) {
    this.sources = List.copyOf(sources);
  }

  @Override
  public List<Gateway> all() {
    Map<String, Gateway> byName = new TreeMap<>();
    gateways().forEach(gateway -> byName.putIfAbsent(gateway.name(), gateway));
    return List.copyOf(byName.values());
  }

  @Override
  public List<String> problems() {
    Set<String> names = new HashSet<>();
    Stream<String> hidden =
        gateways()
            .map(Gateway::name)
            .filter(name -> !names.add(name))
            .distinct()
            .map(name -> "two gateways are called " + name + ", of which one is left out");
    return Stream.concat(sources.stream().flatMap(source -> source.problems().stream()), hidden)
        .toList();
  }

  private Stream<Gateway> gateways() {
    return sources.stream().flatMap(source -> source.all().stream());
  }

  @Override
  public void refresh() {
    sources.forEach(Targets::refresh);
  }
}
