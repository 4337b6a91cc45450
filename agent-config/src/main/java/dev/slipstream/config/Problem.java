package dev.slipstream.config;

import java.util.Collection;
import java.util.Objects;

/**
 * Something the operator wrote that could not be used as written.
 *
 * @param where the source: {@code file:line:column}, a variable, a property or an argument
 * @param what what is wrong; never the value of a secret
 * @param accepted what would have been accepted
 * @param consequence what happens now
 */
public record Problem(String where, String what, String accepted, String consequence) {

  public Problem {
    Objects.requireNonNull(where);
    Objects.requireNonNull(what);
    Objects.requireNonNull(accepted);
    Objects.requireNonNull(consequence);
  }

  /**
   * Returns the problem of a name that nobody knows, with the known name that looks most like it.
   *
   * @param kind what the name names, such as {@code key}
   * @param known the names that would have been accepted; at least one
   * @param page the page that lists them, for when they are too many for a line
   */
  public static Problem unknownName(
      String where,
      String kind,
      String name,
      Collection<String> known,
      String page,
      String consequence) {
    String nearest = EditDistance.nearest(name, known);
    String accepted =
        nearest != null
            ? quote(nearest) + " (did you mean this?)"
            : known.size() <= 20 ? String.join(", ", known) : "the names in " + page;
    return new Problem(where, "unknown " + kind + " " + quote(name), accepted, consequence);
  }

  /** Returns the value in quotes, on one line, shortened to what fits a log line. */
  public static String quote(String value) {
    int length = Math.min(value.length(), 80);
    StringBuilder quoted = new StringBuilder(length + 3).append('"');
    for (int i = 0; i < length; i++) {
      char c = value.charAt(i);
      quoted.append(Character.isISOControl(c) ? ' ' : c);
    }
    return quoted.append(length < value.length() ? "…\"" : "\"").toString();
  }

  /** Returns the whole problem as one line of text. */
  public String message() {
    return where + ": " + what + "; accepted: " + accepted + "; " + consequence;
  }
}
