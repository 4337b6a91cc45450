package dev.slipstream.it.servers;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All servers, or those that {@code -Dservers} and {@code -Dservers.jdk} choose. */
final class Servers {
  /** What every build runs: quick to fetch and to start. */
  static final List<Server> QUICK =
      List.of(Tomcats.TOMCAT_10, Jetties.JETTY_9, Undertows.UNDERTOW_2_3, Boots.BOOT_3);

  private static final List<List<Server>> KINDS =
      List.of(
          Tomcats.all(),
          Jetties.all(),
          Undertows.all(),
          Enterprise.all(),
          Boots.all(),
          Gateways.all(),
          Frameworks.all());

  private Servers() {}

  static List<Server> all() {
    return KINDS.stream().flatMap(List::stream).toList();
  }

  /** The chosen ones on each JDK that they run on. */
  static Stream<Trial> chosen() {
    Set<String> names = split("servers");
    Set<String> unknown = new TreeSet<>(names);
    all().forEach(server -> unknown.remove(server.name()));
    if (!unknown.isEmpty()) {
      throw new AssertionError(
          "-Dservers: there is no "
              + unknown
              + ", but "
              + all().stream().map(Server::name).collect(Collectors.joining(", ")));
    }
    Set<String> jdks = split("servers.jdk");
    List<Trial> trials = new ArrayList<>();
    for (Server server : all()) {
      for (int feature : server.jdks()) {
        if ((names.isEmpty() || names.contains(server.name()))
            && (jdks.isEmpty() || jdks.contains(Integer.toString(feature)))) {
          trials.add(new Trial(server, Jdk.of(feature)));
        }
      }
    }
    if (trials.isEmpty()) {
      throw new AssertionError("none of " + names + " runs on JDK " + jdks);
    }
    return trials.stream();
  }

  /** The chosen ones of these; none where others are chosen. */
  static List<Server> chosen(List<Server> servers) {
    Set<String> names = split("servers");
    return servers.stream()
        .filter(server -> names.isEmpty() || names.contains(server.name()))
        .toList();
  }

  private static Set<String> split(String property) {
    return Arrays.stream(System.getProperty(property, "").split(","))
        .map(String::strip)
        .filter(name -> !name.isEmpty())
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
