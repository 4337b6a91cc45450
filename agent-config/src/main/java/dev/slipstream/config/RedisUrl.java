package dev.slipstream.config;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The address of the shared tier: one Redis server, a cluster, or a group watched by sentinels.
 *
 * <p>The text form ({@link #toString}) never has the user or the password.
 *
 * @param topology what is at the address
 * @param tls whether connections are encrypted, those to sentinels too
 * @param nodes the servers, the cluster's seed nodes, or the sentinels; at least one
 * @param user the ACL user; null for the default user
 * @param password null where the server asks for none
 * @param database the database number; 0 for a cluster
 * @param master the sentinels' name of the group; null otherwise
 */
public record RedisUrl(
    Topology topology,
    boolean tls,
    List<Node> nodes,
    @Nullable String user,
    @Nullable String password,
    int database,
    @Nullable String master) {

  private static final int LARGEST_DATABASE = 65_535;

  /** What is at a Redis address. */
  public enum Topology {
    /** One server. */
    SINGLE,
    /** A cluster, found through any of its nodes. */
    CLUSTER,
    /** A primary with replicas, found through any of the sentinels. */
    SENTINEL
  }

  /**
   * A host and its port.
   *
   * @param host a name or an address; IPv6 without brackets
   * @param port 1 to 65535
   */
  public record Node(String host, int port) {
    public Node {
      if (host.isEmpty() || port < 1 || port > 65_535) {
        throw new IllegalArgumentException("not a host and port");
      }
    }

    @Override
    public String toString() {
      return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }
  }

  public RedisUrl {
    Objects.requireNonNull(topology);
    nodes = List.copyOf(nodes);
    if (nodes.isEmpty()) {
      throw new IllegalArgumentException("no host");
    }
    if ((master != null) != (topology == Topology.SENTINEL)) {
      throw new IllegalArgumentException("only a sentinel group has a master name");
    }
  }

  static RedisUrl parse(String text) throws InvalidValueException {
    int schemeEnd = text.indexOf("://");
    String scheme = schemeEnd < 0 ? "" : text.substring(0, schemeEnd);
    boolean tls = scheme.startsWith("rediss");
    Topology topology =
        switch (scheme) {
          case "redis", "rediss" -> Topology.SINGLE;
          case "redis-cluster", "rediss-cluster" -> Topology.CLUSTER;
          case "redis-sentinel", "rediss-sentinel" -> Topology.SENTINEL;
          default -> throw new InvalidValueException("does not begin with a known scheme");
        };
    String rest = text.substring(schemeEnd + 3);
    // A password may hold anything but the last "@".
    int credentialsEnd = rest.lastIndexOf('@');
    String[] credentials = credentials(credentialsEnd < 0 ? "" : rest.substring(0, credentialsEnd));
    String address = rest.substring(credentialsEnd + 1);
    if (address.indexOf('?') >= 0 || address.indexOf('#') >= 0) {
      throw new InvalidValueException("has parameters after the address");
    }
    int pathStart = address.indexOf('/');
    String hosts = pathStart < 0 ? address : address.substring(0, pathStart);
    String path = pathStart < 0 ? "" : address.substring(pathStart + 1);
    String master = null;
    String database = path;
    if (topology == Topology.SENTINEL) {
      int masterEnd = path.indexOf('/');
      master = masterEnd < 0 ? path : path.substring(0, masterEnd);
      database = masterEnd < 0 ? "" : path.substring(masterEnd + 1);
      if (master.isEmpty()) {
        throw new InvalidValueException("does not name the master");
      }
    }
    return new RedisUrl(
        topology,
        tls,
        nodes(topology, hosts),
        emptyToNull(credentials[0]),
        emptyToNull(credentials[1]),
        database(topology, database),
        master);
  }

  private static String[] credentials(String text) throws InvalidValueException {
    if (text.isEmpty()) {
      return new String[] {"", ""};
    }
    int userEnd = text.indexOf(':');
    if (userEnd < 0) {
      throw new InvalidValueException("has a user without a password");
    }
    return new String[] {decode(text.substring(0, userEnd)), decode(text.substring(userEnd + 1))};
  }

  private static String decode(String text) throws InvalidValueException {
    try {
      // URLDecoder is for forms, where "+" is a blank.
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new InvalidValueException("has a \"%\" in user or password that should be %25");
    }
  }

  private static List<Node> nodes(Topology topology, String hosts) throws InvalidValueException {
    List<Node> nodes = new ArrayList<>();
    for (String host : hosts.split(",", -1)) {
      nodes.add(node(host.strip(), topology == Topology.SENTINEL ? 26_379 : 6_379));
    }
    if (topology == Topology.SINGLE && nodes.size() > 1) {
      throw new InvalidValueException("has several hosts; a cluster is redis-cluster://");
    }
    return nodes;
  }

  private static Node node(String text, int defaultPort) throws InvalidValueException {
    int bracket = text.startsWith("[") ? text.indexOf(']') : -1;
    int colon = text.indexOf(':', bracket + 1);
    String host =
        bracket >= 0 ? text.substring(1, bracket) : colon < 0 ? text : text.substring(0, colon);
    if (host.isEmpty() || host.chars().anyMatch(c -> c <= ' ' || c == '[' || c == ']')) {
      throw new InvalidValueException("does not name the host");
    }
    if (bracket >= 0 && bracket + 1 != (colon < 0 ? text.length() : colon)) {
      throw new InvalidValueException("does not name the host");
    }
    if (colon < 0) {
      return new Node(host, defaultPort);
    }
    try {
      return new Node(host, Integer.parseInt(text.substring(colon + 1)));
    } catch (IllegalArgumentException e) {
      throw new InvalidValueException("has a port that is not 1 to 65535");
    }
  }

  private static int database(Topology topology, String text) throws InvalidValueException {
    if (text.isEmpty()) {
      return 0;
    }
    if (topology == Topology.CLUSTER) {
      throw new InvalidValueException("has a database, which a cluster does not");
    }
    try {
      int database = Integer.parseInt(text);
      if (database >= 0 && database <= LARGEST_DATABASE) {
        return database;
      }
    } catch (NumberFormatException e) {
      // Not a number: the same as a number out of bounds.
    }
    throw new InvalidValueException("has a database that is not 0 to " + LARGEST_DATABASE);
  }

  private static @Nullable String emptyToNull(String text) {
    return text.isEmpty() ? null : text;
  }

  /** Returns the address without user and password, such as {@code redis://cache:6379/0}. */
  @Override
  public String toString() {
    String hosts = nodes.stream().map(Node::toString).collect(Collectors.joining(","));
    String scheme = tls ? "rediss" : "redis";
    return switch (topology) {
      case SINGLE -> scheme + "://" + hosts + "/" + database;
      case CLUSTER -> scheme + "-cluster://" + hosts;
      case SENTINEL -> scheme + "-sentinel://" + hosts + "/" + master + "/" + database;
    };
  }
}
