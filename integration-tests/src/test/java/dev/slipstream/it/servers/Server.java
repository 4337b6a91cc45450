package dev.slipstream.it.servers;

import java.io.IOException;
import java.util.List;

/**
 * Something that answers HTTP and that others have made.
 *
 * @param name by which {@code -Dservers} selects it
 * @param what product, version and what is deployed
 * @param ready the paths that answer 200 once it is up
 * @param steady the path that many ask for at once
 * @param jdks feature releases of the JDKs that it is run on
 */
record Server(
    String name,
    String what,
    Api api,
    List<Integer> jdks,
    List<String> ready,
    String steady,
    List<Probe> probes,
    Layout layout) {

  Server {
    jdks = List.copyOf(jdks);
    ready = List.copyOf(ready);
    probes = List.copyOf(probes);
  }

  /** Puts a server's files into place. */
  @FunctionalInterface
  interface Layout {
    Command lay(Place place) throws IOException;
  }

  @Override
  public String toString() {
    return name;
  }
}
