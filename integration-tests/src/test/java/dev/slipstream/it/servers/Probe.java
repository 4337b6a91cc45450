package dev.slipstream.it.servers;

import java.util.List;

/**
 * A request that is sent twice.
 *
 * @param target path and query
 * @param content the body that is sent, empty for none
 */
record Probe(String method, String target, List<String> fields, String content, Expected expected) {
  /** What the second answer has to be. */
  enum Expected {
    /** The first once more, from the cache. */
    CACHED,
    /** Made by the application anew, as it is without the agent. */
    FRESH,
    /** As without the agent; whether from the cache does not matter. */
    EITHER
  }

  static Probe cached(String target, String... fields) {
    return new Probe("GET", target, List.of(fields), "", Expected.CACHED);
  }

  static Probe fresh(String target, String... fields) {
    return new Probe("GET", target, List.of(fields), "", Expected.FRESH);
  }

  static Probe either(String target, String... fields) {
    return new Probe("GET", target, List.of(fields), "", Expected.EITHER);
  }

  static Probe head(String target) {
    return new Probe("HEAD", target, List.of(), "", Expected.EITHER);
  }

  static Probe post(String target, String content) {
    return new Probe(
        "POST",
        target,
        List.of("Content-Type: text/plain", "Content-Length: " + content.length()),
        content,
        Expected.FRESH);
  }

  @Override
  public String toString() {
    return method + " " + target + (fields.isEmpty() ? "" : " " + fields);
  }
}
