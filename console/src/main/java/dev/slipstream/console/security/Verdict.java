package dev.slipstream.console.security;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Whether a request goes on. */
public sealed interface Verdict {
  /** Who sent it, as far as that is known. */
  Caller caller();

  /**
   * It goes on.
   *
   * @param mayRead whether it may be told what gateways tell
   */
  record Admitted(Caller caller, boolean mayRead) implements Verdict {}

  /**
   * It is refused.
   *
   * @param why names the sort of refusal
   * @param detail what the caller is told
   * @param retryAfter when it may be tried again; {@code null} if that does not depend on time
   */
  record Refused(Caller caller, Why why, String detail, @Nullable Duration retryAfter)
      implements Verdict {

    static Refused of(Caller caller, Why why, String detail) {
      return new Refused(caller, why, detail, null);
    }
  }

  /** The sorts of refusal. */
  enum Why {
    /** Too many requests of one address. */
    RATE("too-many-requests", "Too many requests", 429),
    /** Too many wrong tokens. */
    GUESSING("too-many-failures", "Too many wrong tokens", 429),
    /** A method that nothing here has. */
    METHOD("about:blank", "Method Not Allowed", 405),
    /** Path and query are too long. */
    LENGTH("about:blank", "URI Too Long", 414),
    /** Another host is meant. */
    HOST("wrong-host", "The request is for another host", 421),
    /** A page of another site sent it. */
    SITE("cross-site", "The request comes from another site", 403),
    /** It has no token. */
    NO_TOKEN("token-needed", "A token is needed", 401),
    /** Its token is not known. */
    UNKNOWN_TOKEN("token-unknown", "The token is not known", 401),
    /** Its role is too small. */
    ROLE("role-needed", "The role does not allow it", 403);

    private final String type;
    private final String title;
    private final int status;

    Why(String type, String title, int status) {
      this.type = type;
      this.title = title;
      this.status = status;
    }

    /** The type of its problem. */
    public String type() {
      return type;
    }

    /** What people call it. */
    public String title() {
      return title;
    }

    /** The status of the answer. */
    public int status() {
      return status;
    }
  }
}
