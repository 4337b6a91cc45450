package dev.slipstream.console;

import dev.slipstream.console.targets.TargetAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/**
 * The command line.
 *
 * @param host name or address to listen on
 * @param port port to listen on; 0 for any free one
 * @param targets the gateways to read; empty to look for them on this machine
 * @param help whether only to say how it is used
 */
record Options(String host, int port, List<TargetAddress> targets, boolean help) {
  static final String USAGE =
      """
      usage: java -jar slipstream-console.jar [options]
        --port N                 port to listen on (8000); 0 for any free one
        --host ADDRESS           address to listen on (127.0.0.1)
        --target NAME=HOST:PORT  a gateway's remote JMX port; repeatable. Without it the
                                 gateways of this machine and user are found by attaching
        --help                   says this""";

  private static final int MOST_TARGETS = 64;

  Options {
    targets = List.copyOf(targets);
  }

  /**
   * Reads the arguments of {@code main}.
   *
   * @throws IllegalArgumentException if they are not understood; the message says why, in one line
   */
  static Options parse(String... arguments) {
    String host = "127.0.0.1";
    int port = 8000;
    List<TargetAddress> targets = new ArrayList<>();
    boolean help = false;
    for (Iterator<String> rest = List.of(arguments).iterator(); rest.hasNext(); ) {
      String argument = rest.next();
      int equals = argument.startsWith("--") ? argument.indexOf('=') : -1;
      String option = equals < 0 ? argument : argument.substring(0, equals);
      switch (option) {
        case "--help" -> help = true;
        case "--host" -> host = value(option, argument, equals, rest);
        case "--port" -> port = port(value(option, argument, equals, rest));
        case "--target" -> targets.add(TargetAddress.parse(value(option, argument, equals, rest)));
        default -> throw new IllegalArgumentException("unknown option \"" + argument + "\"");
      }
    }
    requireDistinct(targets);
    return new Options(host, port, targets, help);
  }

  private static String value(String option, String argument, int equals, Iterator<String> rest) {
    String value = equals >= 0 ? argument.substring(equals + 1) : rest.hasNext() ? rest.next() : "";
    if (value.isBlank() || value.startsWith("--")) {
      throw new IllegalArgumentException("option " + option + " has no value");
    }
    return value;
  }

  private static int port(String text) {
    try {
      int port = Integer.parseInt(text);
      if (port >= 0 && port <= 65_535) {
        return port;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw new IllegalArgumentException("port \"" + text + "\" is not in 0..65535");
  }

  private static void requireDistinct(List<TargetAddress> targets) {
    Set<String> names = new HashSet<>();
    for (TargetAddress target : targets) {
      if (!names.add(target.name())) {
        throw new IllegalArgumentException("two targets are called \"" + target.name() + "\"");
      }
    }
    if (targets.size() > MOST_TARGETS) {
      throw new IllegalArgumentException("more than " + MOST_TARGETS + " targets");
    }
  }
}
