package dev.slipstream.console.targets;

import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;

/** The gateways that the operator named: always these. */
public final class ConfiguredTargets implements Targets {
  private final List<Gateway> gateways;

  /**
   * Makes them; none is asked yet.
   *
   * @param look what a gateway has to answer to be up
   */
  public ConfiguredTargets(List<ConfiguredTarget> targets, Question<?> look, InstantSource clock) {
    this.gateways =
        targets.stream()
            .sorted(Comparator.comparing(target -> target.address().name()))
            .map(
                target ->
                    new Gateway(target.address().name(), RmiConnectors.remote(target), look, clock))
            .toList();
  }

  @Override
  public List<Gateway> all() {
    return gateways;
  }

  @Override
  public List<String> problems() {
    return List.of();
  }

  @Override
  public void refresh() {}
}
