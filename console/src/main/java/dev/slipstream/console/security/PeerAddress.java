package dev.slipstream.console.security;

/** The address of a connection's other end; what a field of the request claims counts nowhere. */
public final class PeerAddress {
  private static final int NETWORK_GROUPS = 4;

  private PeerAddress() {}

  /**
   * What counts as one peer: an IPv4 address, or the first 64 bits of IPv6, as one customer has.
   */
  public static String network(String address) {
    String bare = address.startsWith("[") ? address.substring(1, address.length() - 1) : address;
    if (bare.indexOf(':') < 0) {
      return bare;
    }
    int end = 0;
    for (int group = 0; group < NETWORK_GROUPS; group++) {
      int colon = bare.indexOf(':', end);
      if (colon < 0 || bare.startsWith("::", end)) {
        break;
      }
      end = colon + 1;
    }
    return bare.substring(0, end) + ":";
  }
}
