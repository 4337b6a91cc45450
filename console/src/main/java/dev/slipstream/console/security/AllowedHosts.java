package dev.slipstream.console.security;

import java.net.InetAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The values of the Host field that are ours, against DNS rebinding: a page of another site whose
 * name is made to resolve to this machine sends that site's name.
 *
 * <p>An address cannot be rebound, so beyond loopback any is accepted, besides the name that the
 * console listens under and those that the operator adds.
 */
public final class AllowedHosts {
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");
  private static final Pattern HOST_AND_PORT =
      Pattern.compile("(?<host>\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9._-]+)(?::\\d{1,5})?");
  private static final Pattern ADDRESS =
      Pattern.compile("\\[[0-9A-Fa-f:.]+]|\\d{1,3}(?:\\.\\d{1,3}){3}");

  private final Set<String> names;
  private final boolean anyAddress;

  private AllowedHosts(Set<String> names, boolean anyAddress) {
    this.names = names;
    this.anyAddress = anyAddress;
  }

  /**
   * Those of a console that listens on an address under a name.
   *
   * @param more names that it has besides, such as that of a proxy in front of it
   */
  public static AllowedHosts listeningOn(String host, InetAddress address, List<String> more) {
    String name = host.toLowerCase(Locale.ROOT);
    boolean bare = name.indexOf(':') >= 0 && !name.startsWith("[");
    Set<String> names = new HashSet<>(LOOPBACK);
    names.add(bare ? "[" + name + "]" : name);
    more.forEach(another -> names.add(another.toLowerCase(Locale.ROOT)));
    return new AllowedHosts(Set.copyOf(names), !address.isLoopbackAddress());
  }

  boolean accept(@Nullable String field) {
    if (field == null) {
      return false;
    }
    Matcher matcher = HOST_AND_PORT.matcher(field.strip());
    if (!matcher.matches()) {
      return false;
    }
    String host = matcher.group("host").toLowerCase(Locale.ROOT);
    return names.contains(host) || (anyAddress && ADDRESS.matcher(host).matches());
  }
}
