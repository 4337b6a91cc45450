package com.example.gateway;

import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * The fields of one message that end at the next hop (RFC 9110, section 7.6.1): the well-known ones
 * and those the message names in {@code Connection}.
 */
final class ConnectionFields {

  private static final Set<String> WELL_KNOWN =
      Set.of(
          "connection",
          "keep-alive",
          "proxy-authenticate",
          "proxy-authorization",
          "proxy-connection",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade");

  private final Set<String> names = new TreeSet<>(WELL_KNOWN);

  /** Reads the values of the message's {@code Connection} fields. */
  ConnectionFields(Collection<String> connection) {
    for (var value : connection) {
      for (var name : value.split(",", -1)) {
        names.add(name.strip().toLowerCase(Locale.ROOT));
      }
    }
  }

  boolean contains(String name) {
    return names.contains(name.toLowerCase(Locale.ROOT));
  }
}
