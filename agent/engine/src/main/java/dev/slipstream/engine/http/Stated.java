package dev.slipstream.engine.http;

import java.util.List;

/**
 * What a response says about its own caching: Cache-Control, or the targeted field that takes its
 * place (RFC 9213 §2.2).
 *
 * @param control the directives
 * @param targeted whether they are a targeted field's: then Expires does not count either
 */
record Stated(CacheControl control, boolean targeted) {

  /**
   * What a response says.
   *
   * @param targetedFields the names of the targeted fields, the first that is present and valid
   *     counts
   */
  static Stated of(Fields fields, List<String> targetedFields) {
    for (String name : targetedFields) {
      List<String> lines = fields.all(name);
      CacheControl directives = lines.isEmpty() ? null : StructuredDictionary.directives(lines);
      if (directives != null && !directives.isEmpty()) {
        return new Stated(directives, true);
      }
    }
    return new Stated(CacheControl.parse(fields.all("Cache-Control")), false);
  }

  boolean has(String directive) {
    return control.has(directive);
  }

  /** Whether the response may answer requests with credentials (RFC 9111 §3.5). */
  boolean isExplicitlyShared() {
    return has("public") || has("s-maxage") || has("must-revalidate");
  }

  /** Whether it may never be used stale (RFC 9111 §4.2.4). */
  boolean forbidsStale() {
    return has("must-revalidate")
        || has("proxy-revalidate")
        || has("s-maxage")
        || control.hasWhole("no-cache");
  }
}
