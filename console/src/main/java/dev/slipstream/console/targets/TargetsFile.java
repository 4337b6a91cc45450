package dev.slipstream.console.targets;

import dev.slipstream.config.yaml.YamlException;
import dev.slipstream.config.yaml.YamlFile;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * Reads gateways from a YAML file: {@code targets} that are named one by one, and {@code discover}
 * for names of the DNS. Paths in it are relative to the file's folder.
 *
 * @param targets the gateways that are named
 * @param discoveries the names behind which there are more
 */
public record TargetsFile(List<ConfiguredTarget> targets, List<Discovery> discoveries) {
  private static final Set<String> ACCESS =
      Set.of(
          "user",
          "password_file",
          "tls",
          "registry_tls",
          "trust_store",
          "trust_store_password_file");

  /** Copies the lists. */
  public TargetsFile {
    targets = List.copyOf(targets);
    discoveries = List.copyOf(discoveries);
  }

  /**
   * Reads it, and looks at the files that it names.
   *
   * @throws IOException if it is not understood or a file cannot be used; the message says where
   *     and why, and does not repeat values
   */
  public static TargetsFile read(Path file) throws IOException {
    try {
      return read(file, YamlFile.parse(file.toString(), YamlFile.read(file)));
    } catch (YamlException e) {
      throw new IOException(e.where() + ": " + e.what() + "; accepted: " + e.accepted(), e);
    }
  }

  private static TargetsFile read(Path file, @Nullable Node root) throws IOException {
    if (!(root instanceof MappingNode mapping)) {
      throw new IOException(file + ": has neither targets nor discover");
    }
    YamlMap map = YamlMap.of(file.toString(), mapping, Set.of("targets", "discover"));
    Path folder = file.toAbsolutePath().getParent();
    List<ConfiguredTarget> targets = new ArrayList<>();
    List<Discovery> discoveries = new ArrayList<>();
    for (Node node : items(map.node("targets"))) {
      targets.add(target(map.inner(node, with("name", "host", "port")), folder));
    }
    for (Node node : items(map.node("discover"))) {
      discoveries.add(discovery(map.inner(node, with("name", "dns", "port")), folder));
    }
    if (targets.isEmpty() && discoveries.isEmpty()) {
      throw new IOException(file + ": has neither targets nor discover");
    }
    return new TargetsFile(targets, discoveries);
  }

  private static Set<String> with(String... names) {
    Set<String> all = new java.util.HashSet<>(ACCESS);
    all.addAll(List.of(names));
    return all;
  }

  /** One alone need not be in a list. */
  private static List<Node> items(@Nullable Node node) {
    return node == null
        ? List.of()
        : node instanceof SequenceNode sequence ? sequence.getValue() : List.of(node);
  }

  private static ConfiguredTarget target(YamlMap map, @Nullable Path folder) throws IOException {
    try {
      return new ConfiguredTarget(
          new TargetAddress(map.needed("name"), map.needed("host"), map.port()),
          access(map, folder));
    } catch (IllegalArgumentException e) {
      throw map.wrong(e.getMessage());
    }
  }

  private static Discovery discovery(YamlMap map, @Nullable Path folder) throws IOException {
    String dns = map.needed("dns");
    int dot = dns.indexOf('.');
    String label = dot < 0 ? dns : dns.substring(0, dot);
    try {
      return new Discovery(map.text("name", label), dns, map.port(), access(map, folder));
    } catch (IllegalArgumentException e) {
      throw map.wrong(e.getMessage());
    }
  }

  private static JmxAccess access(YamlMap map, @Nullable Path folder) throws IOException {
    boolean tls = map.flag("tls", false);
    JmxAccess access =
        new JmxAccess(
            map.optional("user"),
            path(map, "password_file", folder),
            tls,
            map.flag("registry_tls", tls),
            path(map, "trust_store", folder),
            path(map, "trust_store_password_file", folder));
    try {
      access.check();
    } catch (IOException e) {
      throw map.wrong(e.getMessage());
    }
    return access;
  }

  private static @Nullable Path path(YamlMap map, String name, @Nullable Path folder)
      throws IOException {
    String text = map.optional(name);
    try {
      return text == null ? null : folder == null ? Path.of(text) : folder.resolve(text);
    } catch (InvalidPathException e) {
      throw map.wrong(name + " is no file name");
    }
  }
}
