package dev.slipstream.it.servers;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What starts a server. */
record Command(List<String> line, Map<String, String> environment) {
  Command {
    line = List.copyOf(line);
    environment = Map.copyOf(environment);
  }

  Command(List<String> line) {
    this(line, Map.of());
  }

  Command with(String variable, Object value) {
    Map<String, String> more = new HashMap<>(environment);
    more.put(variable, value.toString());
    return new Command(line, more);
  }
}
