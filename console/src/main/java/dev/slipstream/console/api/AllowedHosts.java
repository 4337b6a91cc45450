package dev.slipstream.console.api;

import java.net.InetAddress;
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
 * console listens under.
 */
final class AllowedHosts {
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");
  private static final Pattern HOST_AND_PORT =
      Pattern.compile("(?<host>\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9._-]+)(?::\\d{1,5})?");
  private static final Pattern ADDRESS =
      Pattern.compile("\\[[0-9A-Fa-f:.]+]|\\d{1,3}(?:\\.\\d{1,3}){3}");

  private final String listening;
  private final boolean anyAddress;

  private AllowedHosts(String listening, boolean anyAddress) {
    this.listening = listening;
    this.anyAddress = anyAddress;
  }

  /** Those of a console that listens on an address under a name. */
  static AllowedHosts listeningOn(String host, InetAddress address) {
    String name = host.toLowerCase(Locale.ROOT);
    boolean bare = name.indexOf(':') >= 0 && !name.startsWith("[");
    return new AllowedHosts(bare ? "[" + name + "]" : name, !address.isLoopbackAddress());
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
    return LOOPBACK.contains(host)
        || host.equals(listening)
        || (anyAddress && ADDRESS.matcher(host).matches());
  }
}
