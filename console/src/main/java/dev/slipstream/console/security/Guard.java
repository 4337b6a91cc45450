package dev.slipstream.console.security;

import dev.slipstream.console.security.Verdict.Admitted;
import dev.slipstream.console.security.Verdict.Refused;
import dev.slipstream.console.security.Verdict.Why;
import java.time.Duration;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Decides whether a request goes on. Thread-safe. */
public final class Guard {
  private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "DELETE");
  private static final int LONGEST_TARGET = 4_096;
  private static final Pattern BEARER =
      Pattern.compile("Bearer +(?<token>[A-Za-z0-9._~+/-]{1,512}=*) *", Pattern.CASE_INSENSITIVE);

  private final AllowedHosts hosts;
  private final boolean readingIsOpen;
  private final RateLimit rate;
  private final Logins logins;
  private final LongSupplier nanoTime;

  /**
   * Makes one.
   *
   * @param readingIsOpen whether reading needs no token
   * @param nanoTime a clock for durations
   */
  public Guard(
      AllowedHosts hosts,
      boolean readingIsOpen,
      RateLimit rate,
      TokenStore tokens,
      LongSupplier nanoTime) {
    this.hosts = hosts;
    this.readingIsOpen = readingIsOpen;
    this.rate = rate;
    this.logins = new Logins(tokens);
    this.nanoTime = nanoTime;
  }

  /** Whether reading needs no token. */
  public boolean readingIsOpen() {
    return readingIsOpen;
  }

  /** Whether a request that was let in, and goes on, would be let in now. */
  public boolean mayGoOn(Incoming request) {
    return known(request, nanoTime.getAsLong()) instanceof Admitted;
  }

  /** Decides about a request. */
  public Verdict decide(Incoming request) {
    long now = nanoTime.getAsLong();
    if (isReadElsewhere(request)) {
      return refused(Why.SITE, "what gateways tell is not for pages of other sites");
    }
    Duration wait = rate.take(request.peer(), now);
    if (!wait.isZero()) {
      return new Refused(Caller.ANONYMOUS, Why.RATE, "of this address", wait);
    }
    Refused malformed = malformed(request);
    return malformed != null ? malformed : known(request, now);
  }

  /** Before it counts: another site's page could use the rate up, and keep gateways searching. */
  private static boolean isReadElsewhere(Incoming request) {
    return "cross-site".equals(request.fetchSite())
        && (request.path().startsWith("/api/") || request.path().equals("/metrics"));
  }

  private @Nullable Refused malformed(Incoming request) {
    if (!hosts.accept(request.host())) {
      return refused(Why.HOST, "Host is neither a loopback name nor what the console listens on");
    }
    if (!METHODS.contains(request.method())) {
      return refused(Why.METHOD, "nothing here has it");
    }
    if (request.target().length() > LONGEST_TARGET) {
      return refused(Why.LENGTH, "at most " + LONGEST_TARGET + " characters are read");
    }
    boolean change = Need.of(request.method(), request.path()) == Need.TO_CHANGE;
    if (change && CrossSite.is(request.fetchSite(), request.origin(), request.host())) {
      return refused(Why.SITE, "a change has to come from the console's own page, or from no page");
    }
    return null;
  }

  private static Refused refused(Why why, String detail) {
    return Refused.of(Caller.ANONYMOUS, why, detail);
  }

  private Verdict known(Incoming request, long now) {
    if (request.authorization() == null) {
      return allowed(request, Caller.ANONYMOUS);
    }
    Matcher bearer = BEARER.matcher(request.authorization());
    if (!bearer.matches()) {
      return refused(Why.UNKNOWN_TOKEN, "Authorization has to be: Bearer and the token");
    }
    Logins.Login login = logins.attempt(bearer.group("token"), request.peer(), now);
    if (login instanceof Logins.Login.Known found) {
      return allowed(request, found.caller());
    }
    if (login instanceof Logins.Login.TooSoon soon) {
      return new Refused(Caller.ANONYMOUS, Why.GUESSING, "of this address", soon.delay());
    }
    return refused(Why.UNKNOWN_TOKEN, "it is neither the console's own nor in its tokens file");
  }

  private Verdict allowed(Incoming request, Caller caller) {
    Role needed = Need.of(request.method(), request.path()).role(readingIsOpen);
    if (caller.role().includes(needed)) {
      return new Admitted(caller, caller.role().includes(Need.TO_READ.role(readingIsOpen)));
    }
    if (caller.role() == Role.NONE) {
      return Refused.of(
          caller, Why.NO_TOKEN, "send Authorization: Bearer TOKEN, of role " + needed.label());
    }
    return Refused.of(
        caller,
        Why.ROLE,
        "token "
            + caller.name()
            + " is of role "
            + caller.role().label()
            + ", and not "
            + needed.label());
  }
}
