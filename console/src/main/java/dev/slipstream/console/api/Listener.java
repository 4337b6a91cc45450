package dev.slipstream.console.api;

import dev.slipstream.console.security.TlsIdentity;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * Where the console listens.
 *
 * @param host name or address that was asked for
 * @param address what the host resolves to
 * @param port 0 for any free one
 * @param tls {@code null} to speak plain HTTP
 */
public record Listener(String host, InetAddress address, int port, @Nullable TlsIdentity tls) {

  /** Whether none but this machine reaches it. */
  public boolean isLoopback() {
    return address.isLoopbackAddress();
  }

  /** The address of its page. */
  public String url(int boundPort) {
    boolean bareV6 = host.indexOf(':') >= 0 && !host.startsWith("[");
    String scheme = tls == null ? "http" : "https";
    return scheme + "://" + (bareV6 ? "[" + host + "]" : host) + ":" + boundPort;
  }
}
