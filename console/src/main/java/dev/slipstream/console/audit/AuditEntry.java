package dev.slipstream.console.audit;

/**
 * A change, or what was refused to be one.
 *
 * @param at when it was answered, in ISO 8601 with milliseconds
 * @param who name of the token; {@code anonymous} without one
 * @param role what that allowed
 * @param from address that the connection came from
 * @param action method and path
 * @param target the gateway that was named; {@code all} if none was
 * @param details the parameters and the body
 * @param reason why, as the caller said; may be empty
 * @param result {@code done}, {@code partial}, {@code refused} or {@code failed}; {@code counted}
 *     where what would change was only to be counted
 * @param status the HTTP status
 * @param correlationId that of the request
 */
public record AuditEntry(
    String at,
    String who,
    String role,
    String from,
    String action,
    String target,
    String details,
    String reason,
    String result,
    int status,
    String correlationId) {
  private static final int LONGEST = 2_000;

  /** Cuts texts to 2,000 characters each. */
  public AuditEntry {
    action = cut(action);
    target = cut(target);
    details = cut(details);
    reason = cut(reason);
  }

  private static String cut(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST - 1) + "…";
  }

  /** What became of a change that was answered with a status. */
  public static String resultOf(int status) {
    return switch (status) {
      case 207 -> "partial";
      case 401, 403, 405, 414, 421, 429 -> "refused";
      default -> status < 300 ? "done" : "failed";
    };
  }

  boolean refused() {
    return result.equals("refused");
  }
}
