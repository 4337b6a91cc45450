package dev.slipstream.console.security;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Whether a browser says that a page of another site sent a request (Fetch Metadata, and Origin of
 * RFC 6454). What says nothing is no browser, or one that is too old for either.
 */
final class CrossSite {
  private CrossSite() {}

  static boolean is(@Nullable String fetchSite, @Nullable String origin, @Nullable String host) {
    if (fetchSite != null && !fetchSite.equals("same-origin") && !fetchSite.equals("none")) {
      return true;
    }
    return origin != null && !hostOf(origin).equals(normal(host == null ? "" : host));
  }

  /** The scheme is not compared: a proxy may have ended TLS. */
  private static String hostOf(String origin) {
    try {
      @Nullable String authority = new URI(origin).getRawAuthority();
      return authority == null ? "-" : normal(authority);
    } catch (URISyntaxException e) {
      return "-";
    }
  }

  private static String normal(String authority) {
    String lower = authority.strip().toLowerCase(Locale.ROOT);
    return lower.endsWith(":443")
        ? lower.substring(0, lower.length() - ":443".length())
        : lower.endsWith(":80") ? lower.substring(0, lower.length() - ":80".length()) : lower;
  }
}
