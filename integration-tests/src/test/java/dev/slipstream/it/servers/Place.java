package dev.slipstream.it.servers;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Where and how a server is to run.
 *
 * @param folder empty, for its files
 * @param port the one to listen on
 * @param origin the port of the origin that gateways hand on to
 * @param options arguments of the JVM
 */
record Place(Path folder, int port, int origin, Jdk jdk, List<String> options) {
  /** A command line that begins with the JVM and its options. */
  Command java(Object... arguments) {
    List<String> line = new ArrayList<>();
    line.add(jdk.java().toString());
    line.add("-Xmx512m");
    line.addAll(options);
    for (Object argument : arguments) {
      line.add(argument.toString());
    }
    return new Command(line);
  }
}
