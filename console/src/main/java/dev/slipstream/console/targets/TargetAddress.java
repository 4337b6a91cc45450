package dev.slipstream.console.targets;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A gateway named by the operator: where its remote JMX connector listens.
 *
 * @param name what the gateway is called in the API
 * @param host name or address; an IPv6 address without its brackets
 * @param port port of the RMI registry, which names the connector {@code jmxrmi}
 */
public record TargetAddress(String name, String host, int port) {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
  private static final Pattern TEXT =
      Pattern.compile(
          "(?<name>[^=]*)=(?:\\[(?<v6>[0-9A-Fa-f:.]+)]|(?<host>[^:\\s]+)):(?<port>\\d{1,5})");

  /** Checks the name and the port. */
  public TargetAddress {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "\"" + name + "\" is no name of a target: letters, digits, '.', '_' and '-', at most 64");
    }
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException(
          "port " + port + " of target " + name + " is not in 1..65535");
    }
  }

  /**
   * Reads {@code name=host:port}.
   *
   * @throws IllegalArgumentException if it is something else
   */
  public static TargetAddress parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("\"" + text + "\" is no target: name=host:port is");
    }
    String v6 = matcher.group("v6");
    return new TargetAddress(
        matcher.group("name"),
        v6 == null ? matcher.group("host") : v6,
        Integer.parseInt(matcher.group("port")));
  }
}
