package dev.slipstream.it.shared;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Some gateways over servers of a kind.
 *
 * @param count how many gateways
 * @param faults what happens to the servers
 */
record Scene(Topology topology, int count, List<Fault> faults) {
  Scene {
    faults = List.copyOf(faults);
  }

  /** With every fault that there is in the topology. */
  static Scene whole(Topology topology, int count) {
    Set<Fault> faults = topology.faults();
    return new Scene(topology, count, List.copyOf(faults));
  }

  static Scene of(Topology topology, int count, Fault... faults) {
    return new Scene(topology, count, List.of(faults));
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT, "%d over %s", count, topology.name().toLowerCase(Locale.ROOT));
  }
}
