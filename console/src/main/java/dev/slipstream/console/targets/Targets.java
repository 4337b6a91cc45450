package dev.slipstream.console.targets;

import java.util.List;
import java.util.Optional;

/** The gateways there are. Thread-safe. */
public interface Targets {
  /** All of them, in the order of their names; those that have lately gone too. */
  List<Gateway> all();

  /** What kept the search from looking at a JVM, one sentence each. */
  List<String> problems();

  /** Looks for gateways that came and went. Called about once a second, by one thread. */
  void refresh();

  /** The gateway of a name. */
  default Optional<Gateway> find(String name) {
    return all().stream().filter(gateway -> gateway.name().equals(name)).findFirst();
  }
}
