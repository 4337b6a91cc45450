package dev.slipstream.it.watch;

/**
 * A PromQL expression of ours.
 *
 * @param where file and place, for people
 * @param text as it is in the file
 * @param query what Prometheus gets to see: without Grafana's variables
 * @param shown the text that names its results: a legend, or annotations
 */
record Expression(String where, String text, String query, String shown) {
  /** One of a dashboard, in which Grafana's variables stand for durations and values. */
  static Expression ofDashboard(String where, String text, String shown) {
    String query =
        text.replace("$__rate_interval", "5m")
            .replace("$__range", "3h")
            .replace("\"$job\"", "\".+\"")
            .replace("\"$target\"", "\".+\"");
    return new Expression(where, text, query, shown);
  }

  static Expression ofAlert(String where, String text, String shown) {
    return new Expression(where, text, text, shown);
  }

  PromQl read() {
    try {
      return PromQl.of(query);
    } catch (IllegalArgumentException e) {
      throw new AssertionError(where + ": " + e.getMessage() + " in " + text, e);
    }
  }

  @Override
  public String toString() {
    return where + ": " + text;
  }
}
